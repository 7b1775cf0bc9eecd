"""CSV: one row for each incident, inert in a spreadsheet, nothing lost."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from tests.views.made_data import at, incident, put, site

from incidents.exports.csv_file import csv_chunks
from incidents.model.filters import EVERYTHING
from incidents.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(str(tmp_path))


def exported(store: Store) -> list[dict[str, str]]:
    text = b"".join(csv_chunks(store.reader(), EVERYTHING)).decode()
    return list(csv.DictReader(io.StringIO(text)))


def the_row(store: Store, **values: Any) -> dict[str, str]:
    put(store, [incident(**values)])
    [row] = exported(store)
    return row


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_quoted(store: Store, text: str) -> None:
    assert the_row(store, notes=text)["notes"] == "'" + text


def test_a_negative_coordinate_stays_a_number(store: Store) -> None:
    assert the_row(store, latitude=-12.5, longitude=-70.25)["latitude"] == "-12.5"


def test_a_header_that_a_spreadsheet_would_run_is_quoted(store: Store) -> None:
    put(store, [incident(extra=[("=cmd()", "x")])], columns=("=cmd()",))
    assert exported(store)[0]["'=cmd()"] == "x"


def test_quotes_commas_and_line_ends_survive(store: Store) -> None:
    text = 'He said "no",\nand left; گشت'
    assert the_row(store, notes=text)["notes"] == text


def test_missing_is_empty_and_zero_is_zero(store: Store) -> None:
    row = the_row(store, fatalities=0, injured=None)
    assert (row["fatalities"], row["injured"]) == ("0", "")


def test_the_files_own_columns_come_last(store: Store) -> None:
    put(store, [incident(extra=[("Weapon", "rifle")])], columns=("Weapon", "Unit"))
    assert list(exported(store)[0])[-3:] == ["further_sites", "Weapon", "Unit"]
    assert exported(store)[0]["Weapon"] == "rifle"


def test_a_column_of_the_file_called_as_ours_is_told_apart(store: Store) -> None:
    put(store, [incident(notes="ours", extra=[("notes", "theirs")])], columns=("notes",))
    [row] = exported(store)
    assert (row["notes"], row["notes (file)"]) == ("ours", "theirs")


def test_further_sites_are_in_one_cell(store: Store) -> None:
    row = incident(fatalities=11, **at("Chabahar"))
    put(store, [row], [site(row, 2, **at("Rask"))])
    [read] = exported(store)
    [rask] = json.loads(read["further_sites"])
    assert (rask["site_no"], rask["location"], rask["latitude"]) == (2, "Rask", 26.24)
    assert (read["n_sites"], read["fatalities"]) == ("2", "11")


def test_an_empty_result_has_the_header_alone(store: Store) -> None:
    put(store, [incident()])
    chunks = list(csv_chunks(store.reader(), EVERYTHING.with_(country=("Nowhere",))))
    assert b"".join(chunks).count(b"\n") == 1
