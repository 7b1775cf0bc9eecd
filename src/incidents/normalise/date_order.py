"""Day first or month first: the column's own cells decide; what they leave open is asked."""

from collections.abc import Iterable

from incidents.model.errors import Undecided
from incidents.normalise.dates import ORDERS, parse_date


def decide_order(cells: Iterable[str], stated: str | None, *, name: str, column: str) -> str | None:
    """The order for a column of date cells (distinct ones do); raises Undecided where it matters and nothing tells."""
    if stated is not None:
        if stated not in ORDERS:
            raise Undecided(f"--dates {stated}: expected one of {', '.join(ORDERS)}.", "dates", ORDERS)
        return stated
    proofs: dict[str, str] = {}
    ambiguous = ""
    for cell in cells:
        found = parse_date(cell).order
        if found == "ambiguous":
            ambiguous = ambiguous or cell
        elif found:
            proofs.setdefault(found, cell)
    if not ambiguous:
        return None
    if len(proofs) == 1:
        return next(iter(proofs))
    if proofs:
        clash = f"{proofs['day-first']} has the day first and {proofs['month-first']} the month first"
        raise Undecided(
            f"{name}: the dates of column {column} are of two kinds ({clash}), so {ambiguous} may be either; "
            "say which with --dates day-first or --dates month-first.",
            "dates",
            ("day-first", "month-first"),
        )
    raise Undecided(
        f"{name}: no date of column {column} tells whether the day or the month comes first (such as {ambiguous}); "
        "say which with --dates day-first or --dates month-first.",
        "dates",
        ("day-first", "month-first"),
    )
