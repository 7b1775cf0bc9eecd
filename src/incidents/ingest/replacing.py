"""Placing incidents of the store again: after a decision, its undoing, or another gazetteer."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import pyarrow as pa

from incidents.ingest.own_places import NAMES, looked_up, places_of
from incidents.ingest.places import cells_of
from incidents.ingest.precision import allowed, no_better_than
from incidents.ingest.progress import Progress, silent
from incidents.model.dataset import Dataset
from incidents.model.place import PlaceQuery
from incidents.model.schema import ANSWERED, SITES
from incidents.places.answers import says_ambiguous
from incidents.places.resolver import Resolver
from incidents.store import Store

_TABLES = ("incidents", "sites")


def place_again(
    store: Store,
    resolver: Resolver,
    is_touched: Callable[[PlaceQuery], bool],
    progress: Progress | None = None,
) -> int:
    """Puts the resolver's answers in the place of those that the touched questions have; returns how many incidents changed.

    Coordinates that a file gives are left alone. Only datasets in which an answer changes are written again.
    """
    touched: dict[str, set[PlaceQuery]] = {}
    for dataset_id, query, _ in looked_up(store.reader()):
        if is_touched(query):
            touched.setdefault(dataset_id, set()).add(query)
    return sum(
        _write_again(store, dataset, touched[dataset.dataset_id], resolver, progress)
        for dataset in store.datasets()
        if dataset.dataset_id in touched
    )


def _write_again(
    store: Store, dataset: Dataset, queries: set[PlaceQuery], resolver: Resolver, progress: Progress | None
) -> int:
    tell = progress or silent
    tell("placing again", 0, dataset.incidents)
    names = {query.name for query in queries}
    asked = {table: places_of(store.reader(), dataset.dataset_id, table, names) for table in _TABLES}
    found = {table: _answered_anew(rows, queries, resolver) for table, rows in asked.items()}
    changed = sum(len(each.rows) for each in found.values())
    if changed:
        places = Counter(dataset.places)
        for old, new in found["incidents"].standings:
            places.subtract(_tallied(*old))
            places.update(_tallied(*new))
        with store.new_generation(dataset.dataset_id) as writer:
            for table, each in found.items():
                if len(each.rows):
                    writer.change(table, each.rows)
            writer.commit(replace(dataset, places=dict(places)))
    tell("placing again", dataset.incidents, dataset.incidents)
    return changed


Standing = tuple[str | None, bool]
"""Precision, and whether the answer was ambiguous."""


@dataclass(frozen=True, slots=True)
class _Anew:
    """Rows whose answer changes: their keys with the new answer, and their standings before and after."""

    rows: pa.Table
    standings: list[tuple[Standing, Standing]]


def _answered_anew(rows: pa.Table, queries: set[PlaceQuery], resolver: Resolver) -> _Anew:
    keys = [name for name in rows.column_names if name not in (*NAMES, *ANSWERED)]
    changed: list[dict[str, object]] = []
    standings = []
    for row in rows.to_pylist():
        query = PlaceQuery(*(row[name] for name in NAMES))
        if query not in queries:
            continue
        answer = no_better_than(resolver.resolve(query), allowed(row["geo_match"]))
        cells = cells_of(answer)
        if any(row[name] != cell for name, cell in cells.items()):
            changed.append({**{name: row[name] for name in keys}, **cells})
            before = row["geo_precision"], says_ambiguous(row["geo_match"])
            standings.append((before, (answer.geo_precision, answer.status == "ambiguous")))
    fields = [SITES.field(name) for name in (*keys, *ANSWERED)]
    return _Anew(pa.Table.from_pylist(changed, pa.schema(fields)), standings)


def _tallied(precision: str | None, is_ambiguous: bool) -> Iterable[str]:
    """What a dataset's counts of places say of one incident."""
    return [precision or "unlocated", *(["ambiguous"] if is_ambiguous else [])]
