"""Change: the days of a filter against as many days before them."""

from dataclasses import dataclass
from datetime import date, timedelta

from incidents.model.filters import IncidentFilter
from incidents.queries import cards
from incidents.queries.asking import ask
from incidents.queries.shape import chosen_datasets
from incidents.store import Reader

FEW_BEFORE, FEW_NOW = 2, 5
"""At most so many before and at most so many now are too few to speak of a change."""

LAST_DAYS = 7
"""Reports of the data's last days are still coming in."""


@dataclass(frozen=True, slots=True)
class Before:
    """The same filter in the window before its own; `data_start` and `data_end` are the first and last day of the datasets."""

    start: date
    end: date
    incidents: int
    dead: int
    without_figure: int
    data_start: date | None
    data_end: date | None


def before(reader: Reader, wanted: IncidentFilter) -> Before | None:
    """None where the filter has not both dates, or the time before them is out of the calendar."""
    if wanted.start is None or wanted.end is None:
        return None
    length = wanted.end - wanted.start + timedelta(days=1)
    if wanted.start - date.min < length:
        return None
    start, end = wanted.start - length, wanted.start - timedelta(days=1)
    row = ask(reader, wanted.with_(start=start, end=end), cards.before).to_pylist()[0]
    chosen = chosen_datasets(wanted, reader.datasets)
    firsts = [date.fromisoformat(each.first_date) for each in chosen if each.first_date]
    lasts = [date.fromisoformat(each.last_date) for each in chosen if each.last_date]
    return Before(
        start=start,
        end=end,
        incidents=row["incidents"],
        dead=int(row["dead"] or 0),
        without_figure=int(row["without_figure"] or 0),
        data_start=min(firsts, default=None),
        data_end=max(lasts, default=None),
    )


def is_too_few(before: int, now: int) -> bool:
    return before <= FEW_BEFORE and now <= FEW_NOW
