"""Filter options of the command line to the filter that the page uses."""

import argparse
import calendar
import math
import re
from collections.abc import Iterable
from datetime import date

from incidents.model.errors import BadFilter
from incidents.model.filters import Box, IncidentFilter, Near, Where
from incidents.model.schema import GEO_PRECISIONS

UNLOCATED = "unlocated"


def day(text: str | None, option: str, last: bool) -> date | None:
    """A day; a month or year means its first or its `last` day."""
    if text is None:
        return None
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text.strip())
    if not found:
        raise BadFilter(f"{option}: {text!r} is not a date; write it as 2024-04-03, 2024-04 or 2024.")
    year, month, day_ = (int(part) if part else None for part in found.groups())
    try:
        if year is None or month is None:
            return date(year or 1, 12 if last else 1, 31 if last else 1)
        return date(year, month, day_ or (calendar.monthrange(year, month)[1] if last else 1))
    except (ValueError, calendar.IllegalMonthError):
        raise BadFilter(f"{option}: there is no day {text!r} in the calendar.") from None


def numbers(text: str, option: str, names: str) -> list[float]:
    count = names.count(",") + 1
    try:
        values = [float(part) for part in text.split(",")]
    except ValueError:
        values = []
    if len(values) != count or not all(math.isfinite(value) for value in values):
        raise BadFilter(f"{option}: expected {names}, found {text!r}.")
    return values


def near(text: str | None) -> Near | None:
    if text is None:
        return None
    latitude, longitude, km = numbers(text, "--near", "LAT,LON,KM")
    if abs(latitude) > 90 or abs(longitude) > 180 or km < 0:
        raise BadFilter(f"--near: {text!r} is not a point on earth and a distance; latitude comes first.")
    return Near(latitude, longitude, km)


def box(text: str | None) -> Box | None:
    if text is None:
        return None
    south, west, north, east = numbers(text, "--bbox", "S,W,N,E")
    if south > north or abs(south) > 90 or abs(north) > 90 or abs(west) > 180 or abs(east) > 180:
        raise BadFilter(f"--bbox: {text!r} is not south, west, north, east in degrees.")
    return Box(south, west, north, east)


def wheres(texts: Iterable[str]) -> tuple[Where, ...]:
    made = []
    for text in texts:
        column, equals, value = text.partition("=")
        if not equals or not column.strip("!"):
            raise BadFilter(f"--where: expected COLUMN=VALUE or COLUMN!=VALUE, found {text!r}.")
        made.append(Where(column.removesuffix("!"), value, not column.endswith("!")))
    return tuple(made)


def precisions(texts: Iterable[str]) -> tuple[str, ...]:
    known = (*GEO_PRECISIONS, UNLOCATED)
    for text in texts:
        if text not in known:
            raise BadFilter(f"--precision: {text!r} is none of {', '.join(known)}.")
    return tuple(texts)


def filter_from(options: argparse.Namespace) -> IncidentFilter:
    """The filter as typed; spellings are settled against the data by `queries`/`views` callers."""
    start, end = day(options.start, "--from", False), day(options.end, "--to", True)
    if start and end and start > end:
        raise BadFilter(f"--from {start} lies after --to {end}.")
    return IncidentFilter(
        start=start,
        end=end,
        country=tuple(options.country),
        admin1=tuple(options.province),
        admin2=tuple(options.district),
        location=tuple(options.town),
        near=near(options.near),
        bbox=box(options.bbox),
        actor=tuple(options.actor),
        event_type=tuple(options.event_type),
        fatalities_least=options.min_killed,
        fatalities_most=options.max_killed,
        geo_precision=precisions(options.precision),
        words=options.text,
        where=wheres(options.where),
        leave_out_words=options.without_words,
        dataset=tuple(options.dataset),
    )
