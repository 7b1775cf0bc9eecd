"""XLS workbooks, from before 2007: at most 65,536 rows, so each sheet is read as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from incidents.model.errors import UnusableFile
from incidents.reading import limits
from incidents.reading.cell_text import moment_text, number_text, unescaped
from incidents.reading.panics import panics_refused
from incidents.reading.sheets import Row, Sheet


@dataclass(slots=True)
class Xls:
    """An open workbook; `sheets` are its worksheets in the workbook's order."""

    name: str
    book: CalamineWorkbook
    sheets: tuple[Sheet, ...]

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """(number of the row in the sheet, cells); raises UnusableFile."""
        try:
            with panics_refused(self.name):
                found = self.book.get_sheet_by_name(sheet.part)
            start = found.start
            if start is None:
                return
            if found.width > limits.COLUMNS:
                raise UnusableFile(f"{self.name} has {found.width:,} columns; the limit is {limits.COLUMNS:,}.")
            with panics_refused(self.name):
                every_row = found.to_python(skip_empty_area=True)
            for number, cells in enumerate(every_row, start[0] + 1):
                yield number, [_text(cell) for cell in cells]
        except (CalamineError, ValueError) as problem:
            if isinstance(problem, UnusableFile):
                raise
            raise UnusableFile(f"{self.name}: the workbook is damaged ({problem}).") from problem

    def close(self) -> None:
        self.book.close()


def open_xls(name: str, stream: BinaryIO) -> Xls:
    """Raises UnusableFile where it cannot be read."""
    try:
        with panics_refused(name):
            book = CalamineWorkbook.from_filelike(stream)
    except PasswordError as problem:
        raise UnusableFile(f"{name} is locked with a password; save it without one.") from problem
    except UnusableFile:
        raise
    except (CalamineError, OSError, ValueError) as problem:
        raise UnusableFile(f"{name}: the workbook is damaged, or no workbook ({problem}).") from problem
    sheets = tuple(
        Sheet(each.name, each.name, each.visible != SheetVisibleEnum.Visible)
        for each in book.sheets_metadata
        if each.typ == SheetTypeEnum.WorkSheet
    )
    return Xls(name, book, sheets)


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return unescaped(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date | time | timedelta):
        return moment_text(cell)
    return number_text(repr(cell))
