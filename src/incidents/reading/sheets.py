"""Workbooks: the sheet is found by its content."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

import pyarrow as pa

from incidents.model.errors import Undecided, UnusableFile
from incidents.reading import limits
from incidents.reading.columns import propose_from
from incidents.reading.gathered import Records, RowGatherer
from incidents.reading.header import Header, find_header, known_words, unique_names

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`part` is what the workbook calls it inside."""

    name: str
    part: str
    is_hidden: bool = False


class Workbook(Protocol):
    @property
    def sheets(self) -> tuple[Sheet, ...]: ...

    def rows(self, sheet: Sheet) -> Iterator[Row]: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Look:
    """What the first rows of a sheet are: `is_dated` where a column holds dates of incidents."""

    sheet: Sheet
    header: Header
    rows: int
    is_dated: bool
    is_table: bool


def read_sheet(name: str, book: Workbook, wanted: str | None) -> tuple[Sheet, Header, Records]:
    """Every row of the sheet that holds the incidents; several candidates are Undecided, `wanted` is one of them."""
    looks = [found for sheet in book.sheets if (found := _look(book, sheet)) is not None]
    chosen = _named(name, book, looks, wanted) if wanted is not None else _found(name, book, looks)
    return chosen.sheet, chosen.header, _records(name, book, chosen)


def _named(name: str, book: Workbook, looks: list[_Look], wanted: str) -> _Look:
    for look in looks:
        if look.sheet.name.strip().casefold() == wanted.strip().casefold():
            return look
    names = [sheet.name for sheet in book.sheets]
    if any(each.strip().casefold() == wanted.strip().casefold() for each in names):
        raise UnusableFile(f"{name}: the sheet {wanted} has no rows.")
    raise UnusableFile(f"{name} has no sheet {wanted}; it has {', '.join(names)}.")


def _found(name: str, book: Workbook, looks: list[_Look]) -> _Look:
    for candidates in (
        [look for look in looks if look.is_dated and not look.sheet.is_hidden],
        [look for look in looks if look.is_dated],
        [look for look in looks if look.is_table and not look.sheet.is_hidden],
    ):
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            names = tuple(look.sheet.name for look in candidates)
            raise Undecided(
                f"{name} has {len(names)} sheets that may hold the incidents ({', '.join(names)}); say which with --sheet NAME.",
                "sheet",
                names,
            )
    if not book.sheets:
        raise UnusableFile(f"{name} has no sheets.")
    if len(book.sheets) == 1:
        raise UnusableFile(f"{name}: its sheet {book.sheets[0].name} has no rows of data below a header.")
    raise UnusableFile(f"{name}: none of its {len(book.sheets)} sheets has rows of data below a header.")


def _look(book: Workbook, sheet: Sheet) -> _Look | None:
    first = list(islice(_filled(book.rows(sheet)), limits.SAMPLE_RECORDS))
    if not first:
        return None
    width = max(len(cells) for _, cells in first)
    if width < 2:
        return None
    header = find_header([(number, cells + [""] * (width - len(cells))) for number, cells in first])
    header = Header(
        unique_names(_widened(header, width)), header.line, header.hxl, header.skip_lines, header.cells, header.is_wrapped
    ) if header.line else header  # fmt: skip
    data = [cells for number, cells in first if number > header.line and number not in header.skip_lines]
    if not data:
        return None
    table = _table(header, data)
    proposed = propose_from(header.columns, table)
    is_dated = "event_date" in proposed or ("year" in proposed and ("month" in proposed or "day" in proposed))
    is_sum = {"events", "year"} <= {column.casefold() for column in header.columns}
    many = len(data) > 1 and sum(1 for cell in data[0] if cell) > 2
    is_table = known_words(list(header.columns)) > 1 or many
    return _Look(sheet, header, len(data), is_dated and not is_sum, is_table)


def _widened(header: Header, width: int) -> list[str]:
    return [*header.cells, *([""] * (width - len(header.cells)))]


def _table(header: Header, rows: list[list[str]]) -> pa.Table:
    width = len(header.columns)
    padded = [(cells + [""] * width)[:width] for cells in rows]
    return pa.table([pa.array(column, pa.string()) for column in zip(*padded, strict=True)], names=list(header.columns))


def _filled(rows: Iterator[Row]) -> Iterator[Row]:
    """Rows with a cell that says something."""
    for number, cells in rows:
        if any(cell and not cell.isspace() for cell in cells):
            yield number, cells


def _records(name: str, book: Workbook, look: _Look) -> Records:
    gathered = RowGatherer(name, look.header)
    width = gathered.width
    if width > limits.COLUMNS:
        raise UnusableFile(f"{name} has {width:,} columns; the limit is {limits.COLUMNS:,}.")
    count = 0
    for number, cells in book.rows(look.sheet):
        if number <= look.header.line or number in look.header.skip_lines:
            continue
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            cells = cells[:width]
        if not any(cell and not cell.isspace() for cell in cells):
            continue  # a sheet ends in thousands of empty rows that only have a format
        count += 1
        if count > limits.SHEET_ROWS:
            raise UnusableFile(
                f"{name}: the sheet {look.sheet.name} has more than {limits.SHEET_ROWS:,} rows; split it or save it as CSV."
            )
        if len(cells) > width:
            reason = f"the row has {len(cells)} cells, the header {width}"
            gathered.fault(number, number, "", "", reason, ",".join(cells)[: limits.RAW_CHARACTERS])
        else:
            gathered.keep(number, number, cells + [""] * (width - len(cells)) if len(cells) < width else cells)
    gathered.flush()
    gathered.result.sort_faults()
    return gathered.result
