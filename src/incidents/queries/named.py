"""Named: who, where and what is named in what the filter finds, counted in one query.

A page shows these counts in eight panels; asked one by one they cost more than all its other numbers together.
"""

from functools import reduce
from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from incidents.queries.facets import named_actors, precision
from incidents.queries.tables import found

ACTOR, NAMED_PLACES = "actor", "named places"
KINDS = ("event_type", "geo_precision")
PLACES = ("country", "admin1", "admin2", "location")


def named(has_sites: bool, most: int) -> ir.Table:
    """At most `most` rows of each field: field, value, incidents, dead, without_figure, and how many values the field has.

    Of incidents with further sites the places are not counted here: they need the sites. The row `NAMED_PLACES` has the
    number of named places alone, one name in two provinces twice.
    """
    actors = (
        named_actors(found)
        .group_by("value")
        .aggregate(incidents=_.count(), dead=_.fatalities.sum(), without_figure=_.fatalities.isnull().sum())
    )
    parts = [_most(ACTOR, actors, most)]
    t: Any = found
    kinds = t.group_by(event_type=t.event_type, geo_precision=precision(t)).aggregate(n=_.count())
    parts += [_most(field, _of(kinds, field), most) for field in KINDS]
    if not has_sites:
        places = t.group_by(*PLACES).aggregate(n=_.count())
        parts += [_most(field, _of(places, field), most) for field in PLACES]
        different = places.filter(_.location.notnull()).select("country", "admin1", "location").distinct()
        parts.append(
            different.aggregate(values=_.count()).select(
                field=ibis.literal(NAMED_PLACES),
                value=ibis.literal(""),
                incidents=ibis.literal(0, "int64"),
                dead=ibis.literal(0, "int64"),
                without_figure=ibis.literal(0, "int64"),
                values="values",
            )
        )
    return reduce(lambda above, below: above.union(below), parts)


def _of(counted: Any, field: str) -> Any:
    nothing = ibis.literal(None, "int64")
    return (
        counted.group_by(value=counted[field])
        .aggregate(incidents=_.n.sum())
        .mutate(dead=nothing, without_figure=nothing)
    )


def _most(field: str, counted: Any, most: int) -> Any:
    whole = {name: _[name].cast("int64") for name in ("incidents", "dead", "without_figure")}
    return (
        counted.filter(_.value.notnull(), _.value != "")
        .select(field=ibis.literal(field), value=_.value, **whole, values=_.count().over())
        .order_by(_.incidents.desc(), "value")
        .limit(most)
    )
