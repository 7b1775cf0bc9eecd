"""Placing incidents of the store again: after a decision, its undoing, or another gazetteer."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from incidents.ingest.own_places import NAMES, looked_up
from incidents.ingest.places import ANSWERED, cells_of
from incidents.ingest.precision import allowed, no_better_than
from incidents.model.dataset import Dataset
from incidents.model.place import PlaceQuery
from incidents.places.answers import says_ambiguous
from incidents.places.resolver import Resolver
from incidents.store import Store

Progress = Callable[[str, int, int | None], None]


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
    changed, places, done = 0, Counter(dataset.places), 0
    with store.new_generation(dataset.dataset_id) as writer:
        for batch in store.rows(dataset.dataset_id, "incidents"):
            table, rows = _placed_again(pa.Table.from_batches([batch]), queries, resolver)
            for old, new in rows:
                places.subtract(_tallied(*old))
                places.update(_tallied(*new))
            changed += len(rows)
            writer.add(incidents=table)
            done += len(table)
            if progress is not None:
                progress("placing again", done, dataset.incidents)
        for batch in store.rows(dataset.dataset_id, "sites"):
            table, rows = _placed_again(pa.Table.from_batches([batch]), queries, resolver)
            changed += len(rows)
            writer.add(sites=table)
        for name in ("rejected", "notes"):
            for batch in store.rows(dataset.dataset_id, name):
                writer.add(**{name: pa.Table.from_batches([batch])})
        if changed:
            writer.commit(replace(dataset, places=dict(places)))
    return changed


Standing = tuple[str | None, bool]
"""Precision, and whether the answer was ambiguous."""


def _placed_again(
    table: pa.Table, queries: set[PlaceQuery], resolver: Resolver
) -> tuple[pa.Table, list[tuple[Standing, Standing]]]:
    """The table with new answers, and before and after of each row that changed."""
    names = [query.name for query in queries]
    maybe = pc.and_(pc.is_in(table["location"], value_set=pa.array(names, pa.string())), _is_looked_up(table))
    rows = pc.indices_nonzero(maybe.combine_chunks()).to_pylist()
    if not rows:
        return table, []
    keys = zip(*(table[name].take(rows).to_pylist() for name in NAMES), strict=True)
    asked = [
        (row, query) for row, query in zip(rows, (PlaceQuery(*key) for key in keys), strict=True) if query in queries
    ]
    columns = {name: table[name].to_pylist() for name in ANSWERED}
    changed = []
    for row, query in asked:
        old = tuple(columns[name][row] for name in ANSWERED)
        answer = no_better_than(resolver.resolve(query), allowed(columns["geo_match"][row]))
        new = tuple(cells_of(answer).values())
        if new == old:
            continue
        for name, value in zip(ANSWERED, new, strict=True):
            columns[name][row] = value
        changed.append(
            ((old[2], says_ambiguous(old[5])), (answer.geo_precision, answer.status == "ambiguous")),
        )
    if not changed:
        return table, []
    for name, values in columns.items():
        place = table.schema.get_field_index(name)
        field = table.schema.field(place)
        table = table.set_column(place, field, pa.array(values, field.type))
    return table, changed


def _is_looked_up(table: pa.Table) -> pa.ChunkedArray:
    return pc.fill_null(pc.not_equal(table["geo_source"], "given"), True)


def _tallied(precision: str | None, is_ambiguous: bool) -> Iterable[str]:
    """What a dataset's counts of places say of one incident."""
    return [precision or "unlocated", *(["ambiguous"] if is_ambiguous else [])]
