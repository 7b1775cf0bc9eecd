"""Facets: the values that a filter field can take, and how many incidents each would find."""

from incidents.model.filters import ALL_DATASETS, IncidentFilter
from incidents.queries import facets
from incidents.queries.asking import ask
from incidents.queries.shape import PLACE_FIELDS, shape_of
from incidents.queries.table import schema_column
from incidents.store import Reader
from incidents.views.values import FacetValue


def facet(reader: Reader, wanted: IncidentFilter, field: str, most: int = 2000) -> tuple[FacetValue, ...]:
    """Most frequent first; incidents without a value are in none. `field` is a filter field or any column.

    Counts are under all other filters than the field's own, so that each says what choosing it would show.
    """
    others = _without(wanted, field)
    if field == "actor":
        found = ask(reader, others, facets.of_actor, most)
    elif field == "geo_precision":
        found = ask(reader, others, facets.of_precision, most)
    elif field in PLACE_FIELDS and shape_of(others, reader.datasets).has_sites:
        found = ask(reader, others, facets.of_place, field, most)
    elif field == "dataset":
        found = ask(reader, others, facets.of_column, "dataset_id", most)
    else:
        found = ask(reader, others, facets.of_column, schema_column(field), most, facet_column=field)
    values, counts = found["value"].to_pylist(), found["incidents"].to_pylist()
    return tuple(FacetValue(value, count) for value, count in zip(values, counts, strict=True))


def _without(wanted: IncidentFilter, field: str) -> IncidentFilter:
    if field == "dataset":
        return wanted.with_(dataset=ALL_DATASETS)
    if field in (*PLACE_FIELDS, "actor", "event_type", "geo_precision"):
        return wanted.without(field)
    return wanted.with_(where=tuple(each for each in wanted.where if each.column != field))
