"""CSV records into Arrow columns; what does not fit becomes a fault."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import pyarrow as pa

from incidents.model.errors import UnusableFile
from incidents.reading import limits
from incidents.reading.delimiter import unwrap
from incidents.reading.header import Header, is_tag_row
from incidents.reading.raw import Fault, Repair
from incidents.reading.text import TextFile
from incidents.reading.totals import TOTAL_STARTS, is_total

_CHUNK_ROWS = 8_000
CUT_OFF = "the row is cut off"
UNCLOSED = "a quote is opened and never closed"

csv.field_size_limit(limits.CELL_CHARACTERS)


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


def read_records(text: TextFile, header: Header, delimiter: str) -> Records:
    """All records after the header."""
    return _Reading(text, header, delimiter).run()


class _Reading:
    def __init__(self, text: TextFile, header: Header, delimiter: str) -> None:
        self.text, self.header, self.delimiter = text, header, delimiter
        self.width = len(header.columns)
        self.schema = pa.schema([(name, pa.string()) for name in header.columns])
        self.result = Records()
        self.rows: list[list[str]] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.short: list[tuple[int, int, list[str]]] = []
        self.normal_header = [cell.strip().casefold() for cell in header.cells]
        self.normal_first = self.normal_header[0] if self.normal_header else None
        first = header.cells[0] if header.cells else ""
        self.suspects = frozenset((*TOTAL_STARTS, "", " ", "\t", "\u00a0", first[:1], first.strip()[:1].lower(), first.strip()[:1].upper()))
        self.unclosed = 0

    def run(self) -> Records:
        line = self.header.line
        while (line := self._from(line)) >= 0:
            pass
        self._settle_short_rows()
        self._flush()
        order = sorted(range(len(self.result.faults)), key=lambda i: self.result.faults[i].line)
        self.result.fault_lines = [self.result.fault_lines[i] for i in order]
        self.result.faults = [self.result.faults[i] for i in order]
        return self.result

    def _from(self, after_line: int) -> int:
        """Reads on after a line; -1 at the end, else the line after which to go on (a quote was never closed)."""
        width, skipped = self.width, self.header.skip_lines
        with self.text.open() as stream:
            lines: Iterator[str] = stream
            if after_line:
                for _ in islice(lines, after_line - 1 if after_line == self.header.line else after_line):
                    pass
                if after_line == self.header.line:
                    after_line -= 1
            reader = csv.reader(self.text.clean(lines), delimiter=self.delimiter)
            start = after_line + 1
            previous = (0, 0)
            try:
                for cells in reader:
                    end = after_line + reader.line_num
                    if len(cells) == width and (cells[0] or any(cells)) and start not in skipped:
                        self.rows.append(cells)
                        self.starts.append(start)
                        self.ends.append(end)
                        if len(self.rows) >= _CHUNK_ROWS:
                            self._flush()
                    elif start not in skipped:
                        self._odd(start, end, cells)
                    previous = (start, end)
                    start = end + 1
            except csv.Error:
                return self._unreadable(start, f"a cell is longer than {limits.CELL_CHARACTERS:,} characters")
        return self._check_end(*previous)

    def _unreadable(self, line: int, reason: str) -> int:
        self.unclosed += 1
        if self.unclosed > limits.UNCLOSED_QUOTES:
            raise UnusableFile(f"{self.text.name}: many quotes are opened and never closed, the first faults from line {line} on.")
        self._fault(line, line, "", "", reason)
        return line

    def _check_end(self, start: int, end: int) -> int:
        """A last record that ends inside a quote is cut off; with many lines in it, only its first line is lost."""
        if start == 0 or start in self.header.skip_lines:
            return -1
        raw = next(self.text.raw_texts([(start, end)]))
        try:
            list(csv.reader([raw], delimiter=self.delimiter, strict=True))
        except csv.Error as problem:
            if "unexpected end" not in str(problem):
                return -1
        else:
            if self.short and self.short[-1][0] == start and not self.text.ends_with_newline():
                self.short.pop()
                self._fault(start, end, "", "", CUT_OFF)
            return -1
        if self.starts and self.starts[-1] == start:
            for kept in (self.rows, self.starts, self.ends):
                kept.pop()
        elif self.short and self.short[-1][0] == start:
            self.short.pop()
        elif self.result.fault_lines and self.result.fault_lines[-1][0] == start:
            self.result.fault_lines.pop()
            self.result.faults.pop()
        if start == end:
            self._fault(start, end, "", "", CUT_OFF)
            return -1
        return self._unreadable(start, UNCLOSED)

    def _odd(self, start: int, end: int, cells: list[str]) -> None:
        """A row that has not as many cells as the header."""
        if not any(cell.strip() for cell in cells):
            self.result.blank += 1
            return
        unwrapped = unwrap(cells, self.delimiter)
        if unwrapped is not cells and len(unwrapped) == self.width:
            if start not in self.header.skip_lines and not is_tag_row(unwrapped):
                self._keep(start, end, unwrapped)
                if not self.header.is_wrapped:
                    self.result.repairs.append(Repair(start, "", cells[0], "", "the whole row was wrapped in quotes"))
            return
        if len(cells) > self.width and not any(cell.strip() for cell in cells[self.width :]):
            self._keep(start, end, cells[: self.width])
        elif len(cells) < self.width:
            self.short.append((start, end, cells))
        else:
            self._fault(start, end, "", "", f"the row has {len(cells)} cells, the header {self.width}")

    def _settle_short_rows(self) -> None:
        """Short rows are filled up where the missing columns are empty in other rows too."""
        self._flush()
        if not self.short:
            return
        filled = self._share_filled()
        for start, end, cells in self.short:
            if is_total(cells):
                self._fault(start, end, "", "", "a total, not an incident")
            elif len(cells) > 1 and all(share < 0.8 for share in filled[len(cells) :]):
                self._keep(start, end, cells + [""] * (self.width - len(cells)))
                missing = self.width - len(cells)
                self.result.repairs.append(
                    Repair(start, "", "", "", f"{missing} empty cells at the end of the row were missing")
                )
            else:
                self._fault(start, end, "", "", f"the row has {len(cells)} cells, the header {self.width}")
        self._flush()
        self._sort_by_line()

    def _share_filled(self) -> list[float]:
        rows = sum(chunk.num_rows for chunk in self.result.chunks)
        if not rows:
            return [0.0] * self.width
        counts = [sum(_count_filled(chunk.column(i)) for chunk in self.result.chunks) for i in range(self.width)]
        return [count / rows for count in counts]

    def _sort_by_line(self) -> None:
        """Filled-up rows go back to their place."""
        if not self.result.chunks:
            return
        table = pa.Table.from_batches(self.result.chunks)
        starts = np.concatenate(self.result.starts)
        order = np.argsort(starts, kind="stable")
        self.result.chunks = table.take(pa.array(order)).to_batches(_CHUNK_ROWS)
        self.result.starts = [starts[order]]
        self.result.ends = [np.concatenate(self.result.ends)[order]]
        self.result.hashes = [np.concatenate(self.result.hashes)[order]]

    def _keep(self, start: int, end: int, cells: list[str]) -> None:
        self.rows.append(cells)
        self.starts.append(start)
        self.ends.append(end)

    def _fault(self, start: int, end: int, column: str, value: str, reason: str) -> None:
        self.result.faults.append(Fault(start, column, value, reason))
        self.result.fault_lines.append((start, end))

    def _flush(self) -> None:
        """Rows gathered so far into one Arrow batch, less repeated headers and totals."""
        if not self.rows:
            return
        self.result.rows += len(self.rows)
        if self.result.rows > limits.ROWS:
            raise UnusableFile(f"{self.text.name} has more than {limits.ROWS:,} rows; split it first.")
        kept = self._without_repeats_and_totals()
        if kept:
            rows = [self.rows[i] for i in kept] if len(kept) < len(self.rows) else self.rows
            arrays = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
            self.result.chunks.append(pa.RecordBatch.from_arrays(arrays, schema=self.schema))
            index = np.array(kept)
            self.result.starts.append(np.array(self.starts, dtype=np.int64)[index])
            self.result.ends.append(np.array(self.ends, dtype=np.int64)[index])
            self.result.hashes.append(np.array([hash(tuple(row)) for row in rows], dtype=np.int64))
        self.rows, self.starts, self.ends = [], [], []

    def _without_repeats_and_totals(self) -> list[int]:
        dropped = set()
        suspects = self.suspects
        for i in [i for i, cells in enumerate(self.rows) if cells[0][:1] in suspects]:
            cells = self.rows[i]
            cell = cells[0]
            if cell.strip().casefold() == self.normal_first and self._repeats_header(cells):
                self._fault(self.starts[i], self.ends[i], self.header.columns[0], cell, "repeats the header")
            elif len(cell) < 40 and is_total(cells):
                at = next(j for j, cell in enumerate(cells) if cell.strip())
                self._fault(self.starts[i], self.ends[i], self.header.columns[at], cells[at], "a total, not an incident")
            elif not cell.strip() and not any(cell.strip() for cell in cells):
                self.result.blank += 1
                self.result.rows -= 1
            else:
                continue
            dropped.add(i)
        return [i for i in range(len(self.rows)) if i not in dropped] if dropped else list(range(len(self.rows)))

    def _repeats_header(self, cells: list[str]) -> bool:
        return [cell.strip().casefold() for cell in cells] == self.normal_header


def _count_filled(column: pa.Array) -> int:
    lengths = np.diff(np.frombuffer(column.buffers()[1], dtype=np.int32)[column.offset : column.offset + len(column) + 1])
    return int(np.count_nonzero(lengths))
