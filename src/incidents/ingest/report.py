"""The report of one check or import: read = kept + rejected, always."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from incidents.ingest.update import Changes
from incidents.model.figures import Total, total
from incidents.model.schema import FIGURES, GEO_PRECISIONS, figure_columns

EXAMPLES = 20
TOTALS = ("fatalities", "injured")


@dataclass(frozen=True, slots=True)
class Report:
    """`dataset` is None where nothing was stored. `sums` are of lows, bests and highs as they stand in the rows."""

    dataset: str | None
    name: str
    file: str
    layout: str
    reason: str  # why this layout
    encoding: str
    delimiter: str
    mapping: dict[str, str]  # field -> column, as read
    read: int
    kept: int
    rejected: int
    repaired: int
    duplicates: int
    incidents: int
    places: dict[str, int]
    first_date: str | None
    last_date: str | None
    reasons: dict[str, int]  # of rejected rows
    sums: dict[str, int]
    rejected_examples: pa.Table
    note_examples: pa.Table
    totals: dict[str, Total] = field(default_factory=dict)  # of all killed and all injured
    rejected_rows: pa.Table | None = None  # all of them, where nothing was stored
    mapping_remembered: bool = False  # columns were read as a person mapped an earlier file with this header
    changes: Changes | None = None  # against the dataset that an update takes the place of

    def as_json(self) -> dict[str, object]:
        return {
            "dataset": self.dataset,
            "name": self.name,
            "file": self.file,
            "layout": self.layout,
            "reason": self.reason,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "mapping": self.mapping,
            "mapping_remembered": self.mapping_remembered,
            "read": self.read,
            "kept": self.kept,
            "rejected": self.rejected,
            "repaired": self.repaired,
            "duplicates": self.duplicates,
            "incidents": self.incidents,
            "places": self.places,
            "first_date": self.first_date,
            "last_date": self.last_date,
            "reasons": self.reasons,
            "sums": self.sums,
            "update": self.changes.as_json() if self.changes else None,
            "matched_by": self.changes.matched_by if self.changes else None,
        }


@dataclass(slots=True)
class Tally:
    """Counts over batches, as they pass."""

    incidents: int = 0
    rejected: int = 0
    repaired: int = 0
    first: date | None = None
    last: date | None = None
    has_sites: bool = False
    kept_columns: dict[str, None] = field(default_factory=dict)  # mapped columns whose own cell is kept too, in order
    places: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    sums: Counter[str] = field(default_factory=Counter)
    _parts: dict[str, Counter[str]] = field(default_factory=lambda: {figure: Counter() for figure in TOTALS})
    rejected_examples: list[pa.Table] = field(default_factory=list)
    note_examples: list[pa.Table] = field(default_factory=list)

    def add(self, incidents: pa.Table, sites: pa.Table, rejected: pa.Table, notes: pa.Table, ambiguous: int) -> None:
        self.incidents += len(incidents)
        self.rejected += len(rejected)
        self.has_sites = self.has_sites or len(sites) > 0
        self.repaired += _rows_repaired(notes)
        if len(incidents):
            low, high = pc.min(incidents["event_date"]).as_py(), pc.max(incidents["event_date_end"]).as_py()
            self.first = low if self.first is None else min(self.first, low)
            self.last = high if self.last is None else max(self.last, high)
        for value, count in _counts(incidents["geo_precision"]):
            self.places[value or "unlocated"] += count
        self.places["ambiguous"] += ambiguous
        for value, count in _counts(rejected["reason"]):
            self.reasons[value or "no reason"] += count
        for column in (name for figure in FIGURES for name in figure_columns(figure)):
            self.sums[column] += pc.sum(incidents[column]).as_py() or 0
        for figure in TOTALS:
            self._parts[figure].update(_parts(incidents, figure))
        for kept, table in ((self.rejected_examples, rejected), (self.note_examples, notes)):
            if len(table) and sum(map(len, kept)) < EXAMPLES:
                kept.append(table.slice(0, EXAMPLES))

    def totals(self) -> dict[str, Total]:
        return {
            figure: total(found["low"], found["best"], found["high"], found["open"], found["unknown"], found["known"])
            for figure, found in self._parts.items()
        }

    def places_in_order(self) -> dict[str, int]:
        return {name: self.places[name] for name in (*GEO_PRECISIONS, "unlocated", "ambiguous")}


def _counts(column: pa.ChunkedArray) -> list[tuple[str | None, int]]:
    return [(pair["values"], pair["counts"]) for pair in pc.value_counts(column).to_pylist()]


def _parts(incidents: pa.Table, figure: str) -> dict[str, int]:
    """What one batch adds to the total of a figure."""
    low, best, high = (incidents[column] for column in figure_columns(figure))
    shown = pc.coalesce(high, best, low)
    known = pc.sum(pc.is_valid(best)).as_py() or 0
    is_open = pc.and_(pc.is_null(high), pc.or_(pc.is_valid(low), pc.is_valid(best)))
    sums = {"low": low, "best": best, "high": shown, "open": is_open}
    return {name: pc.sum(column).as_py() or 0 for name, column in sums.items()} | {
        "known": known,
        "unknown": len(incidents) - known,
    }


def _rows_repaired(notes: pa.Table) -> int:
    """Rows with at least one repaired cell."""
    if not len(notes):
        return 0
    lines = notes.filter(pc.equal(notes["kind"], "repaired"))["line"]
    return int(pc.count_distinct(lines).as_py())


def examples(tables: list[pa.Table], schema: pa.Schema) -> pa.Table:
    return pa.concat_tables(tables).slice(0, EXAMPLES) if tables else schema.empty_table()
