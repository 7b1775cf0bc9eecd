"""Timeline: incidents and dead by unit of time and group. An incident is counted once, on its first day."""

from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from incidents.queries.tables import found

OTHER = "other"
GROUP_COLUMNS = {"event_type": "event_type", "actor": "actor1"}

_TRUNCATE = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
_COARSER = {
    "day": ("week", "month", "year"),
    "week": ("month", "year"),
    "month": ("year",),
    "quarter": ("year",),
    "year": (),
}


def bins(by: str, unit: str, groups: int) -> ir.Table:
    """So many of the largest groups each, all others together."""
    raw = _raw_bins(unit, value=found[GROUP_COLUMNS[by]]).mutate(value=_.value.fill_null(""))
    largest = (
        raw.group_by("value")
        .aggregate(incidents=_.incidents.sum())
        .order_by(_.incidents.desc(), "value")
        .limit(groups)
        .select(largest="value")
    )
    told = raw.left_join(largest, raw.value == largest.largest)
    return _bins(told, unit, ibis.cases((told.largest.notnull(), told.value), else_=OTHER))


def rest(unit: str) -> ir.Table:
    return _bins(_raw_bins(unit), unit, ibis.literal(""))


def _raw_bins(unit: str, **group: Any) -> Any:
    """By the columns as they are: what is made of them is then worked out for each bin, not for each incident."""
    t: Any = found.filter(found.event_date.notnull())
    start = t.event_date.truncate(_TRUNCATE[unit])
    if _COARSER[unit]:
        known = [(t.time_precision == name, t.event_date.truncate(_TRUNCATE[name])) for name in _COARSER[unit]]
        start = ibis.cases(*known, else_=start)
    return t.group_by(start=start, time_precision=t.time_precision, **group).aggregate(
        incidents=t.count(), dead=t.fatalities.sum()
    )


def _bins(raw: Any, unit: str, group: Any) -> ir.Table:
    """`known_to` is the precision of those known to less than the unit, whose bin is the whole week, month or year."""
    coarser = _COARSER[unit]
    known_to = ibis.literal("")
    if coarser:
        known_to = ibis.cases((raw.time_precision.isin(coarser), raw.time_precision), else_="")
    return (
        raw.group_by(
            start=raw.start.cast("timestamp").cast("date"),  # DuckDB truncates a date to a time
            group=group,
            known_to=known_to,
        )
        .aggregate(incidents=_.incidents.sum(), dead=_.dead.sum())
        .order_by("start", "group", "known_to")
    )
