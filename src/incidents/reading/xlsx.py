"""XLSX workbooks, row by row."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from xml.etree import ElementTree

from incidents.model.errors import UnusableFile
from incidents.reading import limits
from incidents.reading.archive import WORKBOOK
from incidents.reading.cell_text import is_date_format, unescaped
from incidents.reading.sheet_rows import Values, rows_of
from incidents.reading.sheet_xml import children, local_name, whole
from incidents.reading.sheets import Row, Sheet
from incidents.reading.source import refuse_what_swells

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


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
        values = Values(self.name, self._strings, self._date_styles, self.starts_1904)
        with self._open(sheet.part, limits.UNPACKED_BYTES) as stream:
            yield from rows_of(stream, values)

    def close(self) -> None:
        self.archive.close()
        if self.archive.fp is not None:
            self.archive.fp.close()

    def _shared_strings(self) -> list[str]:
        part = next((n for n in self.archive.namelist() if n.lower() == "xl/sharedstrings.xml"), None)
        if part is None:
            return []
        with self._open(part, limits.STRINGS_BYTES) as stream:
            found: list[str] = []
            for piece in children(stream, "sst", "sst", "si", self.name):
                found.extend(_text_of(text) for text in piece if local_name(text.tag) == "si")
                if len(found) > limits.STRINGS:
                    raise UnusableFile(f"{self.name} has more than {limits.STRINGS:,} texts; save the sheet as CSV.")
            return found

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
    refuse_what_swells(name, member.file_size, member.compress_size)
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
