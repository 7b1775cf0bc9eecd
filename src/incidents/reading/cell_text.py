"""Cells of a workbook as text."""

import re
from datetime import date, datetime, time, timedelta

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FIRST_REAL_DAY = 61  # Excel counts a 29 February 1900, day 60, that never was
_LAST_DAY = 2_958_465  # 31 December 9999
_QUOTED = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]|_.|\*.")
_DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))


def is_date_format(number: int, code: str | None) -> bool:
    """Whether a number format shows a date or a time."""
    if code is None:
        return number in _BUILT_IN_DATES
    bare = _QUOTED.sub("", code.split(";")[0])
    return bool(_DATE_LETTERS.search(bare)) and not re.search(
        r"general|[0#?]", re.sub(r"(?i)s\.0+", "s", bare), re.IGNORECASE
    )


def unescaped(text: str) -> str:
    """Excel writes a carriage return as _x000D_."""
    if "_x" not in text:
        return text
    return (
        _ESCAPED.sub(
            lambda found: chr(int(found[1], 16)) if int(found[1], 16) not in range(0xD800, 0xE000) else "", text
        )
        .replace("\r\n", "\n")
        .replace("\r", "\n")
    )


def number_text(text: str) -> str:
    """ "25.300000000000001" -> "25.3", "12.0" -> "12": as the sheet shows it."""
    try:
        number = float(text)
    except ValueError:
        return text
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return repr(number) if number == number and abs(number) != float("inf") else ""


def day_text(text: str, starts_1904: bool) -> str:
    """The number of a cell that is shown as a date."""
    try:
        number = float(text)
    except ValueError:
        return text
    if not 0 <= number <= _LAST_DAY:
        return number_text(text)
    if number < 1 and not starts_1904:
        return (datetime(1900, 1, 1) + timedelta(seconds=round(number * 86_400) % 86_400)).time().isoformat()  # noqa: DTZ001
    start = datetime(1904, 1, 1) if starts_1904 else datetime(1899, 12, 30 if number >= _FIRST_REAL_DAY else 31)  # noqa: DTZ001
    try:
        return moment_text(start + timedelta(seconds=round(number * 86_400)))
    except OverflowError:
        return number_text(text)


def moment_text(value: date | datetime | time | timedelta) -> str:
    """2024-04-03, with the time of day where there is one."""
    if isinstance(value, datetime):
        whole = value.replace(microsecond=0)
        return whole.date().isoformat() if whole.time() == time() else whole.isoformat(sep=" ")
    return str(value) if isinstance(value, timedelta) else value.isoformat()
