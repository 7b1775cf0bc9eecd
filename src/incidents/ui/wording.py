"""Numbers, dates and filters in words, one way everywhere."""

from datetime import date

from incidents.model.figures import Total

NOT_STATED = "not stated"
UNLOCATED = "unlocated"

PRECISION_WORDS = {
    "town": "a named town or an exact point",
    "near": "near a town, or between towns",
    "line": "along a road or a front",
    "district": "the district only",
    "province": "the province only",
    "country": "the country only",
    "sea": "at sea",
    "unstated": "coordinates without a stated precision",
    UNLOCATED: "no place on the map",
}


def span(total: Total) -> str:
    """Low to high of a total: "403 to 561+"."""
    return f"{total.low:,} to {total.high_text}"


def day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def period(start: date, end: date, precision: str | None = "day") -> str:
    """The days of an incident as precisely as they are known."""
    if precision == "year":
        return f"{start.year}, day not known"
    if precision == "month":
        return f"{start:%B %Y}, day not known"
    if start == end:
        return day(start)
    words = (
        f"{start.day} to {day(end)}"
        if (start.year, start.month) == (end.year, end.month)
        else f"{day(start)} to {day(end)}"
    )
    return f"{words}, day not known" if precision == "week" else words


def number(value: object) -> str:
    """A figure of one incident; nothing reported is said, never shown as zero."""
    return f"{value:,}" if isinstance(value, int) else "no figure"


def figure(low: int | None, best: int | None, high: int | None) -> str:
    """ "21 to 22", "at least 11", "4", "no figure"."""
    if low is None and best is None and high is None:
        return "no figure"
    if high is None:
        stated = low if low is not None else best
        return f"at least {stated:,}" if best in (None, stated) else f"{best:,} (at least {stated:,})"
    known = [value for value in (low, best, high) if value is not None]
    if min(known) == max(known):
        return f"{high:,}"
    return f"{best:,} ({min(known):,} to {max(known):,})" if best is not None else f"{min(known):,} to {max(known):,}"
