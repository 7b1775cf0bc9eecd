"""Timeline: bars of one unit, chosen so that they stay few enough to be told apart."""

from datetime import date, timedelta

from incidents.model.filters import IncidentFilter
from incidents.queries import timeline
from incidents.queries.asking import ask
from incidents.store import Reader
from incidents.views.values import TimeBin, Timeline

UNITS = ("day", "week", "month", "quarter", "year")
MOST_BARS = 120

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def timeline_view(
    reader: Reader, wanted: IncidentFilter, unit: str | None = None, by: str = "event_type", groups: int = 6
) -> Timeline:
    """`by` "actor" groups by actor1, so that each incident is in one bar. A group "" has no value; those beyond the
    `groups` largest are together as "other". The unit fits the whole time, not only the dates of the filter; the bins
    of `rest` are all of one group, ""."""
    all_dates = wanted.with_(start=None, end=None)
    span = ask(reader, all_dates, timeline.span).to_pylist()[0]
    if span["first"] is None:
        return Timeline(unit or "day", (), ())
    unit = unit or fitting_unit(span["first"], span["last"])
    names = ask(reader, wanted, timeline.largest_groups, by, groups)["value"].to_pylist()
    values = {f"group_{number}": name for number, name in enumerate(names)}
    bins = ask(reader, wanted, timeline.bins, by, unit, len(names), **values).to_pylist()
    rest = ask(reader, all_dates, timeline.rest, unit).to_pylist() if all_dates != wanted else []
    return Timeline(unit, tuple(_bin(row, unit) for row in bins), tuple(_bin(row, unit) for row in rest))


def fitting_unit(first: date, last: date) -> str:
    """The finest unit with at most MOST_BARS bars."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    bars = {
        "day": (last - first).days + 1,
        "week": (last - first).days // 7 + 2,
        "month": months,
        "quarter": months // 3 + 2,
        "year": last.year - first.year + 1,
    }
    return next((unit for unit in UNITS if bars[unit] <= MOST_BARS), "year")


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
    return TimeBin(
        start=start,
        end=last_day(start, unit),
        group=str(row["group"]),
        incidents=int(str(row["incidents"])),
        dead=int(str(row["dead"] or 0)),
        is_imprecise=bool(row["is_imprecise"]),
    )
