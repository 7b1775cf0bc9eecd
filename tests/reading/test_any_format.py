"""A table written in any supported format, encoding, delimiter and date style reads back the same."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from xml.sax.saxutils import escape

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from incidents.normalise.rows import ImportOptions, batches, plan
from incidents.reading.files import read_table

HEADER = ["date", "town", "killed", "notes"]
LATIN = ["Rask", "Bogotá", "São Paulo", "Mopti", "Kidal", "Nîmes", "Peñón"]
ARABIC = ["الرمادي", "الموصل", "راسك", "مدينة بغداد"]
NOTES = ["", "a; b, c|d", 'said "no"', "first\nsecond", "tab\there", "'quoted", "=1+1", "12", "end."]
STYLES: dict[str, Callable[[date], str]] = {
    "iso": lambda day: day.isoformat(),
    "iso with time": lambda day: f"{day.isoformat()} 13:45:00",
    "words": lambda day: f"{day.day} {day:%B} {day.year}",
    "short words": lambda day: f"{day.day}-{day:%b}-{day:%y}",
    "American words": lambda day: f"{day:%A}, {day:%B} {day.day}, {day.year}",
    "day first": lambda day: f"{day:%d/%m/%Y}",
    "day first with dots": lambda day: f"{day.day}.{day.month}.{day.year}",
    "month first": lambda day: f"{day:%m/%d/%Y}",
    "digits": lambda day: f"{day:%Y%m%d}",
}
DECIDING = date(2019, 8, 25)
Rows = list[list[str]]


def text(rows: Rows, delimiter: str, encoding: str) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows([HEADER, *rows])
    return stream.getvalue().encode(encoding)


def sheet(rows: Rows) -> bytes:
    """A workbook as small as can be; texts stand in the cells, numbers are numbers."""
    lines = []
    for number, row in enumerate([HEADER, *rows], 1):
        cells = ""
        for letter, cell in zip("ABCD", row, strict=True):
            inline = f'<c r="{letter}{number}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
            cells += f'<c r="{letter}{number}"><v>{cell}</v></c>' if cell.isdecimal() else inline
        lines.append(f'<row r="{number}">{cells}</row>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zipped(
        {
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>',
            "xl/worksheets/s.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(lines)}</sheetData></worksheet>',
        }
    )


def zipped(members: dict[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def records(rows: Rows) -> list[dict[str, str]]:
    return [dict(zip(HEADER, row, strict=True)) for row in rows]


def columns(rows: Rows) -> bytes:
    content = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(records(rows)), content)
    return content.getvalue()


FORMATS: dict[str, Callable[[Rows], bytes]] = {
    "xlsx": sheet,
    "json": lambda rows: json.dumps(records(rows)).encode(),
    "json, no escapes": lambda rows: json.dumps({"data": records(rows)}, ensure_ascii=False, indent=2).encode(),
    "json lines": lambda rows: "\n".join(json.dumps(record) for record in records(rows)).encode(),
    "geojson": lambda rows: json.dumps(
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": None, "properties": r} for r in records(rows)]}
    ).encode(),
    "parquet": columns,
    "gz": lambda rows: gzip.compress(text(rows, ",", "utf-8")),
    "zip": lambda rows: zipped({"t.csv": text(rows, ",", "utf-8")}),
    "zip of xlsx": lambda rows: zipped({"t.xlsx": sheet(rows)}),
}  # fmt: skip
TEXTS = [
    (delimiter, encoding)
    for delimiter in ",;\t|"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman")
] + [(",", "cp1256"), (";", "cp1256")]


def tables(towns: list[str]) -> st.SearchStrategy[tuple[list[date], str, Rows]]:
    """Days, style and rows; the last day decides the order of the column."""
    row = st.tuples(
        st.dates(date(1970, 1, 1), date(2026, 1, 1)),
        st.sampled_from(towns),
        st.integers(0, 500).map(str),
        st.sampled_from(NOTES),
    )

    def written(drawn: list[tuple[date, str, str, str]], style: str) -> tuple[list[date], str, Rows]:
        days = [*(day for day, *_ in drawn), DECIDING]
        rest = [*([*cells] for _, *cells in drawn), [towns[1], "7", "end."]]
        return days, style, [[STYLES[style](day), *cells] for day, cells in zip(days, rest, strict=True)]

    return st.builds(written, st.lists(row, min_size=2, max_size=12), st.sampled_from(list(STYLES)))


def reads_back(content: bytes, days: list[date], rows: Rows) -> None:
    raw = read_table(content, name="t")
    incidents = [row for batch in batches(raw, plan(raw), dataset_id="d") for row in batch.incidents.to_pylist()]
    assert [row["event_date"] for row in incidents] == days
    assert [row["location"] for row in incidents] == [row[1] for row in rows]
    assert [row["fatalities"] for row in incidents] == [int(row[2]) for row in rows]
    assert [(row["notes"] or "").replace("\r\n", "\n") for row in incidents] == [row[3] for row in rows]


@pytest.mark.parametrize("format_", FORMATS)
@settings(max_examples=12, deadline=None)
@given(table=tables(LATIN + ARABIC))
def test_table_comes_back_from_a_format(format_: str, table: tuple[list[date], str, Rows]) -> None:
    days, _, rows = table
    reads_back(FORMATS[format_](rows), days, rows)


@pytest.mark.parametrize(("delimiter", "encoding"), TEXTS)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_table_comes_back_from_a_text_file(delimiter: str, encoding: str, data: st.DataObject) -> None:
    towns = LATIN if encoding in ("cp1252", "mac_roman") else ARABIC if encoding == "cp1256" else LATIN + ARABIC
    days, _, rows = data.draw(tables(towns))
    reads_back(text(rows, delimiter, encoding), days, rows)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(list(FORMATS)), tables(LATIN), st.data())
def test_damaged_file_is_read_or_refused(
    format_: str, table: tuple[list[date], str, Rows], data: st.DataObject
) -> None:
    content = bytearray(FORMATS[format_](table[2]))
    for _ in range(data.draw(st.integers(1, 3))):
        if not content:
            break
        at = data.draw(st.integers(0, len(content) - 1))
        if data.draw(st.booleans()):
            content[at] = data.draw(st.integers(0, 255))
        else:
            del content[at:]
    try:
        raw = read_table(bytes(content), name="t")
        planned = plan(raw, ImportOptions())
    except ValueError:
        return
    kept = sum(len(batch.incidents) + len(batch.rejected) for batch in batches(raw, planned, dataset_id="d"))
    assert kept == raw.read
