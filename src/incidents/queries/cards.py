"""Cards: counts and totals of what the filter finds."""

from typing import Any

import ibis
import ibis.expr.types as ir

from incidents.model.schema import FIGURES, figure_columns
from incidents.queries.tables import found, partly_outside, sites

WIDER_THAN_DISTRICT = ("province", "country", "sea")


def headline() -> ir.Table:
    """The first numbers of the page and the days between which its timeline lies, and nothing slower."""
    t: Any = found
    wide = t.geo_precision.isin(WIDER_THAN_DISTRICT).fill_null(False)
    return t.aggregate(
        incidents=t.count(),
        unlocated=t.count() - t.latitude.count(),
        without_town=t.count(where=t.latitude.isnull() | t.location.isnull() | wide),
        begins=t.event_date.min(),
        ends=t.event_date.max(),
    )


def before() -> ir.Table:
    """What a change is told against."""
    t: Any = found
    return t.aggregate(
        incidents=t.count(), dead=t.fatalities.sum(), without_figure=t.count(where=t.fatalities.isnull())
    )


def counts() -> ir.Table:
    t: Any = found
    measures: dict[str, Any] = {
        "incidents": t.count(),
        "first_date": t.event_date.min(),
        "last_date": t.event_date_end.max(),
        "from_words": t.fatalities.sum(where=t.from_words),
    }
    for figure in FIGURES:
        low, best, high = (t[name] for name in figure_columns(figure))
        measures |= {
            f"{figure}_low": low.sum(),
            f"{figure}_best": best.sum(),
            f"{figure}_high_shown": ibis.coalesce(high, best, low).sum(),
            f"{figure}_open": t.count(where=high.isnull() & (low.notnull() | best.notnull())),
            f"{figure}_known": best.count(),
        }
    return t.aggregate(**measures)


def places(has_sites: bool) -> ir.Table:
    """How many named places the sites have; one name in two provinces is two places."""
    t: Any = found
    named = _named(t)
    if has_sites:
        further: Any = sites
        named = named.union(_named(further.filter(further.incident_id.isin(t.incident_id))))
    return named.distinct().aggregate(places=ibis._.count())


def actors() -> ir.Table:
    t: Any = found
    first = t.select(actor=t.actor1).distinct()
    second = t.select(actor=t.actor2).distinct()
    return first.union(second).filter(ibis._.actor.notnull()).aggregate(actors=ibis._.actor.nunique())


def dead_partly_outside() -> ir.Table:
    return partly_outside.aggregate(dead=ibis._.fatalities.sum())


def without_figure() -> ir.Table:
    t: Any = found
    return t.aggregate(incidents=t.count(where=t.fatalities.isnull()))


def _named(table: Any) -> Any:
    return table.filter(table.location.notnull()).select("country", "admin1", "location")
