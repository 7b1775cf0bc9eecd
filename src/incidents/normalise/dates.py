"""A date cell to first day, last day and precision, or the reason why not."""

import re
from dataclasses import replace
from datetime import date, timedelta

from incidents.normalise.calendars import JALALI_YEARS, hijri, jalali, last_day_of_month
from incidents.normalise.date_read import (
    AMBIGUOUS,
    NO_SUCH_DAY,
    NO_YEAR,
    NOT_A_DATE,
    UNREADABLE,
    DateRead,
    full_year,
    month_of,
    year_of,
)
from incidents.normalise.date_words import read_words
from incidents.normalise.digits import plain
from incidents.normalise.month_names import WEEKDAY_NAMES

ORDERS = ("day-first", "month-first", "iso", "jalali")

_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_TRIPLE = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})")
_SPACED = re.compile(r"(\d{1,2}) (\d{1,2}) (\d{4})")
_DAYS = re.compile(r"(\d{1,2})\s*[-–]\s*(\d{1,2})([/.])(\d{1,2})\3(\d{4}|\d{2})")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_TIME = re.compile(
    r"(?:(?<=\d)T|[\s,]+|^)\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\b\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}\b)?\s*(?:hrs?\b)?$",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s+(?:-|–|to|until|till|through|bis|au|hasta|al|تا|الى|إلى|&)\s+|\s*–\s*|(?<=\d{4}-\d\d-\d\d)/(?=\d{4})",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d\d:\d\d(:\d\d(\.\d+)?)?Z?")
_EXCEL_DAY = re.compile(r"[2-6]\d{4}(\.\d+)?")


def parse_date(text: str, order: str | None = None, *, year: int | None = None) -> DateRead:
    """Never raises. `order` settles 05/01/2024; `year` completes a cell that has none."""
    if (usual := _usual(text)) is not None:
        return usual
    cell = plain(text)
    if not cell:
        return DateRead(reason="no date")
    if len(cell) > 200:
        return UNREADABLE
    found = _parse(cell, order, year)
    if found.start is None or found.end is None:
        return found
    if found.end < found.start:
        return replace(
            found, start=found.end, end=found.start, note=_and(found.note, "the last day came before the first")
        )
    return found


def _usual(text: str) -> DateRead | None:
    """2024-04-03, alone or with a time; the form of most files, read without patterns."""
    if text[4:5] != "-" or text[7:8] != "-" or text[:2] not in ("18", "19", "20") or text[10:11] not in ("", " ", "T"):
        return None
    if len(text) > 10 and not _CLOCK.fullmatch(text, 11):
        return None
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return DateRead(day, day)


def _and(*notes: str) -> str:
    return "; ".join(note for note in notes if note)


def _parse(cell: str, order: str | None, year: int | None) -> DateRead:
    found = _parse_one(cell, order, year)
    if found.start is not None or found.reason == AMBIGUOUS:
        return found
    parts = _SPLIT.split(cell)
    if len(parts) == 2 and all(parts):
        last = _parse_one(parts[1].strip(), order, year)
        if last.start is not None:
            first = _parse_one(parts[0].strip(), order, last.start.year)
            if first.start is not None:
                return DateRead(
                    first.start, last.end, max(first.precision, last.precision, key=_COARSENESS.index), _and(first.note, last.note),
                    order=first.order if first.order not in ("", "ambiguous") else last.order,
                )  # fmt: skip
        elif last.reason == AMBIGUOUS:
            return last
    return found


_COARSENESS = ("day", "week", "month", "year")


def _parse_one(cell: str, order: str | None, year: int | None) -> DateRead:
    stripped = _TIME.sub("", cell).strip(" ,") if ":" in cell or "h" in cell else cell
    if found := _ISO.fullmatch(stripped):
        return _numeric(int(found[1]), int(found[3]), int(found[4]), order)
    if found := _TRIPLE.fullmatch(stripped) or _SPACED.fullmatch(stripped):
        parts = [part for part in found.groups() if part.isdecimal()]
        return _triple(int(parts[0]), int(parts[1]), parts[2], order)
    if found := _DAYS.fullmatch(stripped):
        return _day_range(found, order)
    if stripped.isdecimal():
        return _digits(stripped)
    if found := _YEAR_MONTH.fullmatch(stripped):
        return month_of(int(found[1]), int(found[2]))
    if found := _MONTH_YEAR.fullmatch(stripped):
        return month_of(int(found[2]), int(found[1]))
    if _EXCEL_DAY.fullmatch(stripped):
        return _excel_day(float(stripped))
    return _from_words(stripped, year)


