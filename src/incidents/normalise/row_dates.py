"""First day, last day and precision of the rows of a batch."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from incidents.normalise.cells import Cells, Remembered, paired
from incidents.normalise.date_read import DateRead, unusual
from incidents.normalise.dates import from_parts, parse_date
from incidents.normalise.notes import NoteList

_PRECISION_WORDS = {
    "1": "day", "2": "week", "3": "month", "4": "year", "day": "day", "week": "week", "month": "month", "year": "year", "days": "day", "exact": "day", "date": "day",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowDates:
    """`start` NaT: the row has no date, and `reasons`, `values` and `column` say why."""

    start: np.ndarray
    end: np.ndarray
    precision: np.ndarray
    reasons: np.ndarray
    values: np.ndarray
    column: str


@dataclass(frozen=True, slots=True)
class DateColumns:
    """The columns that hold the dates; `order` settles day and month for each."""

    date: Cells | None
    end: Cells | None
    precision: Cells | None
    parts: tuple[Cells, ...]
    order: str | None
    end_order: str | None
    codes: dict[str, str]


def read_dates(columns: DateColumns, parse: Remembered[DateRead], notes: NoteList) -> RowDates:
    """The dates of all rows; a stated precision of month or year widens a single day."""
    if columns.date is not None:
        cells = columns.date
        found = [parse(cell, columns.order) for cell in cells.distinct]
        codes, name = cells.codes, cells.column
        values = np.array(cells.distinct, dtype=object)
        if columns.parts:
            found, codes, values = _completed(columns, parse, found)
    else:
        combinations, codes = paired(*columns.parts)
        found = [from_parts(*(*parts, "", "")[:3]) for parts in combinations]
        name = columns.parts[0].column
        values = np.array([" ".join(part for part in parts if part) for parts in combinations], dtype=object)
    start = _days([read.start for read in found])[codes]
    end = _days([read.end for read in found])[codes]
    precision = np.array([read.precision for read in found], dtype=object)[codes]
    reasons = np.array([read.reason for read in found], dtype=object)[codes]
    doubts = [_doubts(read) for read in found]
    notes.for_cells(Cells(name, list(values), codes), doubts)
    dated = RowDates(start, end, precision, reasons, values[codes], name)
    return _widened(_ended(dated, columns, parse, notes), columns)


def _completed(
    columns: DateColumns, parse: Remembered[DateRead], found: list[DateRead]
) -> tuple[list[DateRead], np.ndarray, np.ndarray]:
    """Cells without a year take it from the year column."""
    date_cells, year_cells = columns.date, columns.parts[0]
    assert date_cells is not None
    by_cell = dict(zip(date_cells.distinct, found, strict=True))
    combinations, codes = paired(date_cells, year_cells)
    completed = []
    for cell, year in combinations:
        read = by_cell[cell]
        number = year.removesuffix(".0")
        if cell and read.start is None and number.isdecimal() and len(number) == 4:
            read = parse_date(cell, columns.order, year=int(number))
        completed.append(read)
    return completed, codes, np.array([cell for cell, _ in combinations], dtype=object)


def _doubts(read: DateRead) -> str:
    if read.start is None or read.end is None:
        return ""
    return "; ".join(note for note in (read.note, unusual(read.start, read.end)) if note)


def _ended(dated: RowDates, columns: DateColumns, parse: Remembered[DateRead], notes: NoteList) -> RowDates:
    """The last day where a column gives one."""
    cells = columns.end
    if cells is None:
        return dated
    found = [parse(cell, columns.end_order) for cell in cells.distinct]
    stated = _days([read.end for read in found])[cells.codes]
    known = ~np.isnat(stated)
    backward = known & (stated < dated.start)
    for row in np.flatnonzero(backward).tolist():
        notes.at(
            row,
            cells.column,
            cells.distinct[cells.codes[row]],
            "the last day is before the first; the first day is taken alone",
        )
    unreadable = [
        f"the last day is {read.reason}" if cell and read.start is None else ""
        for cell, read in zip(cells.distinct, found, strict=True)
    ]
    notes.for_cells(cells, unreadable)
    taken = known & ~backward & ~np.isnat(dated.start)
    precision = np.where(taken & (stated != dated.end) & (dated.precision != "day"), "day", dated.precision)
    return RowDates(
        dated.start, np.where(taken, stated, dated.end), precision, dated.reasons, dated.values, dated.column
    )


def _widened(dated: RowDates, columns: DateColumns) -> RowDates:
    cells = columns.precision
    if cells is None:
        return dated
    words = [_precision(cell, columns.codes) for cell in cells.distinct]
    stated = np.array(words, dtype=object)[cells.codes]
    single = dated.start == dated.end
    months = single & (stated == "month")
    years = single & (stated == "year")
    if columns.end is not None:
        blank = ~columns.end.filled()
        months, years = months & blank, years & blank
    first_month, first_year = dated.start.astype("M8[M]"), dated.start.astype("M8[Y]")
    start = np.where(months, first_month.astype("M8[D]"), np.where(years, first_year.astype("M8[D]"), dated.start))
    end = np.where(
        months, (first_month + 1).astype("M8[D]") - 1, np.where(years, (first_year + 1).astype("M8[D]") - 1, dated.end)
    )
    precision = np.where(stated != "", stated, dated.precision)
    return RowDates(start, end, precision, dated.reasons, dated.values, dated.column)


def _precision(cell: str, codes: dict[str, str]) -> str:
    key = cell.lower().removesuffix(".0")
    return codes.get(key) or _PRECISION_WORDS.get(key, "") if not codes or not key.isdecimal() else codes.get(key, "")


def _days(days: list[date | None]) -> np.ndarray:
    numbers: np.ndarray = pa.array(days, pa.date32()).to_numpy(zero_copy_only=False).astype("M8[D]")
    return numbers
