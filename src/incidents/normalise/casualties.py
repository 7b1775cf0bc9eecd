"""A casualty cell to a figure with low, best and high."""

import re
from dataclasses import dataclass

from incidents.model.figures import UNKNOWN, Figure, exactly
from incidents.normalise.digits import plain
from incidents.normalise.number_words import APPROXIMATE, LOOSE, NUMBERS, OPEN_ABOVE, OPEN_BELOW, UNKNOWNS, ZEROS

MOST = 10_000_000
NOT_A_NUMBER = "not a number"
_MISSING_CODES = frozenset((-9, -99, -999, -1))
_WHOLE = re.compile(r"[+]?(\d+)(?:\.0*)?")
_GROUPED = re.compile(r"\d{1,3}(?:[,. '’]\d{3})+(?:\.0+)?")
_RANGE = re.compile(
    r"(?:between |from |entre |de |بین |بين )?(\d[\d,]*)\s*(?:-|–|to|and|/|or|a|à|y|et|تا|الى|إلى)\s*(\d[\d,]*)"
)
_PLUS = re.compile(r"(\d[\d,]*)\s*(?:\+|or more|and more|plus|ou plus|o mas|o más)")
_MARKERS = "|".join(re.escape(word) for word in sorted((*OPEN_BELOW, *OPEN_ABOVE, *APPROXIMATE), key=len, reverse=True))
_DEAD_WORDS = r"killed|dead|deaths?|died|fatalit\w+|martyred|tués|morts|muertos"
_HURT_WORDS = r"injured|wounded|hurt|injuries|blessés|heridos"
_NAMED = re.compile(
    rf"((?:{_MARKERS})\s*)?(\d[\d,]*)\s*(\+)?\s*(?:[^\W\d_]+\s+){{0,3}}?(?:({_DEAD_WORDS})|({_HURT_WORDS}))\b"
)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ASIDE = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d,.]*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class FigureRead:
    """`note` is a doubt; a cell that is no number gives UNKNOWN and a note, an empty one no note."""

    figure: Figure
    note: str = ""


NOTHING = FigureRead(UNKNOWN)


def parse_figure(text: str, *, injured: bool = False) -> FigureRead:
    """Never raises. "at least 11": 11, 11, open. "10-15": 10, 10, 15. "dozens": 12, 12, open, from words."""
    cell = plain(text).lower()
    if not cell or cell in UNKNOWNS:
        return NOTHING
    if found := _WHOLE.fullmatch(cell):
        return _sized(exactly(_int(found[1])))
    if len(cell) > 300 or "://" in cell or cell.startswith("www."):
        return FigureRead(UNKNOWN, NOT_A_NUMBER)
    if cell[0] == "-" and re.fullmatch(r"-\s*\d+(\.0+)?", cell):
        number = -_int(cell[1:].strip().split(".")[0])
        return NOTHING if number in _MISSING_CODES else FigureRead(UNKNOWN, "a negative number")
    if re.fullmatch(r"\d+,0{1,2}", cell):
        return _sized(exactly(_int(cell.split(",")[0])))
    if re.fullmatch(r"\d+[.,]\d+", cell) and not _GROUPED.fullmatch(cell):
        return FigureRead(UNKNOWN, "not a whole number")
    if cell in ZEROS:
        return FigureRead(exactly(0))
    return _phrase(cell, injured)


