"""A place cell to the names of its sites: one toll over several towns, or one place with "and" in its name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from incidents.normalise.digits import plain
from incidents.normalise.folding import fold_words
from incidents.normalise.single_names import single_names

IsPlace = Callable[[str, str | None], bool]

_LIST = re.compile(r"\[\s*(['\"].*['\"])\s*\]")
_LISTED = re.compile(r"'((?:[^'\\]|\\.|'(?=[^,\]\s]))*)'|\"([^\"]*)\"")
_NESTED = re.compile(r"(?P<country>[^/()]{2,60})/\s*(?P<town>[^()/]{2,80}?)\s*\((?P<admin1>[^()]{2,80})\)")
_ALWAYS = re.compile(r"\s*[;|؛\n]\s*")  # " / " stands between two names of one place (UCDP)
_AND = re.compile(r"\s+(?:and|&|et|y|e|und|و)\s+", re.IGNORECASE)
_PLAIN_AND = re.compile(r"\s+(?:and|&|و)\s+", re.IGNORECASE)
_COMMA_LIST = re.compile(r"\s*[,،]\s*")
_BETWEEN = re.compile(r"\b(?:between|entre|zwischen|بین|بين)\s+(.+?)\s+(?:and|&|et|y|und|و)\s+(.+)", re.IGNORECASE)
_STRETCH = re.compile(
    r"\b(?:road|highway|route|motorway|expressway|railway|pipeline|carretera|autopista|جاده|طريق|front ?line|line of control)\b",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"\b(?:near|nearby|close to|outskirts?|outside|vicinity|environs|border|check ?posts?|check ?points?|en route|"
    r"\d+(?:[.,]\d+)?\s*(?:km|kms|kilomet\w+|miles?|mi)\b|(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west) of|"
    r"près de|aux environs|cerca de|alrededores|نزدیکی|نزدیک|اطراف|مرز|قرب|بالقرب|حدود)(?:\b|$)|\b[NSEW]{1,3} of\b",
    re.IGNORECASE,
)
_GENERIC = frozenset(
    [
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "upper",
        "lower",
        "new",
        "old",
        "greater",
        "the",
        "road",
        "highway",
        "border",
        "area",
        "areas",
        "city",
        "town",
        "village",
        "villages",
        "district",
        "districts",
        "province",
        "provinces",
        "region",
        "surrounding",
        "nearby",
        "other",
        "unknown",
        "several",
        "various",
        "rural",
        "urban",
        "sector",
        "camp",
        "base",
    ]
)


_JOINING = frozenset(["in", "of", "the", "from", "to", "at", "on", "along", "towards", "with", "its"])
_SHARED = frozenset(
    [
        "rivers",
        "districts",
        "agencies",
        "provinces",
        "counties",
        "states",
        "regions",
        "governorates",
        "villages",
        "towns",
        "cities",
        "areas",
        "roads",
        "mountains",
        "islands",
        "camps",
        "valleys",
        "borders",
        "state",
    ]
)
"""Last words that belong to both halves: "Bajaur and Mohmand agencies"."""


@dataclass(frozen=True, slots=True)
class PlacesRead:
    """`names` as written. `precision` is what the words allow at best ("near", "line"), None where they say nothing;
    `admin1` and `country` where the cell has them."""

    names: tuple[str, ...] = ()
    precision: str | None = None
    admin1: str | None = None
    country: str | None = None


NO_PLACE = PlacesRead()
_NOTHING = frozenset(
    (
        "",
        "unknown",
        "n/a",
        "na",
        "nan",
        "null",
        "none",
        "-",
        "?",
        "not specified",
        "unspecified",
        "not reported",
        "n.a.",
        "--",
        ".",
    )
)


def parse_places(
    text: str, country: str | None = None, is_place: IsPlace | None = None, *, is_one: bool = False
) -> PlacesRead:
    """Never raises. Without `is_place` a cell is parted at "and" only where both halves look like names; `is_one`: the
    row has coordinates, so only marks such as ";" part it."""
    cell = re.sub(r"\s+", " ", plain(text.replace("\n", "; ")))
    if cell.lower() in _NOTHING:
        return NO_PLACE
    if len(cell) > 300:
        return PlacesRead((cell,))
    if found := _LIST.fullmatch(cell):
        listed = tuple(name for a, b in _LISTED.findall(found[1]) if (name := (a or b).strip()))
        if listed:
            return _read(listed)
    if (nested := _NESTED.fullmatch(cell)) and "://" not in cell:
        town = nested["town"].strip()
        return PlacesRead((town,), _words_precision(town), nested["admin1"].strip(), nested["country"].strip())
    if _BETWEEN.search(cell):
        return PlacesRead((cell,), "line" if _STRETCH.search(cell) else "near")
    parts = [stripped for part in _ALWAYS.split(cell) if (stripped := part.strip(" ,"))]
    names = parts if is_one else [name for part in parts for name in _at_and(part, country, is_place)]
    return _read(tuple(dict.fromkeys(names))) if names else NO_PLACE


def _read(names: tuple[str, ...]) -> PlacesRead:
    precisions = [found for name in names if (found := _words_precision(name))]
    return PlacesRead(names, precisions[0] if len(precisions) == len(names) else None)


def _at_and(cell: str, country: str | None, is_place: IsPlace | None) -> tuple[str, ...]:
    """The halves around "and" where each may stand alone, else the cell."""
    pattern = _PLAIN_AND if is_place is None else _AND
    if not pattern.search(cell) or _words_precision(cell) or _has_single_name(cell):
        return (cell,)
    halves = pattern.split(cell)
    if len(halves) == 2 and "," in halves[0]:
        halves = [*_COMMA_LIST.split(halves[0]), halves[1]]
    halves = [half.strip(" ,") for half in halves]
    if any(not _looks_like_name(half) for half in halves):
        return (cell,)
    if is_place is not None and (is_place(cell, country) or not all(is_place(half, country) for half in halves)):
        return (cell,)
    return tuple(halves)


def _has_single_name(cell: str) -> bool:
    folded = f" {fold_words(cell)} "
    return any(f" {name} " in folded for name in single_names())


def _looks_like_name(half: str) -> bool:
    words = half.split()
    if not 1 <= len(words) <= 4 or len(half) < 3 or any(c.isdigit() for c in half) or "(" in half or ")" in half:
        return False
    if (
        any(word.lower() in _JOINING for word in words)
        or words[-1].lower() in _SHARED
        or all(word.lower() in _GENERIC for word in words)
    ):
        return False
    first = words[0][0]
    return first.isupper() or not first.isascii()


@lru_cache(maxsize=100_000)
def _words_precision(name: str) -> str | None:
    if _STRETCH.search(name):
        return "line" if re.search(r"\w\s?[-–]\s?\w|\b(?:between|from)\b", name) else "near"
    return "near" if _NEAR.search(name) else None
