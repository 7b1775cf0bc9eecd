"""Named: who, where and what is named in what the filter finds, counted in one query.

A page shows these counts in eight panels; asked one by one they cost more than all its other numbers together.
"""

from functools import reduce
from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from incidents.queries.facets import named_actors, of_several_sites, precision
from incidents.queries.lists import tallied
from incidents.queries.shape import PLACE_FIELDS
from incidents.queries.tables import found, sites

ACTOR, NAMED_PLACES = "actor", "named places"
KINDS = ("event_type", "geo_precision")
FIELDS = (*PLACE_FIELDS, ACTOR, *KINDS)
"""Of the filter; each is counted."""


def named(has_sites: bool, most: int) -> ir.Table:
    """At most `most` rows of each field: field, value, incidents, dead, without_figure, and how many values the field has.

    The row `NAMED_PLACES` has the number of named places alone, one name in two provinces twice.
    """
    t: Any = found
    pairs = tallied(t, "actor1", "actor2")
    kinds = t.group_by(event_type=t.event_type, geo_precision=precision(t)).aggregate(n=_.count())
    places = t.group_by(*PLACE_FIELDS, is_single=t.n_sites == 1).aggregate(n=_.count())
    parts = [
        _most(ACTOR, _of_actor(pairs), most),
        *(_most(field, _of(kinds, field), most) for field in KINDS),
        *(_most(field, _of_place(places, field, has_sites), most) for field in PLACE_FIELDS),
        _different(places, has_sites),
    ]
    return reduce(lambda above, below: above.union(below), parts)


def _of_actor(pairs: Any) -> Any:
    tally = ("incidents", "dead", "without_figure")
    return named_actors(pairs, *tally).group_by("value").aggregate(**{name: _[name].sum() for name in tally})


def _of(counted: Any, field: str) -> Any:
    nothing = ibis.literal(None, "int64")
    return (
        counted.group_by(value=counted[field])
        .aggregate(incidents=_.n.sum())
        .mutate(dead=nothing, without_figure=nothing)
    )


def _of_place(places: Any, field: str, has_sites: bool) -> Any:
    """An incident of several sites counts once for each value that they have."""
    single = places.filter(places.is_single)
    if not has_sites:
        return _of(single, field)
    counted = of_several_sites(field).group_by("value").aggregate(n=_.count())
    return _of(single.select(value=single[field], n=single.n).union(counted), "value")


def _different(places: Any, has_sites: bool) -> Any:
    name = ("country", "admin1", "location")
    named_places = places.filter(places.location.notnull()).select(*name)
    if has_sites:
        further = sites.filter(sites.incident_id.isin(found.incident_id), sites.location.notnull())
        named_places = named_places.union(further.select(*name))
    nothing = ibis.literal(0, "int64")
    return (
        named_places.distinct()
        .aggregate(values=_.count())
        .select(
            field=ibis.literal(NAMED_PLACES),
            value=ibis.literal(""),
            incidents=nothing,
            dead=nothing,
            without_figure=nothing,
            values="values",
        )
    )


def _most(field: str, counted: Any, most: int) -> Any:
    whole = {name: _[name].cast("int64") for name in ("incidents", "dead", "without_figure")}
    return (
        counted.filter(_.value.notnull(), _.value != "")
        .select(field=ibis.literal(field), value=_.value, **whole, values=_.count().over())
        .order_by(_.incidents.desc(), "value")
        .limit(most)
    )
