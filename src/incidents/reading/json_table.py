"""JSON, JSON Lines and GeoJSON to columns."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from incidents.model.errors import UnusableFile
from incidents.reading import limits
from incidents.reading.gathered import TOO_LONG, TOTAL, Records, RowGatherer, rows_at_once
from incidents.reading.header import Header, find_header, unique_names
from incidents.reading.json_flat import flat
from incidents.reading.json_stream import CUT_OFF, JsonStream, Record, are_lines, line_records
from incidents.reading.raw import Fault
from incidents.reading.text import TextFile
from incidents.reading.totals import is_total


def looks_like_json(start: bytes) -> bool:
    """By the first bytes: an object, or a list of objects or lists."""
    text = start.decode("utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", errors="ignore")
    text = text.lstrip(" \t\r\n\ufeff\x1e\0").replace("\0", "")
    first, second = text[:1], text[1:].lstrip()[:1]
    if first == "{":
        return second in ('"', "}")
    return first == "[" and (second in "{]" or (second == "[" and text[1:].lstrip()[1:].lstrip()[:1] in ('"', "[")))


def read_json(text: TextFile) -> tuple[Header, Records]:
    """Every record; raises UnusableFile."""
    with text.open() as stream:
        is_lines = are_lines(stream)
    with text.open() as stream:
        found = line_records(stream, text.name) if is_lines else JsonStream(stream, text.name).records()
        return _gathered(text.name, (row for record in found for row in _rows(record)))


def _rows(record: Record) -> Iterator[Record]:
    """The record; of an object of columns, each {number: cell}, as pandas writes it, its rows."""
    value = record[1]
    if isinstance(value, dict) and len(value) > 1 and all(isinstance(column, dict) for column in value.values()):
        keys = [tuple(column) for column in value.values()]
        if keys[0] and len(set(keys)) == 1 and all(key.isdecimal() for key in keys[0]):
            for number, key in enumerate(keys[0], 1):
                yield number, {name: column[key] for name, column in value.items()}, ""
            return
    yield record


def _gathered(name: str, records: Iterator[Record]) -> tuple[Header, Records]:
    columns: dict[str, None] = {}
    result = Records()
    chunk: list[tuple[int, dict[str, str]]] = []
    lists: list[tuple[int, list[str]]] = []
    held = size = 0  # cells, characters
    for number, value, raw in records:
        if isinstance(value, list) and not chunk and not result.chunks:
            lists.append((number, ["" if cell is None else str(cell) for cell in value]))
            held += len(value)
            if len(lists) > limits.SHEET_ROWS or held > limits.LIST_CELLS:
                raise UnusableFile(
                    f"{name} has more than {limits.SHEET_ROWS:,} rows or {limits.LIST_CELLS:,} cells; save it as CSV."
                )
            continue
        if not isinstance(value, dict):
            reason = (
                "not a JSON record"
                if value is not None or (raw and not raw.lstrip().startswith(("{", "[")))
                else CUT_OFF
            )
            _fault(result, number, reason, raw or str(value or ""))
            continue
        cells = flat(value)
        if is_total(list(cells.values())):
            _fault(
                result,
                number,
                TOTAL,
                raw or "; ".join(cell for cell in cells.values() if cell)[: limits.RAW_CHARACTERS],
            )
            continue
        if not any(cells.values()):
            result.blank += 1
            continue
        if max(map(len, cells.values())) > limits.CELL_CHARACTERS:
            _fault(result, number, TOO_LONG, raw or next(cell for cell in cells.values() if cell))
            continue
        columns.update(dict.fromkeys(cells))
        if len(columns) > limits.COLUMNS:
            raise UnusableFile(f"{name} has more than {limits.COLUMNS:,} columns; leave out those that are not needed.")
        chunk.append((number, cells))
        size += sum(map(len, cells.values()))
        if len(chunk) >= rows_at_once(len(columns)) or size > limits.CHUNK_CHARACTERS:
            _add(name, result, chunk, columns)
            chunk, size = [], 0
    _add(name, result, chunk, columns)
    if lists and not result.chunks:
        return _of_lists(name, lists)
    return _filled(columns, result)


def _of_lists(name: str, rows: list[tuple[int, list[str]]]) -> tuple[Header, Records]:
    """A list of lists, the first of which is the header."""
    header = find_header(rows[: limits.SAMPLE_RECORDS])
    gathered = RowGatherer(name, header)
    for number, cells in rows:
        if number in header.skip_lines or number <= header.line or not any(cells):
            continue
        if len(cells) > gathered.width:
            gathered.fault(
                number, number, "", "", f"the row has {len(cells)} cells, the header {gathered.width}", ",".join(cells)
            )
        else:
            gathered.keep(number, number, cells + [""] * (gathered.width - len(cells)))
    gathered.flush()
    gathered.result.sort_faults()
    return header, gathered.result


def _fault(result: Records, number: int, reason: str, raw: str) -> None:
    result.faults.append(Fault(number, "", "", reason, raw[: limits.RAW_CHARACTERS]))
    result.fault_lines.append((number, number))


def _add(name: str, result: Records, chunk: list[tuple[int, dict[str, str]]], columns: dict[str, None]) -> None:
    if not chunk:
        return
    result.count(name, len(chunk), len(columns))
    arrays = [pa.array([cells.get(column, "") for _, cells in chunk], pa.string()) for column in columns]
    result.chunks.append(pa.RecordBatch.from_arrays(arrays, names=list(columns)))
    numbers = np.array([number for number, _ in chunk], dtype=np.int64)
    result.starts.append(numbers)
    result.ends.append(numbers)


def _filled(columns: dict[str, None], result: Records) -> tuple[Header, Records]:
    """All batches with all columns: one that came late is empty before."""
    names = list(columns)
    titles = unique_names(names)
    batches = []
    for batch in result.chunks:
        present = set(batch.schema.names)
        empty = pa.array([""], pa.string()).take(pa.array(np.zeros(batch.num_rows, dtype=np.int64)))
        arrays = [batch.column(name) if name in present else empty for name in names]
        batches.append(pa.RecordBatch.from_arrays(arrays, names=list(titles)))
    result.chunks = batches
    return Header(titles, 0, None, frozenset(), tuple(names)), result
