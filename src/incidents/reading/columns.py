"""A proposed mapping for a layout that nobody knows: from the header words, then from the cells."""

import re
from collections.abc import Callable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from incidents.reading.raw import RawTable
from incidents.reading.vocabulary import BY_WORD, HEADER_WORDS, normal

SAMPLE_ROWS = 2_000
_MONTHS = r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|mars|avr|mai|juin|juil|août|ene|abr|ago|dic"
_DATE_CELL = re.compile(
    rf"(\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}([ T].*)?|\d{{1,2}}[-/.]\d{{1,2}}[-/.](\d{{4}}|\d{{2}})([ T].*)?|.*\b({_MONTHS})[a-zé]*\b.*\d{{2,4}}.*|[۰-۹]{{4}}/[۰-۹]{{1,2}}/[۰-۹]{{1,2}})",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"-?\d+([.,]\d+)?")
_DATE_WORD = re.compile(r"\b(date|fecha|datum|data|تاریخ|تاريخ)\b")
_FIGURE_WORD = re.compile(
    r"\d|\b(?:none|no|nil|zero|unknown|unspecified|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|"
    r"dozens?|several|few|many|some|tens|scores|hundreds?|thousands?|n/?a|nan|ninguno|varios|plusieurs|aucun|inconnu|desconocido)\b|[-?]$",
    re.IGNORECASE,
)
_COORDINATES = re.compile(r"\(?\s*-?\d{1,2}\.\d+\s*[,; ]\s*-?\d{1,3}\.\d+\s*\)?")
_PARTS = (
    # words inside a longer header, weaker than a header that is one of HEADER_WORDS
    ("fatalities", ("killed", "deaths", "fatalities", "dead", "morts", "tues", "muertos", "کشته", "قتلى")),
    ("injured", ("injured", "wounded", "blesses", "heridos", "مجروح", "زخمی", "جرحى")),
    ("location", ("location", "town", "city", "village", "place", "lieu", "lugar", "محل", "مدينة")),
    ("admin1", ("province", "governorate", "provincia", "استان", "محافظة")),
    ("admin2", ("district", "county", "municipio", "شهرستان")),
    ("country", ("country", "pays", "pais")),
    ("event_type", ("type", "tipo", "category")),
    ("actor1", ("perpetrator", "attacker", "group", "actor", "auteur", "grupo")),
    ("actor2", ("target", "victim", "cible", "objetivo")),
    ("notes", ("description", "notes", "summary", "remarks", "details", "narrative")),
    ("source_url", ("url", "link")),
    ("source", ("source",)),
)
_DEAD = frozenset(("killed", "dead", "deaths", "fatalities", "toll", "morts", "tues", "muertos", "کشته", "قتلى"))
_HURT = frozenset(("injured", "wounded", "injuries", "blesses", "heridos", "زخمی", "مجروح", "جرحى"))
_LOWEST = frozenset(("min", "minimum", "minimal", "low", "lowest", "least", "lower", "minimo", "حداقل"))
_HIGHEST = frozenset(("max", "maximum", "maximal", "high", "highest", "most", "upper", "maximo", "حداکثر"))
_PART_OF_TOTAL = re.compile(
    r"_by$|_by_|women|female|child|minor|male|men|boys|girls|femmes|enfants|mujeres|ninos|police|militar|soldier|percent|rate|per_"
)


def propose(raw: RawTable) -> dict[str, tuple[str, float]]:
    """Field -> (column, confidence 0 to 1)."""
    return propose_from(raw.columns, raw.table)


def samples(raw: RawTable, column: str, most: int = 3) -> tuple[str, ...]:
    """The first cells of a column that say something different each."""
    found: dict[str, None] = {}
    for chunk in raw.table.column(column).iterchunks():
        for cell in pc.unique(pc.utf8_trim_whitespace(chunk)).to_pylist():
            if cell and len(found) < most:
                found.setdefault(cell)
        if len(found) >= most:
            break
    return tuple(found)


