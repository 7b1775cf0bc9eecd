"""Timeline: bars of one unit, chosen so that they stay few enough to be told apart."""

from datetime import date, timedelta

from incidents.model.filters import IncidentFilter
from incidents.queries import timeline
from incidents.queries.asking import ask
from incidents.queries.shape import chosen_datasets
from incidents.store import Reader
from incidents.views.values import TimeBin, Timeline

UNITS = ("day", "week", "month", "quarter", "year")
MOST_BARS = 120
MOST_CHOSEN = 800
"""Bars of a unit that a person chose: more are neither seen nor sent."""

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def timeline_view(
    reader: Reader, wanted: IncidentFilter, unit: str | None = None, by: str = "event_type", groups: int = 6
) -> Timeline:
    """`by` "actor" groups by actor1, so that each incident is in one bar. A group "" has no value; those beyond the
    `groups` largest are together as "other". The unit fits the whole time, not only the dates of the filter, and a
    chosen one of more than MOST_CHOSEN bars is made coarser; the bins of `rest` are all of one group, ""."""
    all_dates = wanted.with_(start=None, end=None)
    span = ask(reader, all_dates, timeline.span).to_pylist()[0]
    if span["first"] is None:
        return Timeline(unit or "day", (), ())
    unit = _at_least(unit, span["first"], span["last"]) if unit else fitting_unit(span["first"], span["last"])
    bins = ask(reader, wanted, timeline.bins, by, unit, groups).to_pylist()
    rest = ask(reader, all_dates, timeline.rest, unit).to_pylist() if all_dates != wanted else []
    return Timeline(
        unit,
        tuple(_bin(row, unit) for row in bins),
        tuple(_bin(row, unit) for row in rest),
        span["first"],
        span["last"],
        _data_until(reader, wanted),
    )


def _data_until(reader: Reader, wanted: IncidentFilter) -> date | None:
    """The last day of the chosen datasets, whatever the filter."""
    days = [date.fromisoformat(each.last_date) for each in chosen_datasets(wanted, reader.datasets) if each.last_date]
    return max(days, default=None)


def _at_least(unit: str, first: date, last: date) -> str:
    """The chosen unit, or the next one whose bars are few enough."""
    coarser = UNITS[UNITS.index(unit) :]
    return next((each for each in coarser if _bars(first, last)[each] <= MOST_CHOSEN), "year")


def fitting_unit(first: date, last: date) -> str:
    """The finest unit with at most MOST_BARS bars."""
    bars = _bars(first, last)
    return next((unit for unit in UNITS if bars[unit] <= MOST_BARS), "year")


def _bars(first: date, last: date) -> dict[str, int]:
    """How many bars of each unit there would be."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return {
        "day": (last - first).days + 1,
        "week": (last - first).days // 7 + 2,
        "month": months,
        "quarter": months // 3 + 2,
        "year": last.year - first.year + 1,
    }


def first_day(day: date, unit: str) -> date:
    """Of the bar that holds a day."""
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[unit]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def last_day(start: date, unit: str) -> date:
    """Of the bar that begins on `start`."""
    if unit == "day":
        return start
    if unit == "week":
        return start + timedelta(days=6)
    month = start.year * 12 + start.month - 1 + _MONTHS[unit]
    if month // 12 > date.max.year:
        return date.max
    return date(month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _bin(row: dict[str, object], unit: str) -> TimeBin:
    start = row["start"]
    assert isinstance(start, date)
    known_to = str(row["known_to"])
    return TimeBin(
        start=start,
        end=last_day(start, known_to or unit),
        group=str(row["group"]),
        incidents=int(str(row["incidents"])),
        dead=int(str(row["dead"] or 0)),
        is_imprecise=bool(known_to),
    )
