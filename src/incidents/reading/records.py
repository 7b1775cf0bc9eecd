"""CSV records into Arrow columns; what does not fit becomes a fault."""

import csv
import gc
from collections.abc import Iterator
from itertools import chain, islice

from incidents.model.errors import UnusableFile
from incidents.reading import limits
from incidents.reading.delimiter import unwrap
from incidents.reading.gathered import TOO_LONG, TOTAL, Records, RowGatherer
from incidents.reading.header import Header, is_tag_row
from incidents.reading.plain_rows import plain_rows
from incidents.reading.raw import Repair
from incidents.reading.text import TextFile
from incidents.reading.totals import is_total

CUT_OFF = "the row is cut off"
_STEP = 50  # lines
_PART = 400  # lines of a block that are read one by one where one of them is odd
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
        self.gathered = RowGatherer(text.name, header)
        self.width = self.gathered.width
        self.header_end = max(header.skip_lines, default=0)
        self.result = self.gathered.result
        self.short: list[tuple[int, int, list[str]]] = []
        self.unclosed = 0

    def run(self) -> Records:
        line = max(self.header.line - 1, 0)
        while (line := self._from(line)) >= 0:
            pass
        self._settle_short_rows()
        self.gathered.flush()
        self.result.sort_faults()
        return self.result

    def _from(self, after_line: int) -> int:
        """Reads on after a line; -1 at the end, else the line after which to go on (a quote was never closed)."""
        with self.text.open() as stream:
            lines = self.text.clean(stream)
            for _ in islice(lines, after_line):
                pass
            at, last = after_line, (0, 0)
            while block := self._block(lines, at):
                if self._took(block, at):
                    at += len(block)
                    last = (at, at)
                    continue
                left = iter(block)
                while part := list(islice(left, _PART)):
                    if self._took(part, at):
                        at += len(part)
                        last = (at, at)
                        continue
                    reader = csv.reader(chain(part, left, lines), delimiter=self.delimiter)
                    start = at + 1
                    try:
                        for cells in reader:
                            end = at + reader.line_num
                            self._record(start, end, cells)
                            last = (start, end)
                            start = end + 1
                            if reader.line_num >= len(part):
                                break
                    except csv.Error:
                        return self._unreadable(start, TOO_LONG)
                    at += reader.line_num
        return self._check_end(*last)

    def _block(self, lines: Iterator[str], at: int) -> list[str]:
        """The next lines, as many as may be in memory cell by cell; a few up to the end of the header."""
        block: list[str] = []
        size = 0
        most = self.gathered.at_once if at >= self.header_end else 1
        while len(block) < most and size < limits.CHUNK_CHARACTERS:
            more = list(islice(lines, _STEP))
            block += more
            size += sum(map(len, more))
            if len(more) < _STEP:
                break
        return block

    def _took(self, block: list[str], at: int) -> bool:
        """Whether each of these lines is one row with the right number of cells; they are then gathered."""
        rows = plain_rows(block, self.delimiter, self.gathered.schema) if at >= self.header_end else None
        if rows is not None:
            self.gathered.take(rows, at)
        return rows is not None

    def _record(self, start: int, end: int, cells: list[str]) -> None:
        if start in self.header.skip_lines:
            return
        if len(cells) == self.width and (cells[0] or any(cells)):
            self.gathered.keep(start, end, cells)
        else:
            self._odd(start, end, cells)

    def _unreadable(self, line: int, reason: str) -> int:
        self.unclosed += 1
        if self.unclosed > limits.UNCLOSED_QUOTES:
            raise UnusableFile(
                f"{self.text.name}: many quotes are opened and never closed, the first faults from line {line} on."
            )
        self.gathered.fault(line, line, "", "", reason)
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
                self.gathered.fault(start, end, "", "", CUT_OFF)
            return -1
        gathered = self.gathered
        if gathered.starts and gathered.starts[-1] == start:
            del gathered.rows[-1], gathered.starts[-1], gathered.ends[-1]
        elif self.short and self.short[-1][0] == start:
            self.short.pop()
        elif self.result.fault_lines and self.result.fault_lines[-1][0] == start:
            self.result.fault_lines.pop()
            self.result.faults.pop()
        if start == end:
            self.gathered.fault(start, end, "", "", CUT_OFF)
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
                self.gathered.keep(start, end, unwrapped)
                if not self.header.is_wrapped:
                    self.result.repairs.append(Repair(start, "", cells[0], "", "the whole row was wrapped in quotes"))
            return
        if len(cells) > self.width and not any(cell.strip() for cell in cells[self.width :]):
            self.gathered.keep(start, end, cells[: self.width])
        elif len(cells) < self.width:
            self.short.append((start, end, cells))
        else:
            self.gathered.fault(start, end, "", "", f"the row has {len(cells)} cells, the header {self.width}")

    def _settle_short_rows(self) -> None:
        """Short rows are filled up where the missing columns are empty in other rows too."""
        self.gathered.flush()
        if not self.short:
            return
        filled = self.result.share_filled(self.width)
        for start, end, cells in self.short:
            if is_total(cells):
                self.gathered.fault(start, end, "", "", TOTAL)
            elif len(cells) > 1 and all(share < 0.8 for share in filled[len(cells) :]):
                self.gathered.keep(start, end, cells + [""] * (self.width - len(cells)))
                missing = self.width - len(cells)
                self.result.repairs.append(
                    Repair(start, "", "", "", f"{missing} empty cells at the end of the row were missing")
                )
            else:
                self.gathered.fault(start, end, "", "", f"the row has {len(cells)} cells, the header {self.width}")
        self.gathered.flush()
        self.result.sort_by_line()
