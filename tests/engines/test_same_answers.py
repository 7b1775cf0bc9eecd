"""Every engine gives the answers of the folder store, to the digit, on every view and export, for any filter."""

import io
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.engines.postgres_server import PostgresServer
from tests.engines.spark_cluster import SparkCluster
from tests.views.made_data import made_store
from tests.views.made_filters import narrow_filters

from incidents.exports.csv_file import csv_chunks
from incidents.exports.geojson import geojson_chunks
from incidents.exports.parquet_file import parquet_chunks
from incidents.model.errors import StoreError
from incidents.model.filters import ALL_DATASETS, EVERYTHING, IncidentFilter, Where
from incidents.queries.asking import Panel, ask
from incidents.queries.places_review import wide_places
from incidents.queries.provinces import stated
from incidents.store import Reader
from incidents.views import at_point
from incidents.views.cards import cards_view
from incidents.views.details import details_view
from incidents.views.facets import facet
from incidents.views.lists import top
from incidents.views.map import extent, map_view
from incidents.views.named import named_view
from incidents.views.summary import summary_json
from incidents.views.table import count, table_page
from incidents.views.timeline import UNITS, timeline_view
from incidents.views.values import WORLD, MapView, Viewport

NEAR = Viewport(20.0, 55.0, 35.0, 70.0, 6)
AROUND_DATE_LINE = Viewport(-30.0, 170.0, 0.0, 200.0, 5)
COLUMNS = ("event_date", "location", "fatalities", "source_date", "from_words", "latitude", "notes", "Weapon")
FIELDS = ("country", "admin1", "location", "actor", "event_type", "geo_precision", "dataset", "Weapon", "from_words")
LISTS = ("actor", "pair", "event_type", "month", "country", "admin1", "location")
DEGREES = 9
"""Decimals of a mean of coordinates: its last digits depend on the order of adding, even within one engine."""

View = Callable[[Reader, IncidentFilter], object]


def rounded(view: MapView) -> MapView:
    cells = (
        replace(each, latitude=round(each.latitude, DEGREES), longitude=round(each.longitude, DEGREES))
        for each in view.cells
    )
    return replace(view, cells=tuple(cells))


def without_import_times(summary: dict[str, Any]) -> dict[str, Any]:
    return summary | {"datasets": [each | {"imported_at": None} for each in summary["datasets"]]}


def rows_of_geojson(reader: Reader, wanted: IncidentFilter) -> bytes:
    return b"".join(geojson_chunks(reader, wanted)).partition(b'"features":')[2]


def rows_of_parquet(reader: Reader, wanted: IncidentFilter) -> list[dict[str, object]]:
    return pq.read_table(io.BytesIO(b"".join(parquet_chunks(reader, wanted)))).to_pylist()


def asked(reader: Reader, wanted: IncidentFilter, panel: Panel, *arguments: object) -> list[dict[str, object]]:
    return ask(reader, wanted, panel, *arguments).to_pylist()


VIEWS: dict[str, View] = {
    "cards": cards_view,
    "map": lambda reader, wanted: [rounded(map_view(reader, wanted, each)) for each in (WORLD, NEAR, AROUND_DATE_LINE)],
    "few cells": lambda reader, wanted: rounded(map_view(reader, wanted, WORLD, most=3)),
    "extent": extent,
    "one cell": lambda reader, wanted: at_point(reader, wanted, 26.0, 61.0, 26.5, 62.0).astype(str).to_dict("list"),
    "timelines": lambda reader, wanted: [
        timeline_view(reader, wanted, unit, by) for unit, by in zip(UNITS, itertools.cycle(("event_type", "actor")))
    ],
    "named": lambda reader, wanted: named_view(reader, wanted),
    "facets": lambda reader, wanted: [facet(reader, wanted, field) for field in FIELDS],
    "lists": lambda reader, wanted: [top(reader, wanted, what, 3) for what in LISTS],
    "table": lambda reader, wanted: [
        table_page(reader, wanted, COLUMNS, sort, descending, page=1, rows=7).astype(str).to_dict("list")
        for sort, descending in (("event_date", True), ("fatalities", True), ("location", False), ("Weapon", False))
    ],
    "count": count,
    "provinces": lambda reader, wanted: asked(reader, wanted, stated, True),
    "places to settle": lambda reader, wanted: asked(reader, wanted, wide_places, 20),
    "details": lambda reader, wanted: [details_view(reader, wanted, f"made-{number}") for number in (1, 7, 299)],
    "summary": lambda reader, wanted: without_import_times(summary_json(reader, wanted)),
    "csv": lambda reader, wanted: b"".join(csv_chunks(reader, wanted)).decode(),
    "geojson": rows_of_geojson,
    "parquet": rows_of_parquet,
}


