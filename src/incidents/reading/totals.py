"""Rows of totals."""

import re

_TOTAL = re.compile(
    r"\s*((grand|sub)[\s-]*)?(totals?|totales|totaux|sum|somme|suma|المجموع|مجموع|الاجمالي|جمع( کل)?)\b\s*:?",
    re.IGNORECASE,
)
BEGINNINGS = frozenset(("tot", "gra", "sub", "sum", "som", "الم", "مجم", "الا", "جمع"))
"""The first three letters of these words; a cell that begins otherwise needs no further look."""


def is_total(cells: list[str]) -> bool:
    """The first cell that says anything is "Total" or the like, and half of the others are empty."""
    first = next((cell for cell in cells if cell.strip()), "")
    found = _TOTAL.match(first) if first.strip()[:3].lower() in BEGINNINGS else None
    if not found:
        return False
    empty = sum(1 for cell in cells if not cell.strip())
    return found.end() == len(first) or 2 * empty >= len(cells)
