"""Rejected, repaired and kept rows and the notes of an import as CSV; every cell is inert in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from incidents.ingest.report import Report
from incidents.model.schema import PUBLIC_COLUMNS
from incidents.model.spreadsheet import inert
from incidents.store import Store

REJECTED_COLUMNS = ("line", "column", "value", "reason", "raw")
NOTE_COLUMNS = ("line", "kind", "column", "value", "repaired_to", "reason")
REPAIRED_COLUMNS = ("line", "column", "value", "repaired_to", "reason")
KEPT_COLUMNS = ("line", *(name for name in PUBLIC_COLUMNS if name not in ("dataset_id", "source_row")))
KINDS = {
    "rejected": "rows left out: line, column, value, reason and the row's own text",
    "repaired": "cells that were changed: line, column, from what, to what, and why",
    "notes": "doubts about rows, where nothing was changed",
    "kept": "the incidents made of the rows that were kept, with the line of each",
}
"""What `report_csv` writes, in words."""

_COLUMNS = {
    "rejected": REJECTED_COLUMNS,
    "repaired": REPAIRED_COLUMNS,
    "notes": tuple(name for name in NOTE_COLUMNS if name not in ("kind", "repaired_to")),
    "kept": KEPT_COLUMNS,
}


def report_csv(store: Store, dataset_id: str, kind: str) -> Iterator[str]:
    """CSV text in pieces, its header first. A dataset's `read` is its kept rows and the rows of "rejected"."""
    batches: Iterable[pa.RecordBatch]
    if kind == "kept":
        batches = (_with_line(batch) for batch in store.rows(dataset_id, "incidents"))
    elif kind == "rejected":
        batches = store.rejected(dataset_id)
    else:
        wanted = "repaired" if kind == "repaired" else "note"
        batches = (batch.filter(pc.equal(batch["kind"], wanted)) for batch in store.notes(dataset_id))
    return csv_lines(batches, _COLUMNS[kind])


def csv_lines(
    batches: Iterable[pa.RecordBatch | pa.Table], columns: tuple[str, ...], file: str | None = None
) -> Iterator[str]:
    """CSV text in pieces, its header first; every cell is inert in a spreadsheet. `file` adds a first column."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([*(["file"] if file is not None else []), *columns])
    yield buffer.getvalue()
    for batch in batches:
        buffer.seek(0)
        buffer.truncate()
        for row in batch.select(list(columns)).to_pylist():
            cells = ["" if row[name] is None else str(row[name]) for name in columns]
            writer.writerow(inert(cell) for cell in [*([file] if file is not None else []), *cells])
        yield buffer.getvalue()


def write_rejected(reports: Iterable[Report], target: Path) -> None:
    """Every rejected row of these reports, with its file."""
    with target.open("w", encoding="utf-8", newline="") as output:
        for number, report in enumerate(reports):
            tables = [report.rejected_rows] if report.rejected_rows is not None else []
            for piece, text in enumerate(csv_lines(tables, REJECTED_COLUMNS, report.file)):
                if piece or not number:  # one header over all files
                    output.write(text)


def _with_line(batch: pa.RecordBatch) -> pa.RecordBatch:
    return batch.append_column("line", batch["source_row"])
