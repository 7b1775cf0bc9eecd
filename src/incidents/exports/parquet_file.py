"""Parquet: a row for each incident, typed, written row group by row group."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from incidents.exports.about import about
from incidents.exports.rows import SITE_COLUMNS, rows_to_export
from incidents.model.filters import IncidentFilter
from incidents.model.schema import INCIDENTS, PUBLIC_COLUMNS, SITES
from incidents.store import Reader

GROUP_BATCHES = 2
"""Batches of a row group: some tens of thousands of rows, some tens of megabytes before they are packed."""

_FURTHER_SITES = pa.field("further_sites", pa.list_(pa.struct([SITES.field(name) for name in SITE_COLUMNS])))


def parquet_chunks(reader: Reader, wanted: IncidentFilter) -> Iterator[bytes]:
    """The public columns, `further_sites` and `extra`; text as it is, since no spreadsheet runs it.

    The file's metadata has the member `incidents`: what was asked and whom to credit.
    """
    found = rows_to_export(reader, wanted)
    said = {b"incidents": json.dumps(about(reader, wanted), ensure_ascii=False).encode()}
    public = [INCIDENTS.field(name) for name in PUBLIC_COLUMNS]
    schema = pa.schema([*public, _FURTHER_SITES, INCIDENTS.field("extra")], metadata=said)
    sink = _Sink()
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        for batches in _groups(found.batches):
            tables = [_table(batch, schema, found.further) for batch in batches if batch.num_rows]
            if tables:
                writer.write_table(pa.concat_tables(tables))
            yield sink.taken()
    yield sink.taken()


def _groups(batches: Iterator[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    while group := [batch for _, batch in zip(range(GROUP_BATCHES), batches, strict=False)]:
        yield group


def _table(batch: pa.RecordBatch, schema: pa.Schema, further: dict[str, list[dict[str, Any]]]) -> pa.Table:
    sites = [further.get(incident_id) for incident_id in batch["incident_id"].to_pylist()] if further else None
    columns = [batch[name] for name in PUBLIC_COLUMNS]
    columns.append(
        pa.nulls(batch.num_rows, _FURTHER_SITES.type) if sites is None else pa.array(sites, _FURTHER_SITES.type)
    )
    columns.append(batch["extra"])
    cast = [column.cast(field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(cast, schema=schema)


class _Sink(io.RawIOBase):
    """A file that is written once from front to back and hands over what it has; it keeps its position, not its bytes."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._position = 0

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        written = bytes(part)
        self._parts.append(written)
        self._position += len(written)
        return len(written)

    def tell(self) -> int:
        return self._position

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)
