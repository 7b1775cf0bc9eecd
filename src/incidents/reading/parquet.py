"""Parquet files, batch by batch, every column as text."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from incidents.model.errors import UnusableFile
from incidents.reading import limits
from incidents.reading.gathered import Records, rows_at_once
from incidents.reading.header import Header, unique_names
from incidents.reading.json_flat import flat
from incidents.reading.source import refuse_what_swells

_TEXTS_BYTES = 2_000_000_000  # of a file's cells, unpacked
_WKB_POINT = 21  # bytes


def read_parquet(name: str, stream: BinaryIO) -> tuple[Header, Records]:
    """Every row; raises UnusableFile."""
    try:
        packed = stream.seek(0, 2)
        file = parquet.ParquetFile(stream)
        schema = file.schema_arrow
        _refuse_the_large(name, file)
        coded = [
            field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
        ]
        file = parquet.ParquetFile(stream, read_dictionary=coded)
        return _records(name, file.iter_batches(rows_at_once(len(schema))), [field.name for field in schema], packed)
    except (pa.ArrowException, OSError, ValueError) as problem:
        if isinstance(problem, UnusableFile):
            raise
        raise UnusableFile(
            f"{name}: the Parquet file is damaged, or cannot be read ({_first_line(problem)})."
        ) from problem


def _refuse_the_large(name: str, file: parquet.ParquetFile) -> None:
    metadata = file.metadata
    if metadata.num_columns > limits.COLUMNS:
        raise UnusableFile(f"{name} has {metadata.num_columns:,} columns; the limit is {limits.COLUMNS:,}.")
    Records().count(name, metadata.num_rows, metadata.num_columns)


def _records(name: str, batches: Iterator[pa.RecordBatch], columns: list[str], packed: int) -> tuple[Header, Records]:
    titles: tuple[str, ...] | None = None
    result = Records()
    at = size = 0
    for batch in batches:
        size += _text_bytes(name, batch)
        if size > _TEXTS_BYTES:
            raise UnusableFile(f"{name} unpacks to more than {_TEXTS_BYTES:,} bytes; split it first.")
        refuse_what_swells(name, size, packed)
        arrays = [_texts(column) for column in _flattened(batch).columns]
        names = _flattened(batch).schema.names
        titles = titles or unique_names(list(names))
        numbers = np.arange(at + 1, at + 1 + batch.num_rows)
        at += batch.num_rows
        rows = list(zip(*(array.to_pylist() for array in arrays), strict=True))
        filled = np.array([any(row) for row in rows], dtype=bool)
        result.blank += int((~filled).sum())
        made = pa.RecordBatch.from_arrays(arrays, names=list(titles)).filter(pa.array(filled))
        if made.num_rows:
            result.count(name, made.num_rows, len(titles))
            result.chunks.append(made)
            result.starts.append(numbers[filled])
            result.ends.append(numbers[filled])
    titles = titles or unique_names(columns)
    return Header(titles, 0, None, frozenset(), titles), result


def _text_bytes(name: str, batch: pa.RecordBatch) -> int:
    """Bytes of the cells as text: a small file may say one long text ten million times."""
    size = 0
    for column in batch.columns:
        if pa.types.is_dictionary(column.type):
            lengths = pc.fill_null(pc.binary_length(column.dictionary), 0)
            size += pc.sum(pc.cast(lengths.take(column.indices), pa.int64())).as_py() or 0
            if len(lengths) and pc.max(lengths).as_py() > limits.CELL_CHARACTERS * 4:
                raise UnusableFile(f"{name}: a cell is longer than {limits.CELL_CHARACTERS:,} characters.")
    return size


def _flattened(batch: pa.RecordBatch) -> pa.RecordBatch:
    table = pa.Table.from_batches([batch])
    for _ in range(6):
        if not any(pa.types.is_struct(field.type) for field in table.schema):
            break
        table = table.flatten()
    return table.combine_chunks().to_batches()[0] if table.num_rows else batch


def _texts(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_string(kind):
        return pc.fill_null(column, "")
    if pa.types.is_large_string(kind):
        return pc.fill_null(column.cast(pa.string()), "")
    if pa.types.is_floating(kind):
        return pa.array(
            ["" if value is None or value != value else _number(value) for value in column.to_pylist()], pa.string()
        )
    if pa.types.is_timestamp(kind):
        return pa.array(
            [
                "" if value is None else value.replace(" 00:00:00", "")
                for value in column.cast(pa.timestamp("s"), safe=False).cast(pa.string()).to_pylist()
            ],
            pa.string(),
        )
    if pa.types.is_date(kind) or pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_decimal(kind):
        return pc.fill_null(column.cast(pa.string()), "")
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return pa.array([_point(value) for value in column.to_pylist()], pa.string())
    return pa.array([flat({"cell": _plain(value)}).get("cell", "") for value in column.to_pylist()], pa.string())


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, str | bool) else str(value)


def _point(value: bytes | None) -> str:
    """A point as GeoParquet writes it; other bytes say nothing."""
    if not value:
        return ""
    if len(value) == _WKB_POINT and value[0] in (0, 1):
        order = "<" if value[0] else ">"
        kind, longitude, latitude = struct.unpack(f"{order}Idd", value[1:])
        return f"POINT ({longitude!r} {latitude!r})" if kind == 1 else ""
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if text.isprintable() else ""


def _first_line(problem: BaseException) -> str:
    return str(problem).splitlines()[0][:200] if str(problem) else type(problem).__name__