@pytest.fixture(scope="module")
def folder_reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with made_store(tmp_path_factory.mktemp("folder")) as store:
        yield store.reader()


@pytest.fixture(scope="module")
def postgres_reader(postgres: PostgresServer) -> Iterator[Reader]:
    with made_store(postgres.new_database()) as store:
        yield store.reader()


@pytest.fixture(scope="module")
def spark_reader(spark: SparkCluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with made_store(spark.location(tmp_path_factory.mktemp("spark"))) as store:
        yield store.reader()


def assert_same(one: Reader, other: Reader, wanted: IncidentFilter, views: dict[str, View]) -> None:
    for name, view in views.items():
        assert view(one, wanted) == view(other, wanted), name


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],  # a filter of three fields is small enough to read
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
@given(wanted=narrow_filters())
def test_postgres_answers_as_the_folder_does(
    folder_reader: Reader, postgres_reader: Reader, wanted: IncidentFilter
) -> None:
    assert_same(folder_reader, postgres_reader, wanted, VIEWS)


WIDE = (
    EVERYTHING,
    IncidentFilter(dataset=ALL_DATASETS),
    IncidentFilter(country=("Iran",), admin1=("Kerman", "Sistan and Baluchestan"), dataset=ALL_DATASETS),
    IncidentFilter(start=date(2018, 1, 1), end=date(2020, 12, 31), words="police"),
    IncidentFilter(where=(Where("latitude", "30.0"), Where("from_words", "true"))),
    IncidentFilter(where=(Where("Weapon", "=cmd()"),), geo_precision=("town", "unlocated")),
    IncidentFilter(country=("", "Iran"), actor=("", "Jundallah")),
)
"""Most filters of chance find little; these find much."""


@pytest.mark.parametrize("wanted", WIDE, ids=str)
def test_postgres_answers_as_the_folder_does_where_much_is_found(
    folder_reader: Reader, postgres_reader: Reader, wanted: IncidentFilter
) -> None:
    assert_same(folder_reader, postgres_reader, wanted, VIEWS)


BATCHES = {name: VIEWS[name] for name in ("count", "summary", "csv", "geojson", "parquet")}
"""What a cluster is for."""


@pytest.mark.parametrize("wanted", WIDE, ids=str)
def test_spark_summarises_and_exports_as_the_folder_does(
    folder_reader: Reader, spark_reader: Reader, wanted: IncidentFilter
) -> None:
    assert_same(folder_reader, spark_reader, wanted, BATCHES)


def test_spark_answers_the_other_views_but_the_map(folder_reader: Reader, spark_reader: Reader) -> None:
    others = {name: view for name, view in VIEWS.items() if name not in ("map", "few cells")}
    assert_same(folder_reader, spark_reader, WIDE[2], others)
    with pytest.raises(StoreError, match="answers summaries and exports"):
        map_view(spark_reader, EVERYTHING, WORLD)


def test_another_answer_is_noticed(folder_reader: Reader) -> None:
    views: dict[str, View] = {"count": lambda reader, wanted: id(object()) + next(_numbers)}
    with pytest.raises(AssertionError, match="count"):
        assert_same(folder_reader, folder_reader, EVERYTHING, views)


_numbers = itertools.count()
