"""Lists: incidents and dead by value."""

from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from incidents.queries.facets import named_actors
from incidents.queries.tables import found, sites

PAIR_JOINT = " – "
SEVERAL = {
    "country": "several countries",
    "admin1": "several provinces",
    "admin2": "several districts",
    "location": "several places",
}


def by_column(column: str, most: int | None) -> ir.Table:
    """Adds up to the whole: "" is the row of those without a value."""
    t: Any = found
    return _listed(t.select(value=t[column].fill_null(""), fatalities=t.fatalities), most)


def by_month() -> ir.Table:
    t: Any = found
    return _listed(t.select(value=t.event_date.strftime("%Y-%m").fill_null(""), fatalities=t.fatalities), None)


def by_place(field: str, has_sites: bool, most: int | None) -> ir.Table:
    """Adds up to the whole: an incident whose sites have several values is in the row `SEVERAL`, not in theirs."""
    if not has_sites:
        return by_column(field, most)
    t: Any = found
    single = t.filter(t.n_sites == 1).select(value=t[field].fill_null(""), fatalities=t.fatalities)
    several = t.filter(t.n_sites > 1)
    own = several.select("incident_id", value=several[field])
    further = sites.filter(sites.incident_id.isin(several.incident_id)).select("incident_id", value=sites[field])
    shared = own.union(further).group_by("incident_id").aggregate(different=_.value.nunique(), value=_.value.max())
    value = ibis.cases((shared.different > 1, SEVERAL[field]), else_=shared.value.fill_null(""))
    joined = several.join(shared, several.incident_id == shared.incident_id)
    return _listed(single.union(joined.select(value=value, fatalities=several.fatalities)), most)


def by_actor(most: int | None) -> ir.Table:
    """Does not add up: an incident is with each of its actors."""
    return _listed(named_actors(found, "fatalities"), most)


def by_pair(most: int | None) -> ir.Table:
    """No direction: the two names in the order of the alphabet."""
    t: Any = found.filter(found.actor1.notnull(), found.actor2.notnull())
    names = {"first": ibis.least(t.actor1, t.actor2), "second": ibis.greatest(t.actor1, t.actor2)}
    return _listed(t.select(**names, fatalities=t.fatalities), most, "first", "second")


def tallied(rows: Any, *names: str) -> Any:
    return rows.group_by(*names).aggregate(
        incidents=_.count(), dead=_.fatalities.sum(), without_figure=_.fatalities.isnull().sum()
    )


def _listed(rows: Any, most: int | None, *names: str) -> ir.Table:
    names = names or ("value",)
    listed = tallied(rows, *names).order_by(_.incidents.desc(), *names)
    return listed if most is None else listed.limit(most)
