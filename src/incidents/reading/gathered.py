"""Records as they are gathered: columns, lines, faults and repairs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

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
    hashes: list[np.ndarray] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fault_lines: list[tuple[int, int]] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    blank: int = 0
    rows: int = 0

    def add(self, rows: Sequence[list[str]], starts: np.ndarray, ends: np.ndarray, schema: pa.Schema) -> None:
        arrays = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
        self.chunks.append(pa.RecordBatch.from_arrays(arrays, schema=schema))
        self.starts.append(starts.astype(np.int64))
        self.ends.append(ends.astype(np.int64))
        self.hashes.append(np.array([hash(tuple(row)) for row in rows], dtype=np.int64))

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
        self.hashes = [np.concatenate(self.hashes)[order]]


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

    def take(self, rows: list[list[str]], at: int) -> None:
        """A whole block of rows that stand on the lines after `at`."""
        self.flush()
        self.rows = rows
        self.starts = list(range(at + 1, at + 1 + len(rows)))
        self.ends = self.starts.copy()

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
        self.result.count(self.name, len(self.rows), self.width)
        kept = self._without_repeats_and_totals()
        if kept:
            rows = [self.rows[i] for i in kept] if len(kept) < len(self.rows) else self.rows
            self.result.add(rows, np.array(self.starts)[kept], np.array(self.ends)[kept], self.schema)
        self.rows, self.starts, self.ends, self.characters = [], [], [], 0

    def _without_repeats_and_totals(self) -> list[int]:
        dropped = set()
        suspects = self.suspects
        for i in [i for i, cells in enumerate(self.rows) if cells[0][:4].strip()[:3].lower() in suspects]:
            cells = self.rows[i]
            cell = cells[0]
            if cell.strip().casefold() == self.normal_first and self._repeats_header(cells):
                self._dropped(i, 0, "repeats the header")
            elif len(cell) < 40 and is_total(cells):
                self._dropped(i, next(j for j, cell in enumerate(cells) if cell.strip()), TOTAL)
            elif not cell.strip() and not any(cell.strip() for cell in cells):
                self.result.blank += 1
                self.result.rows -= 1
            else:
                continue
            dropped.add(i)
        return [i for i in range(len(self.rows)) if i not in dropped] if dropped else list(range(len(self.rows)))

    def _dropped(self, row: int, column: int, reason: str) -> None:
        cells = self.rows[row]
        self.fault(
            self.starts[row], self.ends[row], self.header.columns[column], cells[column], reason, row_text(cells)
        )

    def _repeats_header(self, cells: list[str]) -> bool:
        return [cell.strip().casefold() for cell in cells] == self.normal_header
