"""The Jalali (solar) and Hijri (lunar, tabular) calendars."""

from datetime import date, timedelta

JALALI_YEARS = range(1277, 1500)  # the 33-year rule agrees with the astronomical calendar over these years
_JALALI_START = date(1921, 3, 21).toordinal()  # 1 Farvardin 1300
_ISLAMIC_EPOCH = 227015  # ordinal of 1 Muharram 1, civil reckoning


def _is_jalali_leap(year: int) -> bool:
    return (25 * year + 11) % 33 < 8


def jalali_month_days(year: int, month: int) -> int:
    if month <= 6:
        return 31
    return 30 if month < 12 or _is_jalali_leap(year) else 29


def jalali(year: int, month: int, day: int) -> date:
    """Raises ValueError for a day that the calendar has not."""
    if year not in JALALI_YEARS or not 1 <= month <= 12 or not 1 <= day <= jalali_month_days(year, month):
        raise ValueError("no such Jalali day")
    years = range(1300, year) if year >= 1300 else range(year, 1300)
    days = sum(366 if _is_jalali_leap(y) else 365 for y in years)
    start = _JALALI_START + (days if year >= 1300 else -days)
    return date.fromordinal(start + min(month - 1, 6) * 31 + max(month - 7, 0) * 30 + day - 1)


def hijri(year: int, month: int, day: int) -> date:
    """By the tabular calendar, which may differ by a day or two from the sighted moon; raises ValueError."""
    if not 1 <= month <= 12 or not 1 <= day <= 30 or not 1 <= year <= 1600:
        raise ValueError("no such Hijri day")
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day
    return date.fromordinal(_ISLAMIC_EPOCH - 1 + days)


def last_day_of_month(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