def _numeric(year: int, month: int, day: int, order: str | None) -> DateRead:
    try:
        start = jalali(year, month, day) if year in JALALI_YEARS else date(year, month, day)
    except ValueError:
        return _part_unknown(year, month, day)
    return DateRead(start, start, order="")


def _part_unknown(year: int, month: int, day: int) -> DateRead:
    """Day or month 0 stands for unknown."""
    if month == 0 and day == 0:
        return year_of(year)
    if day == 0:
        return month_of(year, month)
    return DateRead(reason=NO_SUCH_DAY)


def _triple(first: int, second: int, last: str, order: str | None) -> DateRead:
    if order == "iso" and len(last) == 2:
        return _numeric(full_year(first), second, int(last), order)
    if order == "jalali" and len(last) == 2 and int(last) <= 31 < first:
        return _numeric(1300 + first, second, int(last), order)
    year = int(last) if len(last) == 4 else full_year(int(last))
    if order == "jalali" and year not in JALALI_YEARS and len(last) == 2:
        year = 1300 + int(last) if int(last) > 30 else 1400 + int(last)
    proves = "day-first" if first > 12 else "month-first" if second > 12 else "" if first == second else "ambiguous"
    if order == "day-first" or proves == "day-first" or proves == "" or year in JALALI_YEARS:
        day, month = (second, first) if proves == "month-first" else (first, second)
    elif order == "month-first" or proves == "month-first":
        month, day = first, second
    else:
        return DateRead(reason=AMBIGUOUS, order="ambiguous")
    return replace(_numeric(year, month, day, order), order="" if year in JALALI_YEARS else proves)


def _day_range(found: re.Match[str], order: str | None) -> DateRead:
    """24-26/09/2023"""
    last = _triple(int(found[2]), int(found[4]), found[5], "day-first")
    if last.start is None:
        return last
    try:
        return replace(last, start=last.start.replace(day=int(found[1])), order="day-first")
    except ValueError:
        return DateRead(reason=NO_SUCH_DAY)


def _digits(cell: str) -> DateRead:
    if len(cell) == 4:
        return year_of(int(cell))
    if len(cell) == 8 and int(cell[:4]) in (*range(1800, 2200), *JALALI_YEARS):
        return _numeric(int(cell[:4]), int(cell[4:6]), int(cell[6:]), None)
    if len(cell) == 6 and 1800 <= int(cell[:4]) < 2200 and 1 <= int(cell[4:]) <= 12:
        return month_of(int(cell[:4]), int(cell[4:]))
    if _EXCEL_DAY.fullmatch(cell):
        return _excel_day(float(cell))
    return UNREADABLE


def _excel_day(number: float) -> DateRead:
    start = date(1899, 12, 30) + timedelta(days=int(number))
    return DateRead(start, start, note="read as a day number of Excel")


def from_parts(year: str, month: str, day: str) -> DateRead:
    """Year, month and day in columns of their own; 0, -9, -99 or blank is unknown."""
    numbers = [_part(cell) for cell in (year, month, day)]
    if numbers[0] is None:
        return DateRead(reason="no date" if not plain(year) else NOT_A_DATE)
    if numbers[1] is None:
        return year_of(full_year(numbers[0]))
    if numbers[2] is None:
        return month_of(full_year(numbers[0]), numbers[1])
    return _numeric(full_year(numbers[0]), numbers[1], numbers[2], None)


def _part(cell: str) -> int | None:
    text = plain(cell).removesuffix(".0")
    if text.isdecimal() and len(text) <= 4 and text.isascii():
        return int(text) or None
    named = read_words(text) if text else None
    return named.months[0] if named and len(named.months) == 1 and named.signature == "M" else None


def _from_words(cell: str, year: int | None) -> DateRead:
    words = read_words(cell)
    if words is None:
        return UNREADABLE
    year_given = words.years[0] if words.years else None
    if year_given is None:
        if year is None or words.signature not in ("NM", "MN", "NNM", "MNN", "NMNM", "MNMN", "M"):
            return DateRead(reason=NO_YEAR)
        words = words.with_year(year)
    try:
        start, end, precision = words.days(full_year, hijri, jalali, last_day_of_month)
    except (ValueError, OverflowError):
        return DateRead(reason=NO_SUCH_DAY)
    if start is None or end is None:
        return UNREADABLE
    note = words.note
    if words.weekday is not None and precision == "day" and start == end and start.weekday() != words.weekday:
        said, is_ = WEEKDAY_NAMES[words.weekday], WEEKDAY_NAMES[start.weekday()]
        note = _and(note, f"the cell says {said}, but {start.isoformat()} is a {is_}")
    return DateRead(start, end, precision, note)