def _phrase(cell: str, injured: bool) -> FigureRead:
    bare = _ASIDE.sub(" ", cell).strip(" .;,") or cell.strip("()[] ")
    bare = " ".join(bare.split())
    if bare in UNKNOWNS:
        return NOTHING
    if _GROUPED.fullmatch(bare):
        return _sized(
            exactly(_int(re.sub(r"\D", "", re.sub(r"\.0+$", "", bare) if bare.count(".") and "," in bare else bare)))
        )
    bare = re.sub(r"(?<=\d)[ '’](?=\d{3}\b)", "", bare)
    if found := _RANGE.fullmatch(_without_tail(bare)):
        low, high = sorted((_int(found[1]), _int(found[2])))
        note = "the range runs from the larger to the smaller number" if _int(found[1]) > _int(found[2]) else ""
        return _sized(Figure(low, low, high), note)
    named = list(_NAMED.finditer(bare))
    wanted = [found for found in named if bool(found[5]) == injured]
    if len(wanted) == 1 and len(_NUMBER.findall(bare)) > 1:
        marker, number, plus = wanted[0][1], wanted[0][2], wanted[0][3]
        return _worded(f"{marker or ''}{number}{plus or ''}")
    if named and not wanted and len(named) == len(_NUMBER.findall(bare)):
        return FigureRead(UNKNOWN, "the number counts the killed" if injured else "the number counts the injured")
    return _worded(bare)


def _without_tail(bare: str) -> str:
    """Such as "10-15 people killed" -> "10-15"."""
    return (
        re.sub(r"(?<=\d)\s+[^\W\d_][^\d]*$", "", bare)
        if not re.search(r"\d\s+(to|and|or|a|à|y|et|تا|الى|إلى)\s+\d", bare)
        else re.sub(r"(?<=\d)\s+(?!(?:to|and|or|a|à|y|et|تا|الى|إلى)\b)[^\W\d_][^\d]*$", "", bare)
    )


def _worded(bare: str) -> FigureRead:
    below = next((word for word in OPEN_BELOW if bare.startswith(word)), None)
    above = next((word for word in OPEN_ABOVE if bare.startswith(word)), None)
    about = next((word for word in APPROXIMATE if bare.startswith(word)), None)
    marker = below or above or about or ""
    rest = bare[len(marker) :].strip(" :")
    if found := _PLUS.match(rest):
        number = _int(found[1])
        return _sized(Figure(number, number, None))
    numbers = _NUMBER.findall(rest)
    if len(numbers) > 1:
        return FigureRead(UNKNOWN, "several numbers")
    if numbers:
        if "." in numbers[0] and not re.fullmatch(r"\d+\.0+", numbers[0]):
            return FigureRead(UNKNOWN, "not a whole number")
        return _marked(_int(numbers[0].split(".")[0]), below, above, about, rest)
    words = [word.strip("'’-") for word in _WORD.findall(rest)]
    spelled = _spelled(words)
    if spelled is not None:
        return _marked(spelled, below, above, about, rest)
    for word in words:
        if word in LOOSE:
            return FigureRead(Figure(LOOSE[word], LOOSE[word], None, from_words=True))
    return FigureRead(UNKNOWN, NOT_A_NUMBER)


def _marked(number: int, below: str | None, above: str | None, about: str | None, rest: str) -> FigureRead:
    if below:
        return _sized(Figure(number, number, None))
    if above:
        return _sized(Figure(None, None, number), "only an upper bound")
    if about:
        return _sized(exactly(number), "an approximate number")
    doubtful = re.search(r"\b(or|perhaps|possibly|maybe)\b|\?", rest)
    return _sized(exactly(number), "a doubtful number" if doubtful else "")


def _spelled(words: list[str]) -> int | None:
    """eleven, twenty-three, one hundred and five, a dozen; None where no word is a number."""
    total, current, found = 0, 0, False
    for word in (part for w in words for part in w.split("-")):
        if word in ("and", "a", "et", "y", "و"):
            continue
        if word not in NUMBERS:
            if found:
                break
            continue
        value, found = NUMBERS[word], True
        if value == 100:
            current = max(current, 1) * 100
        elif value == 1000:
            total, current = total + max(current, 1) * 1000, 0
        elif value == 12 and word == "dozen":
            current = max(current, 1) * 12
        else:
            current += value
    return total + current if found else None


def _int(digits: str) -> int:
    kept = "".join(c for c in digits if "0" <= c <= "9")
    return int(kept[:30]) if kept else 0


def _sized(figure: Figure, note: str = "") -> FigureRead:
    if max(figure.low or 0, figure.best or 0, figure.high or 0) > MOST:
        return FigureRead(UNKNOWN, "more than ten million")
    return FigureRead(figure, note)
