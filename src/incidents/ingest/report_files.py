"""Rejected rows, repairs and notes of an import as CSV."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from incidents.ingest.report import Report
from incidents.model.spreadsheet import inert

REJECTED_COLUMNS = ("line", "column", "value", "reason", "raw")
NOTE_COLUMNS = ("line", "kind", "column", "value", "repaired_to", "reason")


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
