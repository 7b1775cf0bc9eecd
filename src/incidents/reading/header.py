"""Where the header is, and whether a row of HXL tags follows."""

import re
from collections import Counter
from dataclasses import dataclass

from incidents.reading.vocabulary import BY_WORD, normal

_TAG = re.compile(r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*", re.IGNORECASE)
_DATA = re.compile(r"[-+]?[\d.,/:\s-]+%?|\d{1,2}[-. /]\w+[-. /]\d{2,4}.*|\w+ \d{1,2},? \d{4}|https?://.*|'?\d+'?")
_SEARCHED = 40  # records before the header at most
_EXTRA_WORDS = frozenset(
    [
        "event_id_cnty",
        "data_id",
        "iso",
        "disorder_type",
        "assoc_actor_1",
        "inter1",
        "interaction",
        "region",
        "admin3",
        "source_scale",
        "tags",
        "timestamp",
        "relid",
        "active_year",
        "code_status",
        "type_of_violence",
        "conflict_name",
        "dyad_name",
        "gwnoa",
        "gwnob",
        "number_of_sources",
        "source_article",
        "source_headline",
        "where_coordinates",
        "where_description",
        "geom_wkt",
        "priogrid_gid",
        "country_id",
        "event_clarity",
        "approxdate",
        "specificity",
        "vicinity",
        "attacktype1_txt",
        "targtype1_txt",
        "nkillter",
        "further_sites",
        "source_dataset",
        "province",
        "week",
        "reference_period_start",
        "name",
        "age",
        "sex",
        "gender",
    ]
)


@dataclass(frozen=True, slots=True)
class Header:
    """`position` is the record before which nothing is data; `line` 0 and made-up names where there is no header."""

    columns: tuple[str, ...]
    line: int
    hxl: dict[str, str] | None
    skip_lines: frozenset[int]  # first lines of header and HXL records
    cells: tuple[str, ...]  # as they stand in the file
    is_wrapped: bool = False


def is_tag_row(cells: list[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and sum(1 for cell in filled if _TAG.fullmatch(cell)) >= max(1, 0.8 * len(filled))


def looks_like_data(cell: str) -> bool:
    return bool(_DATA.fullmatch(cell.strip()))


def known_words(cells: list[str]) -> int:
    words = {normal(cell) for cell in cells if 0 < len(cell) < 60}
    return sum(1 for word in words if word in BY_WORD or word in _EXTRA_WORDS)


def find_header(records: list[tuple[int, list[str]]]) -> Header:
    """Decides from the first records (blank ones left out)."""
    width = _usual_width(records)
    chosen = _choose(records, width)
    if chosen is None:
        tag_row = next((i for i, (_, cells) in enumerate(records[:3]) if is_tag_row(cells)), None)
        if tag_row is None:
            return Header(tuple(f"column {i + 1}" for i in range(width)), 0, None, frozenset(), ())
        line, cells = records[tag_row]
        columns = unique_names(cells)
        return Header(columns, line, _tags(columns, cells), frozenset({line}), tuple(cells))
    line, cells = records[chosen]
    columns = unique_names(cells)
    skipped = {line}
    hxl = None
    for tag_line, tag_cells in records[chosen + 1 : chosen + 4]:
        if is_tag_row(tag_cells):
            hxl = _tags(columns, tag_cells)
            skipped.add(tag_line)
            break
    return Header(columns, line, hxl, frozenset(skipped), tuple(cells))


def _usual_width(records: list[tuple[int, list[str]]]) -> int:
    widths = Counter(len(cells) for _, cells in records)
    return max(widths.items(), key=lambda item: (item[1] if item[0] > 1 else 0, item[0]))[0]


def _choose(records: list[tuple[int, list[str]]], width: int) -> int | None:
    """Index of the header record: the one with most known words, else a row of words above rows of data."""
    best, best_words = None, 1
    for i, (_, cells) in enumerate(records[:_SEARCHED]):
        if is_tag_row(cells):
            break
        words = known_words(cells)
        if words > best_words and len(cells) >= 2:
            best, best_words = i, words
    if best is not None:
        return best
    for i, (_, cells) in enumerate(records[:_SEARCHED]):
        if len(cells) < max(2, 0.7 * width) or is_tag_row(cells):
            continue
        filled = [cell.strip() for cell in cells if cell.strip()]
        if len(filled) < 0.6 * len(cells) or any(looks_like_data(cell) or len(cell) > 80 for cell in filled):
            return None if i == 0 or len(filled) >= 0.6 * len(cells) else best
        below = records[i + 1 :]
        if any(cell and cell in {row[j] for _, row in below if j < len(row)} for j, cell in enumerate(cells)):
            return None
        has_contrast = any(looks_like_data(cell) for _, row in below for cell in row)
        return i if has_contrast or known_words(cells) or not below else None
    return None


def _tags(columns: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    return {column: re.sub(r"\s+", "", tag).lower() for column, tag in zip(columns, cells, strict=False) if tag.strip()}


def unique_names(cells: list[str]) -> tuple[str, ...]:
    """Headers trimmed (NBSP and Excel's _x000D_ too), empty ones numbered, repeated ones told apart."""
    names: list[str] = []
    taken: set[str] = set()
    for i, cell in enumerate(cells):
        name = re.sub(r"\s+", " ", cell.replace("_x000D_", " ").replace("\ufeff", "")).strip() or f"column {i + 1}"
        unique, n = name, 2
        while unique in taken:
            unique, n = f"{name} ({n})", n + 1
        taken.add(unique)
        names.append(unique)
    return tuple(names)
