"""CSV records into Arrow columns; what does not fit becomes a fault."""

import csv
import gc
from itertools import chain, islice

import numpy as np
import pyarrow as pa

from incidents.model.errors import UnusableFile
from incidents.reading import limits
from incidents.reading.delimiter import unwrap
from incidents.reading.gathered import CHUNK_ROWS, Records
from incidents.reading.header import Header, is_tag_row
from incidents.reading.raw import Fault, Repair
from incidents.reading.text import TextFile
from incidents.reading.totals import TOTAL_STARTS, is_total

CUT_OFF = "the row is cut off"
UNCLOSED = "a quote is opened and never closed"

csv.field_size_limit(limits.CELL_CHARACTERS)


def read_records(text: TextFile, header: Header, delimiter: str) -> Records:
    """All records after the header."""
    was_enabled = gc.isenabled()
    gc.disable()  # millions of short-lived lists without cycles: collecting them in vain takes a fifth of the time
    try:
        return _Reading(text, header, delimiter).run()
    finally:
        if was_enabled:
            gc.enable()


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
        self.suspects = frozenset(
            (*TOTAL_STARTS, "", " ", "\t", "\u00a0", first[:1], first.strip()[:1].lower(), first.strip()[:1].upper())
        )
        self.unclosed = 0

    def run(self) -> Records:
        line = max(self.header.line - 1, 0)
        while (line := self._from(line)) >= 0:
            pass
        self._settle_short_rows()
        self._flush()
        self.result.sort_faults()
        return self.result

    def _from(self, after_line: int) -> int:
        """Reads on after a line; -1 at the end, else the line after which to go on (a quote was never closed)."""
        with self.text.open() as stream:
            lines = self.text.clean(stream)
            for _ in islice(lines, after_line):
                pass
            at, last = after_line, (0, 0)
            while block := list(islice(lines, CHUNK_ROWS)):
                rows = self._plain_block(block, at)
                if rows is not None:
                    self._take(rows, at)
                    at += len(block)
                    last = (at, at)
                    continue
                reader = csv.reader(chain(block, lines), delimiter=self.delimiter)
                start = at + 1
                try:
                    for cells in reader:
                        end = at + reader.line_num
                        self._record(start, end, cells)
                        last = (start, end)
                        start = end + 1
                        if reader.line_num >= len(block):
                            break
                except csv.Error:
                    return self._unreadable(start, f"a cell is longer than {limits.CELL_CHARACTERS:,} characters")
                at += reader.line_num
        return self._check_end(*last)

    def _plain_block(self, block: list[str], at: int) -> list[list[str]] | None:
        """The rows of a block of lines of which each is one row with the right number of cells; None for any other."""
        if block[-1].count('"') % 2 or any(at < line <= at + len(block) for line in self.header.skip_lines):
            return None
        try:
            rows = list(csv.reader(block, delimiter=self.delimiter))
        except csv.Error:
            return None
        if len(rows) != len(block) or set(map(len, rows)) != {self.width}:
            return None
        return rows

    def _take(self, rows: list[list[str]], at: int) -> None:
        self._flush()
        self.rows = rows
        self.starts = list(range(at + 1, at + 1 + len(rows)))
        self.ends = self.starts.copy()

    def _record(self, start: int, end: int, cells: list[str]) -> None:
        if start in self.header.skip_lines:
            return
        if len(cells) == self.width and (cells[0] or any(cells)):
            self._keep(start, end, cells)
            if len(self.rows) >= CHUNK_ROWS:
                self._flush()
        else:
            self._odd(start, end, cells)

    def _unreadable(self, line: int, reason: str) -> int:
        self.unclosed += 1
        if self.unclosed > limits.UNCLOSED_QUOTES:
            raise UnusableFile(
                f"{self.text.name}: many quotes are opened and never closed, the first faults from line {line} on."
            )
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
            del self.rows[-1], self.starts[-1], self.ends[-1]
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
        filled = self.result.share_filled(self.width)
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
        self.result.sort_by_line()

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
            self.result.add(rows, np.array(self.starts)[kept], np.array(self.ends)[kept], self.schema)
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
                self._fault(
                    self.starts[i], self.ends[i], self.header.columns[at], cells[at], "a total, not an incident"
                )
            elif not cell.strip() and not any(cell.strip() for cell in cells):
                self.result.blank += 1
                self.result.rows -= 1
            else:
                continue
            dropped.add(i)
        return [i for i in range(len(self.rows)) if i not in dropped] if dropped else list(range(len(self.rows)))

    def _repeats_header(self, cells: list[str]) -> bool:
        return [cell.strip().casefold() for cell in cells] == self.normal_header
