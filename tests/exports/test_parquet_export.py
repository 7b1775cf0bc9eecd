"""Parquet: typed, raw, with its sites, the file's own columns and the credits."""

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.views.made_data import made_store, random_rows

from incidents.exports import export
from incidents.exports.csv_file import csv_chunks
from incidents.exports.parquet_file import parquet_chunks
from incidents.model.filters import EVERYTHING, IncidentFilter
from incidents.model.schema import INCIDENTS, PUBLIC_COLUMNS
from incidents.store import Reader


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with made_store(tmp_path_factory.mktemp("parquet")) as store:
        yield store.reader()


def test_every_incident_is_there_with_its_types(reader: Reader, tmp_path: Path) -> None:
    assert export(reader, EVERYTHING, tmp_path / "all.parquet") == 300
    table = pq.read_table(tmp_path / "all.parquet")
    made = {row["incident_id"]: row for row in random_rows(300, 1)[0]}
    assert table.num_rows == 300
    assert [field.type for field in table.schema][: len(PUBLIC_COLUMNS)] == [
        INCIDENTS.field(name).type for name in PUBLIC_COLUMNS
    ]
    for row in table.select([*PUBLIC_COLUMNS, "extra"]).to_pylist():
        assert row == {name: made[row["incident_id"]][name] for name in row}


def test_further_sites_are_a_list(reader: Reader, tmp_path: Path) -> None:
    export(reader, EVERYTHING, tmp_path / "all.parquet")
    stored = pq.read_table(tmp_path / "all.parquet", columns=["incident_id", "further_sites"]).to_pylist()
    further: dict[str, list[str | None]] = {}
    for site in random_rows(300, 1)[1]:
        further.setdefault(site["incident_id"], []).append(site["location"])
    assert {
        row["incident_id"]: [site["location"] for site in row["further_sites"]]
        for row in stored
        if row["further_sites"]
    } == further


def test_the_file_says_what_was_asked_and_whom_to_credit(reader: Reader, tmp_path: Path) -> None:
    export(reader, IncidentFilter(country=("Iran",)), tmp_path / "iran.parquet")
    said = json.loads(pq.read_schema(tmp_path / "iran.parquet").metadata[b"incidents"])
    assert said["filter"] == "country Iran"
    assert any("GeoNames" in each for each in said["credits"])


def test_nothing_found_is_an_empty_file_that_can_be_read(reader: Reader, tmp_path: Path) -> None:
    assert export(reader, IncidentFilter(country=("Peru",)), tmp_path / "none.parquet") == 0
    assert pq.read_table(tmp_path / "none.parquet").num_rows == 0


def test_the_pieces_are_those_of_csv_in_order(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "all.parquet").write_bytes(b"".join(parquet_chunks(reader, EVERYTHING)))
    ids = pq.read_table(tmp_path / "all.parquet")["incident_id"].to_pylist()
    lines = b"".join(csv_chunks(reader, EVERYTHING)).decode().splitlines()
    assert [line.split(",")[0].strip('"') for line in lines[1:]] == ids