def propose_from(columns: Sequence[str], table: pa.Table) -> dict[str, tuple[str, float]]:
    """As `propose`, from columns of text."""
    found: dict[str, tuple[str, float]] = {}
    taken: set[str] = set()
    cells = {column: _sample(table, column) for column in columns}

    def take(name: str, column: str, confidence: float) -> None:
        if name not in found and column not in taken and confidence > 0:
            found[name] = (column, round(confidence, 2))
            taken.add(column)

    ranked = sorted(
        ((_rank(normal(column)), column) for column in columns if normal(column) in BY_WORD),
        key=lambda item: item[0],
    )
    for rank, column in ranked:
        name = BY_WORD[normal(column)]
        if name == "actor2" and _share(_NUMBER, cells[column]) > 0.9:
            name = "casualties"  # a number of victims
        take(name, column, _fits(name, cells[column]) * (0.98 - 0.01 * min(rank, 20)))
    for column in columns:  # place.latitude, of nested records
        stem, dot, last = column.rpartition(".")
        nested = BY_WORD.get(normal(f"{stem}_{last}")) or BY_WORD.get(normal(last))
        if dot and nested:
            take(nested, column, 0.8 * _fits(nested, cells[column]))
    if "event_date" not in found and "year" not in found:
        dated = [
            (_share(_DATE_CELL, cells[c]) + bool(_DATE_WORD.search(normal(c).replace("_", " "))) * 0.3, c)
            for c in columns
            if c not in taken
        ]
        if dated and (best := max(dated, key=lambda item: item[0]))[0] >= 0.6:
            take("event_date", best[1], min(0.9, best[0] * 0.8))
    for column in columns:
        if end := _end_of_range(normal(column)):
            take(end, column, 0.8 * _fits(end, cells[column]))
    for name, words in _PARTS:
        for column in columns:
            header = normal(column)
            if any(re.search(rf"(^|_){re.escape(word)}(_|$)", header) for word in words) and not _PART_OF_TOTAL.search(
                header
            ):
                if name in ("fatalities", "injured") and _share_of_figures(cells[column]) < 0.3:
                    continue
                take(name, column, 0.7 * _fits(name, cells[column]))
    _from_cells(columns, cells, taken, take)
    return found


def _end_of_range(header: str) -> str | None:
    """The field of "Min wounded" or "Highest number killed"."""
    words = set(header.split("_"))
    figure = "fatalities" if words & _DEAD else "injured" if words & _HURT else None
    if figure is None or _PART_OF_TOTAL.search(header):
        return None
    return f"{figure}_low" if words & _LOWEST else f"{figure}_high" if words & _HIGHEST else None


def _from_cells(
    columns: Sequence[str], cells: dict[str, list[str]], taken: set[str], give: Callable[[str, str, float], None]
) -> None:
    for column in columns:
        if column not in taken and _share(_COORDINATES, cells[column]) > 0.8:
            give("coordinates", column, 0.7)
    decimals = [c for c in columns if c not in taken and _share(re.compile(r"-?\d{1,3}[.,]\d{2,}"), cells[c]) > 0.8]
    if len(decimals) == 2:
        first, second = decimals
        if _share_within(cells[first], 90) > 0.99 and _share_within(cells[second], 180) > 0.99:
            give("latitude", first, 0.5)
            give("longitude", second, 0.5)


def _rank(header: str) -> int:
    words = HEADER_WORDS[BY_WORD[header]]
    return next((i for i, word in enumerate(words) if normal(word) == header), 99)


def _sample(table: pa.Table, column: str) -> list[str]:
    part = pc.utf8_trim_whitespace(table.column(column).slice(0, SAMPLE_ROWS))
    return [cell for cell in part.to_pylist() if cell]


def _share(pattern: re.Pattern[str], cells: list[str]) -> float:
    return sum(1 for cell in cells if pattern.fullmatch(cell)) / len(cells) if cells else 0.0


def _share_of_figures(cells: list[str]) -> float:
    return sum(1 for cell in cells if _FIGURE_WORD.search(cell)) / len(cells) if cells else 1.0


def _share_within(cells: list[str], most: float) -> float:
    numbers = [float(cell.replace(",", ".")) for cell in cells if _NUMBER.fullmatch(cell)]
    return sum(1 for number in numbers if abs(number) <= most) / len(numbers) if numbers else 0.0


def _fits(name: str, cells: list[str]) -> float:
    """1 where the cells can be what the header says, 0 where they cannot."""
    if not cells:
        return 0.4
    if name in ("event_date", "event_date_end"):
        if any(re.search(r"\d", cell) for cell in cells):
            return 0.0 if _share(re.compile(r"\d{1,3}|\d+\.\d+|\d{1,2}:\d\d(:\d\d)?"), cells) > 0.9 else 1.0
        return 0.2
    if name in ("latitude", "longitude"):
        has_digits = sum(1 for cell in cells if re.search(r"[\d۰-۹٠-٩]", cell)) / len(cells)
        return 1.0 if has_digits > 0.5 else 0.0
    if name in ("fatalities", "injured", "casualties") or name.startswith(("fatalities_", "injured_")):
        lengths = sum(len(cell) for cell in cells) / len(cells)
        return 1.0 if lengths < 40 else 0.0
    if name in ("location", "country", "admin1", "admin2", "actor1", "actor2"):
        return 0.0 if _share(_NUMBER, cells) > 0.9 else 1.0
    return 1.0
