"""Timeline: incidents and dead by unit of time and group. An incident is counted once, on its first day."""

from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from incidents.queries.binding import bound
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


def span() -> ir.Table:
    return found.aggregate(first=found.event_date.min(), last=found.event_date.max())


def largest_groups(by: str, most: int) -> ir.Table:
    t: Any = found
    return (
        t.group_by(value=t[GROUP_COLUMNS[by]].fill_null(""))
        .aggregate(incidents=t.count())
        .order_by(_.incidents.desc(), "value")
        .limit(most)
    )


def bins(by: str, unit: str, groups: int) -> ir.Table:
    """The named groups each, all others together."""
    t: Any = found
    value = t[GROUP_COLUMNS[by]].fill_null("")
    named = value.isin([bound(f"group_{number}") for number in range(groups)]) if groups else ibis.literal(False)
    return _binned(unit, ibis.cases((named, value), else_=OTHER))


def rest(unit: str) -> ir.Table:
    return _binned(unit, ibis.literal(""))


def _binned(unit: str, group: Any) -> ir.Table:
    t: Any = found.filter(found.event_date.notnull())
    coarser = _COARSER[unit]
    return (
        t.group_by(
            start=t.event_date.truncate(_TRUNCATE[unit]).cast("timestamp").cast("date"),  # DuckDB makes a time of it
            group=group,
            is_imprecise=t.time_precision.isin(coarser).fill_null(False) if coarser else ibis.literal(False),
        )
        .aggregate(incidents=t.count(), dead=t.fatalities.sum())
        .order_by("start", "group", "is_imprecise")
    )
