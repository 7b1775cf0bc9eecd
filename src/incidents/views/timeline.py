"""Timeline: bars of one unit, chosen so that they stay few enough to be told apart."""

from datetime import date, timedelta

from incidents.model.filters import IncidentFilter
from incidents.queries import timeline
from incidents.queries.asking import ask
from incidents.queries.shape import chosen_datasets
from incidents.store import Reader
from incidents.views.cards import first_numbers
from incidents.views.values import Span, TimeBin, Timeline

UNITS = ("day", "week", "month", "quarter", "year")
MOST_BARS = 120
GROUPS = 6  # drawn by themselves
MOST_CHOSEN = 800
"""Bars of a unit that a person chose: more are neither seen nor sent."""

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def timeline_view(
    reader: Reader, wanted: IncidentFilter, unit: str | None = None, by: str = "event_type", groups: int = GROUPS
) -> Timeline:
    """`by` "actor" groups by actor1, so that each incident is in one bar. A group "" has no value; those beyond the
    `groups` largest are together as "other". The unit fits the whole time, not only the dates of the filter, and a
    chosen one of more than MOST_CHOSEN bars is made coarser; the bins of `rest` are all of one group, ""."""
    whole = at_any_time(wanted)
    span = first_numbers(reader, whole).span
    unit = fitting_unit(span, unit)
    return timeline_of(
        reader, wanted, unit, by, groups, span, timeline_rest(reader, whole, unit) if whole != wanted else ()
    )


def at_any_time(wanted: IncidentFilter) -> IncidentFilter:
    return wanted.with_(start=None, end=None)


def timeline_of(
    reader: Reader,
    wanted: IncidentFilter,
    unit: str,
    by: str,
    groups: int,
    span: Span | None,
    rest: tuple[TimeBin, ...],
) -> Timeline:
    """With what is known of all dates: `span` and `rest`, which stay while dates are changed."""
    if span is None:
        return Timeline(unit, (), ())
    bins = ask(reader, wanted, timeline.bins, by, unit, groups).to_pylist()
    return Timeline(unit, tuple(_bin(row, unit) for row in bins), rest, *span, _data_until(reader, wanted))


def timeline_rest(reader: Reader, wanted: IncidentFilter, unit: str) -> tuple[TimeBin, ...]:
    return tuple(_bin(row, unit) for row in ask(reader, wanted, timeline.rest, unit).to_pylist())


def _data_until(reader: Reader, wanted: IncidentFilter) -> date | None:
    """The last day of the chosen datasets, whatever the filter."""
    days = [date.fromisoformat(each.last_date) for each in chosen_datasets(wanted, reader.datasets) if each.last_date]
    return max(days, default=None)


def fitting_unit(span: Span | None, chosen: str | None = None) -> str:
    """The finest unit with at most MOST_BARS bars; a chosen one, or the next one of at most MOST_CHOSEN bars."""
    if span is None:
        return chosen or UNITS[0]
    bars, most = _bars(*span), MOST_CHOSEN if chosen else MOST_BARS
    coarser = UNITS[UNITS.index(chosen) :] if chosen else UNITS
    return next((unit for unit in coarser if bars[unit] <= most), UNITS[-1])


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
