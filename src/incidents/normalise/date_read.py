"""What a date cell says: first day, last day, precision."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from incidents.normalise.calendars import JALALI_YEARS, jalali, jalali_month_days, last_day_of_month

NOT_A_DATE = "not a date"
NO_SUCH_DAY = "there is no such day in the calendar"
NO_YEAR = "the date has no year"
AMBIGUOUS = "day and month cannot be told apart"
EARLIEST_USUAL = date(1800, 1, 1)


@dataclass(frozen=True, slots=True)
class DateRead:
    """`start` None: `reason` says why. `order` tells what a numeric cell proves: "day-first", "month-first", or
    "ambiguous" where it could be either; "" where it says nothing."""

    start: date | None = None
    end: date | None = None
    precision: str = "day"
    note: str = ""
    reason: str = ""
    order: str = ""


UNREADABLE = DateRead(reason=NOT_A_DATE)


def full_year(year: int) -> int:
    """Two digits: up to next year's are this century's, 68 is 1968."""
    if year >= 100:
        return year
    return 2000 + year if year <= _this_year() % 100 + 1 else 1900 + year


def month_of(year: int, month: int) -> DateRead:
    try:
        if year in JALALI_YEARS:
            return DateRead(jalali(year, month, 1), jalali(year, month, jalali_month_days(year, month)), "month")
        return DateRead(date(year, month, 1), last_day_of_month(year, month), "month")
    except (ValueError, OverflowError):
        return year_of(year) if month == 0 else DateRead(reason=NO_SUCH_DAY)


def year_of(year: int) -> DateRead:
    try:
        if year in JALALI_YEARS:
            return DateRead(jalali(year, 1, 1), jalali(year, 12, jalali_month_days(year, 12)), "year")
        if not 1700 <= year <= 2200:
            return UNREADABLE
        return DateRead(date(year, 1, 1), date(year, 12, 31), "year")
    except ValueError:
        return DateRead(reason=NO_SUCH_DAY)


def unusual(start: date, end: date) -> str:
    """A doubt about a date that can be read."""
    if start < EARLIEST_USUAL:
        return "the date is before 1800"
    if end.year > _this_year() + 1:
        return "the date is after next year"
    return ""


def _this_year() -> int:
    return datetime.now(UTC).year
