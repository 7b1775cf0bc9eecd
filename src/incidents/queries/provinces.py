"""Provinces: incidents and dead by the country and the province that the rows state, located or not."""

from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from incidents.queries.tables import found, sites


def stated(has_sites: bool) -> ir.Table:
    """Adds up to the whole: an incident whose sites lie in several provinces is in the rows with `several`, not in theirs."""
    t: Any = found
    if not has_sites:
        return _counted(t, t.country.fill_null(""), t.admin1.fill_null(""), ibis.literal(False))
    single = t.filter(t.n_sites == 1).select(
        country=t.country.fill_null(""), admin1=t.admin1.fill_null(""), several=False, fatalities=t.fatalities
    )
    shared = t.filter(t.n_sites > 1)
    own = shared.select("incident_id", country=shared.country.fill_null(""), admin1=shared.admin1.fill_null(""))
    further = sites.filter(sites.incident_id.isin(shared.incident_id)).select(
        "incident_id", country=sites.country.fill_null(""), admin1=sites.admin1.fill_null("")
    )
    spread = (
        own.union(further)
        .group_by("incident_id")
        .aggregate(
            several=(_.country.nunique() > 1) | (_.admin1.nunique() > 1),
            country=_.country.max(),
            admin1=_.admin1.max(),
        )
    )
    joined = shared.join(spread, shared.incident_id == spread.incident_id).select(
        country=spread.several.ifelse("", spread.country),
        admin1=spread.several.ifelse("", spread.admin1),
        several=spread.several,
        fatalities=shared.fatalities,
    )
    every: Any = single.union(joined)
    return _counted(every, every.country, every.admin1, every.several)


def _counted(rows: Any, country: Any, admin1: Any, several: Any) -> ir.Table:
    return (
        rows.group_by(country=country, admin1=admin1, several=several)
        .aggregate(incidents=_.count(), dead=_.fatalities.sum(), without_figure=_.fatalities.isnull().sum())
        .order_by(_.incidents.desc(), "country", "admin1")
    )
