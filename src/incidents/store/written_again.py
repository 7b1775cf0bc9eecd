"""A new generation for an engine that cannot change cells: every row is read, and written again with the changes."""

from collections.abc import Callable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from incidents.model.dataset import Dataset
from incidents.store.contract import DatasetWriter
from incidents.store.incoming import CHANGING, KEYS, TABLES, changes


class WrittenAgain:
    """`rows` gives those of one table of the earlier generation."""

    def __init__(self, writer: DatasetWriter, rows: Callable[[str], Iterator[pa.RecordBatch]]) -> None:
        self._writer = writer
        self._rows = rows
        self._changes: dict[str, pa.Table] = {}

    def change(self, table: str, rows: pa.Table) -> None:
        self._changes[table] = changes(table, rows)

    def commit(self, dataset: Dataset) -> Dataset:
        for name in TABLES:
            for batch in self._rows(name):
                rows = pa.Table.from_batches([batch])
                if name in self._changes:
                    rows = changed(name, rows, self._changes[name])
                self._writer.add(**{name: rows})
        return self._writer.commit(dataset)


def changed(name: str, rows: pa.Table, coming: pa.Table) -> pa.Table:
    """The rows with the cells of those that `coming` has, by their keys."""
    places = pc.index_in(_key(name, rows), _key(name, coming))
    is_coming = pc.is_valid(places)
    taken = coming.take(pc.drop_null(places))
    for column in CHANGING:
        number = rows.schema.get_field_index(column)
        cells = pc.replace_with_mask(
            rows[column].combine_chunks(), is_coming.combine_chunks(), taken[column].combine_chunks()
        )
        rows = rows.set_column(number, rows.schema.field(number), cells)
    return rows


def _key(name: str, rows: pa.Table) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(*(rows[column].cast(pa.string()) for column in KEYS[name]), " ")
