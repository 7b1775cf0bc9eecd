"""Records as they are gathered: columns, lines, faults and repairs."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from incidents.model.errors import UnusableFile
from incidents.reading import limits
from incidents.reading.header import Header
from incidents.reading.raw import Fault, Repair, row_text
from incidents.reading.totals import BEGINNINGS, is_total

CHUNK_ROWS = 8_000
TOTAL = "a total, not an incident"
TOO_LONG = f"a cell is longer than {limits.CELL_CHARACTERS:,} characters"


def rows_at_once(width: int) -> int:
    """Rows that are in memory cell by cell: fewer where they are very wide."""
    return max(1, min(CHUNK_ROWS, limits.CHUNK_CELLS // max(1, width)))


@dataclass(slots=True)
class Records:
    """What was read; grows while reading."""

    chunks: list[pa.RecordBatch] = field(default_factory=list)
    starts: list[np.ndarray] = field(default_factory=list)
    ends: list[np.ndarray] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fault_lines: list[tuple[int, int]] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    blank: int = 0
    rows: int = 0

    def add(self, rows: pa.RecordBatch, starts: np.ndarray, ends: np.ndarray) -> None:
        self.chunks.append(rows)
        self.starts.append(starts.astype(np.int64))
        self.ends.append(ends.astype(np.int64))

    def count(self, name: str, rows: int, width: int) -> None:
        """Raises UnusableFile where these rows are too many."""
        self.rows += rows
        if self.rows > limits.ROWS:
            raise UnusableFile(f"{name} has more than {limits.ROWS:,} rows; split it first.")
        if self.rows * width > limits.CELLS:
            raise UnusableFile(f"{name} has more than {limits.CELLS:,} cells; split it or leave columns out first.")

    def sort_faults(self) -> None:
        order = sorted(range(len(self.faults)), key=lambda i: self.faults[i].line)
        self.fault_lines = [self.fault_lines[i] for i in order]
        self.faults = [self.faults[i] for i in order]

    def share_filled(self, width: int) -> list[float]:
        rows = sum(chunk.num_rows for chunk in self.chunks)
        if not rows:
            return [0.0] * width
        counts = [sum(_count_filled(chunk.column(i)) for chunk in self.chunks) for i in range(width)]
        return [count / rows for count in counts]

    def sort_by_line(self) -> None:
        """Rows that were added late go back to their place."""
        if not self.chunks:
            return
        table = pa.Table.from_batches(self.chunks)
        starts = np.concatenate(self.starts)
        order = np.argsort(starts, kind="stable")
        self.chunks = table.take(pa.array(order)).to_batches(CHUNK_ROWS)
        self.starts = [starts[order]]
        self.ends = [np.concatenate(self.ends)[order]]


def _count_filled(column: pa.Array) -> int:
    lengths = np.diff(
        np.frombuffer(column.buffers()[1], dtype=np.int32)[column.offset : column.offset + len(column) + 1]
    )
    return int(np.count_nonzero(lengths))


class RowGatherer:
    """Rows with as many cells as the header, gathered into Arrow batches, less repeated headers and totals."""

    def __init__(self, name: str, header: Header) -> None:
        self.name, self.header = name, header
        self.width = len(header.columns)
        self.at_once = rows_at_once(self.width)
        self.schema = pa.schema([(column, pa.string()) for column in header.columns])
        self.result = Records()
        self.rows: list[list[str]] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.characters = 0  # of the rows that were kept one by one
        self.normal_header = [cell.strip().casefold() for cell in header.cells]
        self.normal_first = self.normal_header[0] if self.normal_header else None
        self.suspects = BEGINNINGS | {"", (self.normal_first or "")[:3]}

    def take(self, rows: pa.RecordBatch, at: int) -> None:
        """A whole block of rows that stand on the lines after `at`, one on each."""
        self.flush()
        lines = np.arange(at + 1, at + 1 + rows.num_rows)
        self._add(rows, lines, lines)

    def keep(self, start: int, end: int, cells: list[str]) -> None:
        lengths = list(map(len, cells))
        if max(lengths) > limits.CELL_CHARACTERS:
            self.fault(start, end, "", "", TOO_LONG, row_text(cells)[: limits.RAW_CHARACTERS])
            return
        self.rows.append(cells)
        self.starts.append(start)
        self.ends.append(end)
        self.characters += sum(lengths)
        if len(self.rows) >= self.at_once or self.characters > limits.CHUNK_CHARACTERS:
            self.flush()

    def fault(self, start: int, end: int, column: str, value: str, reason: str, raw: str = "") -> None:
        self.result.faults.append(Fault(start, column, value, reason, raw))
        self.result.fault_lines.append((start, end))

    def flush(self) -> None:
        """Rows gathered so far into one Arrow batch."""
        if not self.rows:
            return
        arrays = [pa.array(column, pa.string()) for column in zip(*self.rows, strict=True)]
        rows = pa.RecordBatch.from_arrays(arrays, schema=self.schema)
        starts, ends = np.array(self.starts), np.array(self.ends)
        self.rows, self.starts, self.ends, self.characters = [], [], [], 0
        self._add(rows, starts, ends)

    def _add(self, rows: pa.RecordBatch, starts: np.ndarray, ends: np.ndarray) -> None:
        """To the result, less repeated headers, totals and rows of blanks."""
        self.result.count(self.name, rows.num_rows, self.width)
        kept = np.ones(rows.num_rows, dtype=bool)
        for i in self._suspicious(rows.column(0)):
            cells = [column[i].as_py() for column in rows.columns]
            cell = cells[0]
            if cell.strip().casefold() == self.normal_first and self._repeats_header(cells):
                self._dropped(cells, 0, "repeats the header", int(starts[i]), int(ends[i]))
            elif len(cell) < 40 and is_total(cells):
                first = next(j for j, cell in enumerate(cells) if cell.strip())
                self._dropped(cells, first, TOTAL, int(starts[i]), int(ends[i]))
            elif not cell.strip() and not any(cell.strip() for cell in cells):
                self.result.blank += 1
                self.result.rows -= 1
            else:
                continue
            kept[i] = False
        if kept.all():
            self.result.add(rows, starts, ends)
        elif kept.any():
            self.result.add(rows.filter(pa.array(kept)), starts[kept], ends[kept])

    def _suspicious(self, first_cells: pa.Array) -> list[int]:
        """Rows that begin as a header, a total or a row of blanks does."""
        beginnings = pc.utf8_slice_codeunits(first_cells, 0, 4)
        suspects = [each for each in beginnings.unique().to_pylist() if each.strip()[:3].lower() in self.suspects]
        if not suspects:
            return []
        rows: list[int] = pc.indices_nonzero(pc.is_in(beginnings, pa.array(suspects, pa.string()))).to_pylist()
        return rows

    def _dropped(self, cells: list[str], column: int, reason: str, start: int, end: int) -> None:
        self.fault(start, end, self.header.columns[column], cells[column], reason, row_text(cells))

    def _repeats_header(self, cells: list[str]) -> bool:
        return [cell.strip().casefold() for cell in cells] == self.normal_header
