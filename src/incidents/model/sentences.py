"""The filter in words: for chips, for the sentence on the page and for exports. Plain text, not Markdown."""

from collections.abc import Iterable
from datetime import date

from incidents.model.filters import IncidentFilter, Where

DATES = "dates"
"""The part of `start` and `end` together; every other part has the name of its field."""

_CHOICES = {
    "country": "country",
    "admin1": "province",
    "admin2": "district",
    "location": "town",
    "actor": "actor",
    "event_type": "type",
    "geo_precision": "precision",
}


def sentence(wanted: IncidentFilter) -> str:
    """Such as "dates 3 Apr 2024 to 4 Apr 2024; actor Jaish al-Adl; killed at least 1"."""
    return "; ".join(text for _, text in parts(wanted)) or "all incidents"


def parts(wanted: IncidentFilter) -> list[tuple[str, str]]:
    """One for each filter that is set: its name, for `without_part`, and its text."""
    found: list[tuple[str, str]] = []
    if wanted.start or wanted.end:
        found.append((DATES, _dates(wanted.start, wanted.end)))
    for field, word in _CHOICES.items():
        values: tuple[str, ...] = getattr(wanted, field)
        if values:
            found.append((field, f"{word} {_either(values)}"))
    if wanted.near:
        near = wanted.near
        found.append(("near", f"within {near.km:g} km of {near.latitude:g}, {near.longitude:g}"))
    if wanted.bbox:
        box = wanted.bbox
        found.append(("bbox", f"between {box.south:g} and {box.north:g} north, {box.west:g} and {box.east:g} east"))
    if wanted.fatalities_least is not None:
        found.append(("fatalities_least", f"killed at least {wanted.fatalities_least:,}"))
    if wanted.fatalities_most is not None:
        found.append(("fatalities_most", f"killed at most {wanted.fatalities_most:,}"))
    if wanted.words.strip():
        found.append(("words", f"words {' '.join(wanted.words.split())}"))
    if wanted.where:
        found.append(("where", "; ".join(_columns(wanted.where))))
    if wanted.leave_out_words:
        found.append(("leave_out_words", "without figures that rest on words"))
    return found


def without_part(wanted: IncidentFilter, name: str) -> IncidentFilter:
    """The filter with one part of `parts` taken away."""
    return wanted.with_(start=None, end=None) if name == DATES else wanted.without(name)


def day_text(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def _dates(start: date | None, end: date | None) -> str:
    if start and end:
        return f"date {day_text(start)}" if start == end else f"dates {day_text(start)} to {day_text(end)}"
    if start:
        return f"from {day_text(start)}"
    assert end
    return f"until {day_text(end)}"


def _either(values: Iterable[str]) -> str:
    return " or ".join(value or "not stated" for value in values)


def _columns(where: tuple[Where, ...]) -> Iterable[str]:
    for column in dict.fromkeys(each.column for each in where):
        cells = [each for each in where if each.column == column]
        included = [each.value for each in cells if each.include]
        excluded = [each.value for each in cells if not each.include]
        if included:
            yield f"{column} {_either(included)}"
        if excluded:
            yield f"{column} not {_either(excluded)}"
