"""XLSX workbooks, row by row."""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO
from xml.etree import ElementTree

from incidents.model.errors import UnusableFile
from incidents.reading import limits
from incidents.reading.archive import WORKBOOK
from incidents.reading.cell_text import day_text, is_date_format, number_text, unescaped
from incidents.reading.sheet_xml import children, local_name, whole
from incidents.reading.sheets import Row, Sheet

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_LETTERS = re.compile(r"[A-Z]+")


@dataclass(slots=True)
class Xlsx:
    """An open workbook; `sheets` are its worksheets in the workbook's order."""

    name: str
    archive: zipfile.ZipFile
    sheets: tuple[Sheet, ...]
    starts_1904: bool
    _strings: list[str] | None = None
    _date_styles: frozenset[str] | None = None

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """(number of the row in the sheet, cells); raises UnusableFile."""
        if self._strings is None:
            self._strings = self._shared_strings()
        if self._date_styles is None:
            self._date_styles = self._styles()
        reader = _CellReader(self.name, self._strings, self._date_styles, self.starts_1904)
        with self._open(sheet.part, limits.UNPACKED_BYTES) as stream:
            number = 0
            for piece in children(stream, "worksheet", "sheetData", "row", self.name):
                for row in piece:
                    if local_name(row.tag) == "row":
                        stated = row.get("r")
                        number = int(stated) if stated and stated.isdecimal() else number + 1
                        yield number, reader.cells(row)

    def close(self) -> None:
        self.archive.close()
        if self.archive.fp is not None:
            self.archive.fp.close()

    def _shared_strings(self) -> list[str]:
        part = next((n for n in self.archive.namelist() if n.lower() == "xl/sharedstrings.xml"), None)
        if part is None:
            return []
        with self._open(part, limits.STRINGS_BYTES) as stream:
            return [
                _text_of(text)
                for piece in children(stream, "sst", "sst", "si", self.name)
                for text in piece
                if local_name(text.tag) == "si"
            ]

    def _styles(self) -> frozenset[str]:
        """Numbers of the cell styles that show dates."""
        part = next((n for n in self.archive.namelist() if n.lower() == "xl/styles.xml"), None)
        if part is None:
            return frozenset()
        with self._open(part, limits.STYLES_BYTES) as stream:
            root = whole(stream, self.name)
        codes = {
            each.get("numFmtId", ""): each.get("formatCode", "")
            for each in root.iter()
            if local_name(each.tag) == "numFmt"
        }
        styles = next((each for each in root if local_name(each.tag) == "cellXfs"), None)
        found = set()
        for number, style in enumerate(styles if styles is not None else ()):
            format_ = style.get("numFmtId", "0")
            if format_.isdecimal() and is_date_format(int(format_), codes.get(format_)):
                found.add(str(number))
        return frozenset(found)

    def _open(self, part: str, most: int) -> IO[bytes]:
        return _opened(self.archive, self.name, part, most)


def open_xlsx(name: str, archive: zipfile.ZipFile) -> Xlsx:
    """Raises UnusableFile where the archive is no workbook that can be read."""
    parts = {part.lower(): part for part in archive.namelist()}
    with _opened(archive, name, parts[WORKBOOK], limits.STYLES_BYTES) as stream:
        root = whole(stream, name)
    targets: dict[str, str] = {}
    if relations := parts.get("xl/_rels/workbook.xml.rels"):
        with _opened(archive, name, relations, limits.STYLES_BYTES) as stream:
            targets = {each.get("Id", ""): each.get("Target", "") for each in whole(stream, name)}
    sheets = []
    starts_1904 = False
    for each in root.iter():
        if local_name(each.tag) == "workbookPr":
            starts_1904 = each.get("date1904", "0") in ("1", "true")
        if local_name(each.tag) == "sheet":
            target = targets.get(each.get(_RELATION) or each.get(_STRICT_RELATION) or "", "")
            part = parts.get((target.lstrip("/") if target.startswith("/") else f"xl/{target}").lower())
            if part and "worksheets/" in part:
                sheets.append(Sheet(each.get("name", part), part, each.get("state", "visible") != "visible"))
    return Xlsx(name, archive, tuple(sheets), starts_1904)


def _opened(archive: zipfile.ZipFile, name: str, part: str, most: int) -> IO[bytes]:
    member = archive.getinfo(part)
    if member.flag_bits & 1:
        raise UnusableFile(f"{name} is locked with a password; save it without one.")
    if member.file_size > most:
        raise UnusableFile(f"{name} unpacks to more than {most:,} bytes; save the sheet as CSV.")
    return archive.open(member)


def _text_of(element: ElementTree.Element) -> str:
    """The text of a plain or rich string, without the reading aids of East Asian scripts."""
    if len(element) == 1 and element[0].tag.endswith("}t"):
        return unescaped(element[0].text or "")
    parts = []
    for child in element:
        kind = local_name(child.tag)
        if kind == "t":
            parts.append(child.text or "")
        elif kind == "r":
            parts.extend(each.text or "" for each in child if local_name(each.tag) == "t")
    return unescaped("".join(parts))


class _CellReader:
    def __init__(self, name: str, strings: list[str], date_styles: frozenset[str], starts_1904: bool) -> None:
        self.name, self.strings, self.date_styles, self.starts_1904 = name, strings, date_styles, starts_1904
        self.columns: dict[str, int] = {}
        self.kinds: dict[str, str] = {}
        self.read: dict[str, Callable[[str], str]] = {
            "s": self._shared,
            "str": unescaped,
            "b": lambda text: "true" if text == "1" else "false",
            "e": lambda text: "",
            "d": lambda text: text.replace("T00:00:00", "").replace("T", " "),
        }

    def cells(self, row: ElementTree.Element) -> list[str]:
        found: list[str] = []
        for cell in row:
            text = self._text(cell)
            reference = cell.get("r")
            if reference is None:
                found.append(text)
                continue
            if not text:
                continue
            at = self._column(reference)
            if at >= len(found):
                found.extend([""] * (at + 1 - len(found)))
            found[at] = text
        return found

    def _text(self, cell: ElementTree.Element) -> str:
        value = None
        for child in cell:
            kind = self.kinds.get(child.tag) or self._kind(child.tag)
            if kind == "v":
                value = child.text
            elif kind == "is":
                return _text_of(child)
        if not value:
            return ""
        type_ = cell.get("t")
        if type_ is None or type_ == "n":
            if cell.get("s") in self.date_styles:
                return day_text(value, self.starts_1904)
            return value if value.isdecimal() and len(value) < 16 else number_text(value)
        return self.read.get(type_, unescaped)(value)

    def _kind(self, tag: str) -> str:
        return self.kinds.setdefault(tag, local_name(tag))

    def _shared(self, number: str) -> str:
        try:
            return self.strings[int(number)]
        except (ValueError, IndexError):
            raise UnusableFile(f"{self.name}: the workbook is damaged; a cell names a text that it has not.") from None

    def _column(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        if letters not in self.columns:
            number = 0
            if not _LETTERS.fullmatch(letters) or len(letters) > 3:
                raise UnusableFile(f"{self.name}: the workbook is damaged; there is no cell {reference[:20]}.")
            for letter in letters:
                number = 26 * number + ord(letter) - 64
            if number > limits.COLUMNS:
                raise UnusableFile(f"{self.name} has a cell in column {number:,}; the limit is {limits.COLUMNS:,}.")
            self.columns[letters] = number - 1
        return self.columns[letters]
