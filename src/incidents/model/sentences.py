"""The filter in words: for chips, for the sentence on the page and for exports. Plain text, not Markdown."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from incidents.model.filters import Box, IncidentFilter, Where

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
_CHIP_WORDS = {"geo_precision": "Place known to"}
EMPTY = "not stated"


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
        found.append(("bbox", f"in the part of the map {_box(box)}"))
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


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that the filter asks, and what taking it away changes: a value of `field`, or the whole field."""

    text: str
    field: str
    value: str | Where | None = None


def chips(wanted: IncidentFilter, dataset_names: Mapping[str, str] | None = None) -> tuple[Chip, ...]:
    """One for each filter that is set, and one for each chosen dataset; no two have one text."""
    made: dict[str, Chip] = {}
    for chip in _chips(wanted, dataset_names or {}):
        text, number = chip.text, 1
        while text in made:
            number += 1
            text = f"{chip.text} ({number})"
        made[text] = Chip(text, chip.field, chip.value)
    return tuple(made.values())


def without_chip(wanted: IncidentFilter, chip: Chip) -> IncidentFilter:
    if chip.value is None:
        return without_part(wanted, chip.field)
    return wanted.with_(**{chip.field: tuple(each for each in getattr(wanted, chip.field) if each != chip.value)})


def _chips(wanted: IncidentFilter, dataset_names: Mapping[str, str]) -> Iterator[Chip]:
    if wanted.start or wanted.end:
        yield Chip(f"When: {_dates(wanted.start, wanted.end).removeprefix('dates ').removeprefix('date ')}", DATES)
    for field, word in _CHOICES.items():
        for value in getattr(wanted, field):
            yield Chip(f"{_CHIP_WORDS.get(field, word.capitalize())}: {value or EMPTY}", field, value)
    if wanted.near:
        near = wanted.near
        yield Chip(f"Within {near.km:g} km of {near.latitude:g}, {near.longitude:g}", "near")
    if wanted.bbox:
        yield Chip(f"Part of the map: {_box(wanted.bbox)}", "bbox")
    if wanted.fatalities_least is not None:
        yield Chip(f"Killed: at least {wanted.fatalities_least:,}", "fatalities_least")
    if wanted.fatalities_most is not None:
        yield Chip(f"Killed: at most {wanted.fatalities_most:,}", "fatalities_most")
    if wanted.words.strip():
        yield Chip(f"Words: {' '.join(wanted.words.split())}", "words")
    for where in wanted.where:
        yield Chip(f"{where.column} {'is' if where.include else 'is not'} {where.value or EMPTY}", "where", where)
    if wanted.leave_out_words:
        yield Chip("Without figures from words", "leave_out_words")
    for dataset_id in wanted.dataset:
        yield Chip(f"Dataset: {dataset_names.get(dataset_id, dataset_id)}", "dataset", dataset_id)


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


def _box(box: Box) -> str:
    return f"{_degrees(box.south, 'NS')} to {_degrees(box.north, 'NS')}, {_degrees(box.west, 'EW')} to {_degrees(box.east, 'EW')}"


def _degrees(value: float, names: str) -> str:
    return f"{abs(value):.2f} {names[0] if value >= 0 else names[1]}"


def _either(values: Iterable[str]) -> str:
    return " or ".join(value or EMPTY for value in values)


def _columns(where: tuple[Where, ...]) -> Iterable[str]:
    for column in dict.fromkeys(each.column for each in where):
        cells = [each for each in where if each.column == column]
        included = [each.value for each in cells if each.include]
        excluded = [each.value for each in cells if not each.include]
        if included:
            yield f"{column} {_either(included)}"
        if excluded:
            yield f"{column} not {_either(excluded)}"
