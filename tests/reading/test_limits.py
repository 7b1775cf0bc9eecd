"""Files that are too large, unpack to too much or are no tables: one sentence each, and little memory."""

import gzip
import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from incidents.model.errors import UnusableFile
from incidents.reading import limits
from incidents.reading.files import read_table

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROW = "<row><c t='inlineStr'><is><t>{}</t></is></c><c><v>{}</v></c></row>"


def workbook(path: Path, rows: Iterable[str], strings: Iterable[str] = ()) -> Path:
    """A workbook of these rows, written piece by piece."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>',
        )
        with archive.open("xl/worksheets/s.xml", "w") as part:
            part.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for row in rows:
                part.write(row.encode())
            part.write(b"</sheetData></worksheet>")
        with archive.open("xl/sharedStrings.xml", "w") as part:
            part.write(f'<sst xmlns="{MAIN}">'.encode())
            for text in strings:
                part.write(text.encode())
            part.write(b"</sst>")
    return path


HEADER_ROW = "<row><c t='inlineStr'><is><t>date</t></is></c><c t='inlineStr'><is><t>killed</t></is></c></row>"


def test_sheet_with_too_many_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SHEET_ROWS", 1_000)
    rows = [HEADER_ROW, *(ROW.format("2020-01-01", n) for n in range(1_001))]
    with pytest.raises(UnusableFile, match=r"the sheet S has more than 1,000 rows; split it or save it as CSV\."):
        read_table(workbook(tmp_path / "t.xlsx", rows))


@pytest.mark.soak
def test_sheet_of_a_million_and_one_rows_is_refused_in_little_memory(tmp_path: Path) -> None:
    block = "".join(ROW.format("2020-01-01", n) for n in range(1_000))
    path = workbook(tmp_path / "t.xlsx", [HEADER_ROW, *[block] * 1_000, ROW.format("2020-01-01", 1)])
    tracemalloc.start()
    with pytest.raises(UnusableFile, match=r"has more than 1,000,000 rows"):
        read_table(path)
    assert tracemalloc.get_traced_memory()[1] < 300_000_000
    tracemalloc.stop()


def test_a_cell_in_the_last_column_of_a_sheet_is_refused(tmp_path: Path) -> None:
    rows = [HEADER_ROW, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>']
    with pytest.raises(UnusableFile, match=r"has a cell in column 16,384; the limit is 2,000\."):
        read_table(workbook(tmp_path / "t.xlsx", rows))


def test_a_cell_in_the_last_row_of_a_sheet_is_read(tmp_path: Path) -> None:
    rows = [
        HEADER_ROW,
        '<row r="1048576"><c r="A1048576" t="d"><v>2020-01-01</v></c><c r="B1048576"><v>1</v></c></row>',
    ]
    assert read_table(workbook(tmp_path / "t.xlsx", rows)).lines.to_pylist() == [1_048_576]


def test_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(
        tmp_path / "t.xlsx", [HEADER_ROW, ROW.format("2020-01-01", 1)], ["<si><t>", "x" * 100_000, "</t></si>"]
    )
    monkeypatch.setattr(limits, "STRINGS_BYTES", 50_000)
    with pytest.raises(UnusableFile, match=r"unpacks to more than 50,000 bytes; save the sheet as CSV\."):
        read_table(path)


def test_entities_of_a_sheet_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    workbook(path, [HEADER_ROW])
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/worksheets/s.xml"] = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + members["xl/worksheets/s.xml"]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(UnusableFile, match=r"not as Excel writes it"):
        read_table(path)


def test_zip_that_declares_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "date,killed\n" + "2020-01-01,1\n" * 10_000)
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 100_000)
    with pytest.raises(UnusableFile, match=r"t\.zip unpacks to more than 100,000 bytes; split it first\."):
        read_table(path)


def test_zip_that_declares_less_than_it_holds_is_refused(tmp_path: Path) -> None:
    content = b"date,killed\n" + b"2020-01-01,1\n" * 10_000
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    sizes = struct.pack("<III", zlib.crc32(content), len(packed), 100)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes + struct.pack("<HH", 5, 0) + b"a.csv"
    central = (
        b"PK\x01\x02"
        + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33)
        + sizes
        + struct.pack("<HHHHHII", 5, 0, 0, 0, 0, 0, 0)
        + b"a.csv"
    )
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local) + len(packed), 0)
    with pytest.raises(UnusableFile, match=r"t\.zip: the ZIP content is damaged or cut off"):
        read_table(local + packed + central + end, name="t.zip")


def test_gz_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 1_000_000)
    monkeypatch.setattr("incidents.reading.source.KEPT_BYTES", 0)
    content = gzip.compress(b"date,killed\n" + b"2020-01-01,1\n" * 200_000)
    with pytest.raises(UnusableFile, match=r"t\.gz unpacks to more than 1,000,000 bytes; split it first\."):
        read_table(content, name="t.gz")


@pytest.mark.soak
def test_gz_of_two_gigabytes_on_one_line_is_refused_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(2_100):
            file.write(b"a," * 500_000)
    tracemalloc.start()
    with pytest.raises(UnusableFile, match=r"has a line of more than|unpacks to more than"):
        read_table(path)
    assert tracemalloc.get_traced_memory()[1] < 300_000_000
    tracemalloc.stop()


def test_file_larger_than_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    with pytest.raises(
        UnusableFile, match=r"t\.csv has 2,000,000,000 bytes; the limit is 1,000,000,000\. Split it first\."
    ):
        read_table(path)


def test_parquet_that_repeats_one_long_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incidents.reading.parquet._TEXTS_BYTES", 10_000_000)
    long = pa.array(["x" * 100_000]).dictionary_encode()
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, pa.int32()), long.dictionary)
    content = io.BytesIO()
    parquet.write_table(pa.table({"date": ["2020-01-01"] * 20_000, "notes": texts}), content)
    assert len(content.getvalue()) < 200_000
    with pytest.raises(UnusableFile, match=r"unpacks to more than 10,000,000 bytes; split it first\."):
        read_table(content.getvalue(), name="t.parquet")


def test_parquet_of_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ROWS", 1_000)
    content = io.BytesIO()
    parquet.write_table(pa.table({"date": ["2020-01-01"] * 1_001, "killed": [1] * 1_001}), content)
    with pytest.raises(UnusableFile, match=r"t\.parquet has more than 1,000 rows; split it first\."):
        read_table(content.getvalue(), name="t.parquet")


def test_json_record_longer_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RECORD_CHARACTERS", 2_000_000)
    content = b'[{"date":"2020-01-01","notes":"' + b"x" * 4_000_000 + b'"}]'
    with pytest.raises(UnusableFile, match=r"one JSON record has more than 2,000,000 characters, from line 1 on\."):
        read_table(content, name="t.json")


def test_json_nested_too_deeply_is_refused() -> None:
    with pytest.raises(UnusableFile, match=r"t\.json: its JSON is nested too deeply\."):
        read_table(b'[{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}]", name="t.json")


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CELLS", 10_000)
    with pytest.raises(UnusableFile, match=r"has more than 10,000 cells; split it or leave columns out first\."):
        read_table(b"date,killed\n" + b"2020-01-01,1\n" * 9_000, name="t.csv")
