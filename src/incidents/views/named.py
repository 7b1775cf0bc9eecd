"""Named: the most frequent actors, places and kinds, and how many there are."""

from incidents.model.filters import IncidentFilter
from incidents.queries import named as queries
from incidents.queries.asking import ask
from incidents.queries.shape import shape_of
from incidents.store import Reader
from incidents.views.values import FacetValue, ListRow, Named

MOST = 12


def named_view(reader: Reader, wanted: IncidentFilter) -> Named:
    has_sites = shape_of(wanted, reader.datasets).has_sites
    facets: dict[str, list[FacetValue]] = {field: [] for field in queries.FIELDS}
    actors: list[ListRow] = []
    different = {queries.ACTOR: 0, queries.NAMED_PLACES: 0}
    rows = ask(reader, wanted, queries.named, has_sites, MOST).to_pylist()
    for row in sorted(rows, key=lambda row: (-row["incidents"], row["value"])):
        field = row["field"]
        different[field] = row["values"]
        if field == queries.ACTOR:
            actors.append(ListRow(row["value"], row["incidents"], row["dead"] or 0, row["without_figure"]))
        if field in facets:
            facets[field].append(FacetValue(row["value"], row["incidents"]))
    return Named(
        facets={field: tuple(values) for field, values in facets.items()},
        top_actors=tuple(actors),
        actors=different[queries.ACTOR],
        places=different[queries.NAMED_PLACES],
    )
