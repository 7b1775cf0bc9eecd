"""The filter as Ibis conditions, by its shape; model.filters says what each field means."""

from collections.abc import Iterator
from functools import reduce
from operator import and_
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from incidents.queries.binding import bound
from incidents.queries.shape import PLACE_FIELDS, BoxShape, Choice, ColumnShape, FilterShape
from incidents.queries.tables import PLACE_COLUMNS, found, incidents, sites
from incidents.store.words_found import HOLDS, ROWS


@ibis.udf.scalar.builtin(name=HOLDS, catalog="memory", database="main")  # type: ignore[untyped-decorator]
def row_is_among(rows: dt.binary, number: dt.int64) -> dt.boolean:
    """Whether the bit of that row is set."""


def what_is_found(shape: FilterShape) -> ir.Table:
    """The rows of `found`."""
    conditions = [*row_conditions(shape), *site_conditions(shape)]
    return incidents.filter(*conditions) if conditions else incidents


def places_found(shape: FilterShape) -> ir.Table:
    """The rows of `found_places`."""
    own = found.filter(found.n_sites > 1, *place_fields_hold(found, shape))
    further = sites.filter(sites.incident_id.isin(found.incident_id), *place_fields_hold(sites, shape))
    return own.select(*PLACE_COLUMNS).union(further.select(*PLACE_COLUMNS))


def row_conditions(shape: FilterShape) -> Iterator[Any]:
    """Conditions on the incident's own row, all but those on places."""
    t: Any = incidents
    if shape.datasets:
        yield t.dataset_id.isin([bound(f"dataset_{number}") for number in range(shape.datasets)])
    if shape.start:
        yield t.event_date_end >= bound("start", "date")
    if shape.end:
        yield t.event_date <= bound("end", "date")
    if shape.fatalities_least:
        yield t.fatalities >= bound("fatalities_least", "int32")
    if shape.fatalities_most:
        yield t.fatalities <= bound("fatalities_most", "int32")
    if shape.leave_out_words:
        yield ~t.from_words.fill_null(False)
    if shape.event_type:
        yield is_one_of(t.event_type, "event_type", shape.event_type)
    if shape.actor:
        yield _actor(t, shape.actor)
    if shape.geo_precision:
        yield _precision(t, shape.geo_precision)
    if shape.words and shape.words_found_once:
        yield row_is_among(bound(ROWS, "binary"), t.rowid())
    else:
        for number in range(shape.words):
            yield t.folded.contains(bound(f"word_{number}"))
    for column in shape.where:
        yield from _where(t, column)


def site_conditions(shape: FilterShape) -> Iterator[Any]:
    """Each holds where the incident's own place or a further site satisfies it."""
    for condition in _place_conditions(shape):
        own = condition(incidents)
        if shape.has_sites:
            yield own | incidents.incident_id.isin(sites.filter(condition(sites)).incident_id)
        else:
            yield own


def what_is_partly_outside(shape: FilterShape) -> ir.Table:
    """The rows of `partly_outside`; the filter must ask for a place."""
    conditions = list(_place_conditions(shape))

    def fails(table: Any) -> Any:
        return ~reduce(and_, [condition(table) for condition in conditions]).fill_null(False)

    t: Any = found
    return t.filter(t.n_sites > 1, fails(t) | t.incident_id.isin(sites.filter(fails(sites)).incident_id))


def place_fields_hold(table: Any, shape: FilterShape) -> list[Any]:
    """The place fields on one site: a row of either table."""
    fields = [name for name in PLACE_FIELDS if getattr(shape, name)]
    return [is_one_of(table[name], name, getattr(shape, name)) for name in fields]


def is_one_of(column: Any, name: str, choice: Choice) -> Any:
    """One of the values; the empty cell is null or an empty text."""
    alternatives = []
    if choice.values:
        alternatives.append(column.isin([bound(f"{name}_{number}") for number in range(choice.values)]))
    if choice.empty:
        alternatives.append(column.isnull() | (column == ""))
    return reduce(lambda left, right: left | right, alternatives)


def _place_conditions(shape: FilterShape) -> Iterator[Any]:
    if any(getattr(shape, name) for name in PLACE_FIELDS):
        yield lambda table: reduce(and_, place_fields_hold(table, shape))
    if shape.bbox:
        yield lambda table: _in_box(table, "bbox", shape.bbox)
    if shape.near:
        yield lambda table: _in_box(table, "near", shape.near) & _in_circle(table)


def _in_box(table: Any, name: str, shape: BoxShape) -> Any:
    south, west, north, east = (bound(f"{name}_{side}", "float64") for side in ("south", "west", "north", "east"))
    after_west, before_east = table.longitude >= west, table.longitude <= east
    within = after_west | before_east if shape.crosses else after_west & before_east
    return (table.latitude >= south) & (table.latitude <= north) & within


def _in_circle(table: Any) -> Any:
    return haversine(table, bound("near_latitude", "float64"), bound("near_longitude", "float64")) <= bound(
        "near_limit", "float64"
    )


def haversine(table: Any, latitude: Any, longitude: Any) -> Any:
    """Of the angle between a row's place and a point in radians: 0 at the point, 1 at its antipode."""
    here = table.latitude.radians()
    north = ((here - latitude) / 2.0).sin()
    east = ((table.longitude.radians() - longitude) / 2.0).sin()
    return north * north + here.cos() * latitude.cos() * east * east


def _actor(t: Any, choice: Choice) -> Any:
    named = Choice(choice.values)
    alternatives = []
    if named:
        alternatives += [is_one_of(t.actor1, "actor", named), is_one_of(t.actor2, "actor", named)]
    if choice.empty:
        alternatives.append(t.actor1.isnull() & t.actor2.isnull())
    return reduce(lambda left, right: left | right, alternatives)


def _precision(t: Any, choice: Choice) -> Any:
    alternatives = []
    if choice.values:
        alternatives.append(is_one_of(t.geo_precision, "geo_precision", Choice(choice.values)))
    if choice.empty:
        alternatives.append(t.latitude.isnull())
    return reduce(lambda left, right: left | right, alternatives)


def _where(t: Any, shape: ColumnShape) -> Iterator[Any]:
    if shape.schema_column is None:
        cell = t.extra.get(bound(f"column_{shape.number}"))
    else:
        cell = t[shape.schema_column].cast("string")
    if shape.included:
        yield is_one_of(cell, f"with_{shape.number}", shape.included)
    if shape.excluded:
        yield ~is_one_of(cell, f"without_{shape.number}", shape.excluded).fill_null(False)
