"""CSV: a row for each incident, every cell inert in a spreadsheet."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from incidents.exports.rows import rows_to_export
from incidents.model.filters import IncidentFilter
from incidents.model.schema import PUBLIC_COLUMNS
from incidents.model.spreadsheet import ACTIVE, inert
from incidents.store import Reader

FURTHER_SITES = "further_sites"
"""A JSON list of the sites after the first, each with all place columns; empty for one place."""

_PERHAPS_ACTIVE = f"^[{ACTIVE}']".replace("-", r"\-")


def csv_chunks(reader: Reader, wanted: IncidentFilter) -> Iterator[bytes]:
    """UTF-8; the public columns, `further_sites`, then the files' own columns. The first chunk has the header."""
    found = rows_to_export(reader, wanted)
    headers = _headers(found.own_columns)
    sink = io.BytesIO()
    sink.write(",".join(f'"{_quoted(inert(header))}"' for header in headers).encode() + b"\n")
    for batch in found.batches:
        if batch.num_rows:
            columns = [
                _all_names(batch, found.further) if name == "location" else batch[name] for name in PUBLIC_COLUMNS
            ]
            columns.append(_further(batch["incident_id"], found.further))
            columns += [pc.map_lookup(batch["extra"], name, "first") for name in found.own_columns]
            table = pa.table([_inert(column) for column in columns], names=headers)
            csv.write_csv(table, sink, csv.WriteOptions(include_header=False))
        yield sink.getvalue()
        sink.seek(0)
        sink.truncate()
    if sink.tell():
        yield sink.getvalue()


def _headers(own_columns: tuple[str, ...]) -> list[str]:
    """A column of the file that is called as one of ours has "(file)" behind its name."""
    ours = (*PUBLIC_COLUMNS, FURTHER_SITES)
    return [*ours, *(f"{name} (file)" if name in ours else name for name in own_columns)]


def _further(incident_ids: pa.Array, further: dict[str, list[dict[str, Any]]]) -> pa.Array:
    if not further:
        return pa.nulls(len(incident_ids), pa.string())
    sites = (further.get(incident_id) for incident_id in incident_ids.to_pylist())
    return pa.array([json.dumps(each, ensure_ascii=False) if each else None for each in sites], pa.string())


def _all_names(batch: pa.RecordBatch, further: dict[str, list[dict[str, Any]]]) -> pa.Array:
    """ "Chabahar; Rask": the names of all sites of an incident, the first one's first."""
    if not further:
        return batch["location"]
    pairs = zip(batch["incident_id"].to_pylist(), batch["location"].to_pylist(), strict=True)
    names = ([name, *(site["location"] for site in further.get(incident_id, ()))] for incident_id, name in pairs)
    return pa.array(["; ".join(name for name in each if name) or None for each in names], pa.string())


def _inert(column: pa.Array) -> pa.Array:
    if not pa.types.is_string(column.type):
        return column
    perhaps = pc.fill_null(pc.match_substring_regex(column, _PERHAPS_ACTIVE), False)
    if not pc.any(perhaps).as_py():
        return column
    cells = [inert(cell) for cell in column.filter(perhaps).to_pylist()]
    return pc.replace_with_mask(column, perhaps, pa.array(cells, pa.string()))


def _quoted(text: str) -> str:
    return text.replace('"', '""')
