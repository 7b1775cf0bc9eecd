"""Facets: how many incidents each value of a field would find."""

from typing import Any

import ibis.expr.types as ir
from ibis import _

from incidents.queries.binding import bound
from incidents.queries.tables import found, found_places


def of_column(column: str | None, most: int) -> ir.Table:
    """Of the incident's own row; None is one of the file's own columns, its name bound as `facet_column`."""
    t: Any = found
    value = t.extra.get(bound("facet_column")) if column is None else t[column].cast("string")
    return _counted(t.select(value=value), most)


def of_precision(most: int) -> ir.Table:
    return _counted(found.select(value=precision(found)), most)


def of_actor(most: int) -> ir.Table:
    return _counted(named_actors(found), most)


def of_place(field: str, most: int) -> ir.Table:
    """An incident of several sites counts once for each value that they have."""
    t: Any = found
    single = t.filter(t.n_sites == 1).select(value=t[field])
    return _counted(single.union(of_several_sites(field)), most)


def of_several_sites(field: str) -> Any:
    """A row for each value of each incident of several sites, once."""
    return found_places.select("incident_id", value=found_places[field]).distinct().select("value")


def precision(t: Any) -> Any:
    return t.latitude.isnull().ifelse("unlocated", t.geo_precision)


def named_actors(t: Any, *carried: str) -> Any:
    """A row for each actor of each row, with the `carried` columns; an actor named twice in one row once."""
    first = t.select(*carried, value=t.actor1)
    second = t.filter((t.actor2 != t.actor1) | t.actor1.isnull()).select(*carried, value=t.actor2)
    return first.union(second).filter(_.value.notnull())


def _counted(values: Any, most: int) -> ir.Table:
    return (
        values.filter(_.value.notnull(), _.value != "")
        .group_by("value")
        .aggregate(incidents=_.count())
        .order_by(_.incidents.desc(), "value")
        .limit(most)
    )
