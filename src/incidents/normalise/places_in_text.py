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
_ALWAYS = re.compile(r"\s*[;|؛\n]\s*|\s+/\s+")
_AND = re.compile(r"\s+(?:and|&|et|y|e|und|و)\s+", re.IGNORECASE)
_COMMA_LIST = re.compile(r"\s*[,،]\s*")
_BETWEEN = re.compile(r"\b(?:between|entre|zwischen|بین|بين)\s+(.+?)\s+(?:and|&|et|y|und|و)\s+(.+)", re.IGNORECASE)
_STRETCH = re.compile(r"\b(?:road|highway|route|motorway|expressway|railway|pipeline|carretera|autopista|جاده|طريق|front ?line|line of control)\b", re.IGNORECASE)
_NEAR = re.compile(
    r"\b(?:near|nearby|close to|outskirts?|outside|vicinity|environs|border|check ?posts?|check ?points?|en route|"
    r"\d+(?:[.,]\d+)?\s*(?:km|kms|kilomet\w+|miles?|mi)\b|(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west) of|"
    r"près de|aux environs|cerca de|alrededores|نزدیکی|نزدیک|اطراف|مرز|قرب|بالقرب|حدود)(?:\b|$)|\b[NSEW]{1,3} of\b",
    re.IGNORECASE,
)
_OFFSET = re.compile(
    r"(?:(?:about|some|around|approximately|approx\.?|~)\s*)?(?:\d+(?:[.,]\d+)?\s*(?:km|kms|kilomet\w+|miles?|mi)\.?\s*)?"
    r"(?:(?:to the )?(?:north|south|east|west|[nsew]{1,3})(?:[- ]?(?:north|south|east|west))?(?:ern)?\s+)?"
    r"(?:of|from|near|close to|outside|outskirts of|vicinity of|in the vicinity of|près de|cerca de)\s+(?:of\s+)?(.+)",
    re.IGNORECASE,
)
_SUFFIXES = re.compile(r"\s+(?:town|city|village|towns|villages)$", re.IGNORECASE)
_GENERIC = frozenset(
    "north south east west northern southern eastern western central upper lower new old greater the road highway border area areas city town village villages "
    "district districts province provinces region surrounding nearby other unknown several various rural urban sector camp base".split()
)


@dataclass(frozen=True, slots=True)
class PlacesRead:
    """`names` as written, `look_up` what to look for in the gazetteer, one for each name. `precision` is what the
    words allow at best ("near", "line"), None where they say nothing; `admin1` and `country` where the cell has them."""

    names: tuple[str, ...] = ()
    look_up: tuple[str, ...] = ()
    precision: str | None = None
    admin1: str | None = None
    country: str | None = None


NO_PLACE = PlacesRead()
_NOTHING = frozenset(("", "unknown", "n/a", "na", "nan", "null", "none", "-", "?", "not specified", "unspecified", "not reported", "n.a.", "--", "."))


def parse_places(text: str, country: str | None = None, is_place: IsPlace | None = None) -> PlacesRead:
    """Never raises. Without `is_place` a cell is parted at "and" only where both halves look like names."""
    cell = re.sub(r"\s+", " ", plain(text).replace("\n", "; "))
    if cell.lower() in _NOTHING:
        return NO_PLACE
    if len(cell) > 300:
        return PlacesRead((cell,), (cell,))
    if found := _LIST.fullmatch(cell):
        listed = tuple(name for a, b in _LISTED.findall(found[1]) if (name := (a or b).strip()))
        if listed:
            return _read(listed)
    if (nested := _NESTED.fullmatch(cell)) and "://" not in cell:
        town = nested["town"].strip()
        return PlacesRead((town,), (town,), _words_precision(town), nested["admin1"].strip(), nested["country"].strip())
    if between := _BETWEEN.search(cell):
        precision = "line" if _STRETCH.search(cell) else "near"
        return PlacesRead((cell,), (_bare(between[1]),), precision)
    parts = [part for part in _ALWAYS.split(cell) if part.strip(" ,")]
    names = tuple(name for part in parts for name in _at_and(part.strip(" ,"), country, is_place))
    return _read(tuple(dict.fromkeys(names))) if names else NO_PLACE


def _read(names: tuple[str, ...]) -> PlacesRead:
    precisions = [found for name in names if (found := _words_precision(name))]
    precision = precisions[0] if precisions and len(precisions) == len(names) else None
    return PlacesRead(names, tuple(_core(name) for name in names), precision)


def _at_and(cell: str, country: str | None, is_place: IsPlace | None) -> tuple[str, ...]:
    """The halves around "and" where each may stand alone, else the cell."""
    if not _AND.search(cell) or fold_words(cell) in single_names() or _words_precision(cell):
        return (cell,)
    halves = _AND.split(cell)
    if len(halves) == 2 and "," in halves[0]:
        halves = [*_COMMA_LIST.split(halves[0]), halves[1]]
    halves = [half.strip(" ,") for half in halves]
    if any(not _looks_like_name(half) for half in halves):
        return (cell,)
    if is_place is not None and (is_place(cell, country) or not all(is_place(half, country) for half in halves)):
        return (cell,)
    return tuple(halves)


def _looks_like_name(half: str) -> bool:
    words = half.split()
    if not 1 <= len(words) <= 4 or len(half) < 3 or any(c.isdigit() for c in half) or "(" in half or ")" in half:
        return False
    if all(word.lower() in _GENERIC for word in words):
        return False
    if words[0].lower() in ("north", "south", "east", "west") and len(words) == 1:
        return False
    first = words[0][0]
    return first.isupper() or not first.isascii() or (len(words) == 1 and half.islower())


@lru_cache(maxsize=100_000)
def _words_precision(name: str) -> str | None:
    if _STRETCH.search(name):
        return "line" if re.search(r"\w\s?[-–]\s?\w|\b(?:between|from)\b", name) else "near"
    return "near" if _NEAR.search(name) else None


def _bare(name: str) -> str:
    return _SUFFIXES.sub("", name.strip(" ,.")).strip()


def _core(name: str) -> str:
    """Such as "12 km north of Quetta" -> "Quetta"; other names come back as they are."""
    found = _OFFSET.fullmatch(name)
    return _bare(found[1]) if found else name
