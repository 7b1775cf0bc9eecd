"""The rows of an XLSX sheet, a piece of its XML at a time: a million rows are never in memory as a whole."""

import gc
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from incidents.model.errors import UnusableFile
from incidents.reading import limits
from incidents.reading.cell_text import day_text, number_text, unescaped
from incidents.reading.sheets import Row

_PIECE = 1 << 20
_LETTERS = re.compile(r"[A-Z]{1,3}")
_KINDS = ("row", "c", "v", "t", "rPh", "sheetData")


@dataclass(frozen=True, slots=True)
class Values:
    """What the cells of one workbook refer to: its texts by number, and the styles that show dates."""

    name: str
    strings: list[str]
    date_styles: frozenset[str]
    starts_1904: bool

    def text(self, value: str, type_: str | None, style: str | None) -> str:
        if type_ is None or type_ == "n":
            if style in self.date_styles:
                return day_text(value, self.starts_1904)
            return value if value.isdecimal() and len(value) < 16 else number_text(value)
        if type_ == "s":
            return self._shared(value)
        return _READ.get(type_, unescaped)(value)

    def _shared(self, number: str) -> str:
        try:
            return self.strings[int(number)]
        except (ValueError, IndexError):
            raise UnusableFile(f"{self.name}: the workbook is damaged; a cell names a text that it has not.") from None


_READ: dict[str, Callable[[str], str]] = {
    "b": lambda text: "true" if text == "1" else "false",
    "e": lambda text: "",
    "d": lambda text: text.replace("T00:00:00", "").replace("T", " "),
}


def rows_of(stream: IO[bytes], values: Values) -> Iterator[Row]:
    """(number of the row in the sheet, cells); raises UnusableFile."""
    reader = _RowReader(values)
    while piece := stream.read(_PIECE):
        reader.feed(piece)
        yield from reader.rows
        reader.rows.clear()
        if reader.is_over:
            return
    raise UnusableFile(f"{values.name}: the workbook is cut off.")


class _RowReader:
    """Expat's callbacks: seven for a cell, so they do as little as can be."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.rows: list[Row] = []
        self.is_over = False
        self.number = 0
        self.cells: list[str] = []
        self.parts: list[str] = []
        self.is_text = False
        self.aside = 0  # within the reading aids of East Asian scripts
        self.reference: str | None = None
        self.type: str | None = None
        self.style: str | None = None
        self.columns: dict[str, int] = {}
        self.kinds: dict[str, str] = {}
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, piece: bytes) -> None:
        was_enabled = gc.isenabled()
        gc.disable()  # millions of short-lived values without cycles
        try:
            self.parser.Parse(piece)
        except expat.ExpatError as problem:
            raise UnusableFile(f"{self.values.name}: the workbook is damaged or cut off ({problem}).") from problem
        finally:
            if was_enabled:
                gc.enable()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = self.kinds.get(tag) or self._kind(tag)
        if kind == "c":
            self.reference, self.type, self.style = attributes.get("r"), attributes.get("t"), attributes.get("s")
            self.parts = []
        elif kind == "v" or kind == "t":
            self.is_text = not self.aside
        elif kind == "row":
            stated = attributes.get("r", "")
            self.number = int(stated) if stated.isdecimal() and len(stated) < 9 else self.number + 1
            self.cells = []
        elif kind == "rPh":
            self.aside += 1

    def _data(self, text: str) -> None:
        if self.is_text:
            self.parts.append(text)

    def _end(self, tag: str) -> None:
        kind = self.kinds[tag]
        if kind == "c":
            self._cell("".join(self.parts))
        elif kind == "v" or kind == "t":
            self.is_text = False
        elif kind == "row":
            self.rows.append((self.number, self.cells))
        elif kind == "rPh":
            self.aside -= 1
        elif kind == "sheetData":
            self.is_over = True

    def _cell(self, value: str) -> None:
        if len(value) > limits.CELL_CHARACTERS:
            raise UnusableFile(f"{self.values.name}: a cell is longer than {limits.CELL_CHARACTERS:,} characters.")
        text = self.values.text(value, self.type, self.style) if value else ""
        cells = self.cells
        if self.reference is None:
            cells.append(text)
        elif text:
            at = self._column(self.reference)
            if at == len(cells):
                cells.append(text)
                return
            if at > len(cells):
                cells.extend([""] * (at + 1 - len(cells)))
            cells[at] = text

    def _column(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        found = self.columns.get(letters)
        if found is not None:
            return found
        if not _LETTERS.fullmatch(letters):
            raise UnusableFile(f"{self.values.name}: the workbook is damaged; there is no cell {reference[:20]}.")
        number = 0
        for letter in letters:
            number = 26 * number + ord(letter) - 64
        if number > limits.COLUMNS:
            raise UnusableFile(f"{self.values.name} has a cell in column {number:,}; the limit is {limits.COLUMNS:,}.")
        self.columns[letters] = number - 1
        return number - 1

    def _kind(self, tag: str) -> str:
        local = tag.rpartition(":")[2]
        return self.kinds.setdefault(tag, local if local in _KINDS else "other")

    def _doctype(self, *_: object) -> None:
        raise UnusableFile(f"{self.values.name}: the workbook is not as Excel writes it; save it again as XLSX or CSV.")
