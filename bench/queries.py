"""Every view over a fixed list of filters, without a browser."""

import statistics
import time
from collections.abc import Callable, Mapping
from datetime import date

from bench.material import Material
from bench.results import Figures
from incidents.model.filters import EVERYTHING, Box, IncidentFilter, Near
from incidents.store import Reader, open_store
from incidents.views import at_point
from incidents.views.cards import cards_view
from incidents.views.details import details_view
from incidents.views.facets import facet
from incidents.views.lists import top
from incidents.views.map import extent, map_view
from incidents.views.summary import summary_json
from incidents.views.table import count, table_page
from incidents.views.timeline import timeline_view
from incidents.views.values import WORLD, Viewport

RUNS = 7
FIELDS = ("country", "admin1", "admin2", "location", "actor", "event_type", "geo_precision")
COLUMNS = (
    "event_date",
    "location",
    "admin1",
    "country",
    "event_type",
    "actor1",
    "actor2",
    "fatalities",
    "injured",
    "notes",
)

View = Callable[[Reader, IncidentFilter], object]
PAGE: dict[str, View] = {
    "cards": cards_view,
    "map, world": lambda reader, wanted: map_view(reader, wanted, WORLD),
    "timeline": timeline_view,
    "table, first page": lambda reader, wanted: table_page(reader, wanted, COLUMNS, "event_date", True, 0, 50),
    "lists, five": lambda reader, wanted: [
        top(reader, wanted, by) for by in ("actor", "pair", "admin1", "location", "event_type")
    ],
    "options, seven fields": lambda reader, wanted: [facet(reader, wanted, field) for field in FIELDS],
}
"""What the page shows at once."""

OTHERS: dict[str, View] = {
    "map, a country": lambda reader, wanted: map_view(reader, wanted, Viewport(29.0, 38.0, 38.0, 49.0, 6)),
    "extent": extent,
    "timeline by actor": lambda reader, wanted: timeline_view(reader, wanted, by="actor"),
    "table, by town, page 20": lambda reader, wanted: table_page(reader, wanted, COLUMNS, "location", False, 19, 50),
    "count": count,
    "one cell's incidents": lambda reader, wanted: at_point(reader, wanted, 33.0, 44.0, 34.0, 45.0),
    "details": lambda reader, wanted: _details(reader, wanted),
    "summary": summary_json,
}


def measure(material: Material, size: str) -> Figures:
    with open_store(str(material.store(size))) as store:
        reader = store.reader()
        filters = fixed_filters(reader)
        medians = {
            view: {name: _median(made, reader, wanted) for name, wanted in filters.items()}
            for view, made in {**PAGE, **OTHERS}.items()
        }
        first = _first_ms(str(material.store(size)))
    whole = {name: sum(medians[view][name] for view in PAGE) for name in filters}
    return {
        **{f"the page's views together, {name}": milliseconds for name, milliseconds in whole.items()},
        **{
            f"{view}: {words}": value
            for view, by_filter in medians.items()
            for words, value in _middle_and_worst(by_filter)
        },
        "the first view of a newly opened store": first,
    }


def fixed_filters(reader: Reader) -> dict[str, IncidentFilter]:
    """The same questions at every size; names are those most frequent in the data."""
    most = {field: _most(reader, field) for field in ("country", "admin1", "actor", "event_type")}
    by_name = {field: EVERYTHING.with_(**{field: (value,)}) for field, value in most.items() if value}
    return {
        "everything": EVERYTHING,
        **by_name,
        "ten years": EVERYTHING.with_(start=date(2005, 1, 1), end=date(2014, 12, 31)),
        "killed at least 5": EVERYTHING.with_(fatalities_least=5),
        "words": EVERYTHING.with_(words="government police"),
        "near": EVERYTHING.with_(near=Near(33.3, 44.4, 50.0)),
        "box": EVERYTHING.with_(bbox=Box(29.0, 38.0, 38.0, 49.0)),
        "several at once": EVERYTHING.with_(
            start=date(2005, 1, 1),
            end=date(2014, 12, 31),
            fatalities_least=1,
            **({"country": (most["country"],)} if most["country"] else {}),
        ),
    }


def _most(reader: Reader, field: str) -> str | None:
    return next((found.value for found in facet(reader, EVERYTHING, field, most=3) if found.value), None)


def _median(view: View, reader: Reader, wanted: IncidentFilter) -> float:
    return statistics.median(_milliseconds(view, reader, wanted) for _ in range(RUNS))


def _milliseconds(view: View, reader: Reader, wanted: IncidentFilter) -> float:
    started = time.perf_counter()
    view(reader, wanted)
    return 1e3 * (time.perf_counter() - started)


def _first_ms(location: str) -> float:
    """Opening the data and one view, in this process, so without the imports."""
    started = time.perf_counter()
    with open_store(location) as store:
        cards_view(store.reader(), EVERYTHING)
    return 1e3 * (time.perf_counter() - started)


def _middle_and_worst(by_filter: Mapping[str, float]) -> list[tuple[str, float]]:
    worst = max(by_filter, key=lambda name: by_filter[name])
    return [("median of all filters", statistics.median(by_filter.values())), (f"slowest ({worst})", by_filter[worst])]


def _details(reader: Reader, wanted: IncidentFilter) -> object:
    first = table_page(reader, wanted, ("event_date",), "event_date", True, 0, 1)
    return details_view(reader, wanted, str(first["incident_id"].iloc[0])) if len(first) else None
