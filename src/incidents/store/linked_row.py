"""Two rows as one incident: what the row that stays says afterwards.

Low and high span both. The best figures are those of the row with the more exact toll, all of them of that one row, so
that sides still add up to their total: a figure before none, a number before a word, a closed range before an open
one, the narrower before the wider; where both are as exact, the row that stays, which is the newer import's.
"""

import math
from collections.abc import Sequence
from typing import Any

from incidents.model.dataset import Dataset
from incidents.model.schema import FIGURES, figure_columns
from incidents.normalise.folding import fold_words

Row = dict[str, Any]


def order_of(row: Row, dataset_ids: Sequence[str]) -> tuple[int, int, str]:
    """The row that stays comes first: of the newest import, or the one that its file has first. `dataset_ids`: newest first."""
    return dataset_ids.index(row["dataset_id"]), row["source_row"], row["incident_id"]


def linked_row(kept: Row, other: Row, other_dataset: Dataset) -> Row:
    """`kept` with the figures, sources and text of both; its day, place and actors stay."""
    best, second = (other, kept) if _inexactness(other) < _inexactness(kept) else (kept, other)
    figures: Row = {}
    for name in FIGURES:
        figures |= _spanned(name, best, second)
    notes = _joined("\n", kept["notes"], _origin(other, other_dataset, best is other), other["notes"])
    return kept | figures | {
        "from_words": best["from_words"],
        "attackers_included": _attackers(kept["attackers_included"], other["attackers_included"]),
        "source": _joined("; ", kept["source"], other["source"]),
        "source_date": kept["source_date"] or other["source_date"],
        "source_url": kept["source_url"] or other["source_url"],
        "notes": notes,
        "folded": _joined(" ", kept["folded"], other["folded"], fold_words(notes or "")),
    }  # fmt: skip


def further_sites(kept: Row, kept_sites: list[Row], other_sites: list[Row]) -> list[Row]:
    """The sites of both, each name once, under the incident that stays."""
    names = {kept["location"], *(site["location"] for site in kept_sites)}
    added = [site for site in other_sites if site["location"] not in names]
    owner = {"incident_id": kept["incident_id"], "dataset_id": kept["dataset_id"]}
    return [site | owner | {"site_no": number} for number, site in enumerate([*kept_sites, *added], start=2)]


def _inexactness(row: Row) -> tuple[bool, bool, float]:
    low, best, high = _known("fatalities", row)
    figures = [value for value in (low, best, high) if value is not None]
    if not figures:
        return (True, True, math.inf)
    return (False, bool(row["from_words"]), math.inf if high is None else max(figures) - min(figures))


def _spanned(name: str, first: Row, second: Row) -> Row:
    rows = [known for known in (_known(name, first), _known(name, second)) if known != (None, None, None)]
    if not rows:
        return {}
    figures = [value for known in rows for value in known if value is not None]
    best = next((known[1] for known in rows if known[1] is not None), None)
    high = None if any(known[2] is None for known in rows) else max(figures)
    return dict(zip(figure_columns(name), (min(figures), best, high), strict=True))


def _known(name: str, row: Row) -> tuple[int | None, int | None, int | None]:
    low, best, high = (row[column] for column in figure_columns(name))
    return low, best, high


def _origin(other: Row, dataset: Dataset, gave_best: bool) -> str:
    """Where the other row stood and what it said."""
    number = f", its number {other['source_id']}" if other["source_id"] else ""
    low, best, high = _known("fatalities", other)
    known = [str(value) if value is not None else "not stated" for value in (low, best)]
    upper = str(high) if high is not None else ("open" if (low, best) != (None, None) else "not stated")
    rule = "The best figures are this row's, the more exact." if gave_best else "The best figures are not this row's."
    address = f" {other['source_url']}" if other["source_url"] else ""
    return (
        f"Linked as one incident with {dataset.file}, line {other['source_row']}{number}: {other['event_date']},"
        f" reported dead low {known[0]}, best {known[1]}, high {upper}. {rule}{address}"
    )


def _attackers(kept: str | None, other: str | None) -> str | None:
    said = {value for value in (kept, other) if value in ("yes", "no")}
    return said.pop() if len(said) == 1 else "unknown" if said else kept


def _joined(between: str, *texts: str | None) -> str | None:
    return between.join(dict.fromkeys(text for text in texts if text)) or None
