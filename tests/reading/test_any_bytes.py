"""Any bytes: read to the last row, or refused with one sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.model.errors import UnusableFile
from incidents.normalise.rows import ImportOptions, batches, plan
from incidents.reading.files import read_table
from incidents.reading.repairs import decoded_twice

_CELLS = st.sampled_from(
    [
        "",
        "Kabul",
        "2020-01-02",
        "05/01/2024",
        "13/01/2024",
        "12",
        "-99",
        "at least 3",
        '"',
        '"a\nb"',
        "'x",
        "TOTAL",
        "date",
        "é",
        "راسک",
        "a;b",
        "\r",
        "#date",
        "[",
        " ",
        "1403/01/15",
        "0",
        "999",
    ]
)
_ROWS = st.lists(st.lists(_CELLS, max_size=5).map(",".join), max_size=12).map("\n".join)


def _all_rows(content: bytes) -> None:
    try:
        raw = read_table(content, name="f.csv")
        planned = plan(raw, ImportOptions())
    except UnusableFile:
        return
    kept = rejected = 0
    for batch in batches(raw, planned, dataset_id="d", rows=3):
        kept += len(batch.incidents)
        rejected += len(batch.rejected)
        assert len(batch.codes) == len(batch.given) == len(batch.incidents)
        assert batch.incidents["event_date_end"].null_count == 0
    assert raw.read == kept + rejected


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_are_read_or_refused(content: bytes) -> None:
    _all_rows(content)


@settings(max_examples=300, deadline=None)
@given(_ROWS, st.sampled_from(["", "\n", '"']))
def test_every_row_below_a_header_is_kept_or_rejected(rows: str, end: str) -> None:
    _all_rows(f"date,town,killed,notes\n2020-01-01,A,1,x\n{rows}{end}".encode())


@settings(max_examples=200, deadline=None)
@given(_ROWS)
def test_tables_without_a_header_are_read_or_refused(rows: str) -> None:
    _all_rows(rows.encode("utf-16"))


@given(st.text(max_size=40))
def test_text_encoded_twice_comes_back(text: str) -> None:
    try:
        twice = text.encode().decode("cp1252")
    except UnicodeDecodeError:
        return
    if not text.isascii() and "\ufffd" not in text:
        assert decoded_twice(twice) in (text, twice)


def test_many_lines_of_one_cell_are_too_long_to_be_a_cell() -> None:
    content = b'date,town,killed\n2020-01-02,Kabul,"' + b"x" * 1_000_010 + b'"\n2020-01-03,Herat,1\n'
    raw = read_table(content, name="f.csv")
    assert [(fault.line, fault.reason) for fault in raw.faults] == [(2, "a cell is longer than 1,000,000 characters")]
    assert raw.table.column("town").to_pylist() == ["Herat"]


def test_too_many_columns_are_refused() -> None:
    header = ",".join(f"c{i}" for i in range(2_001))
    with pytest.raises(UnusableFile, match=r"has more than 2,000 columns"):
        read_table(f"{header}\n{header}\n1\n".encode(), name="f.csv")


def test_missing_file_is_named() -> None:
    with pytest.raises(UnusableFile, match=r"nowhere\.csv: there is no such file"):
        read_table("nowhere.csv")
