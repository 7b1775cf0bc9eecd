"""Rows that equal an earlier one in every cell."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Rows = NDArray[np.int64]
_LOOKED_AT = 2_000  # rows, to guess which columns tell most rows apart


def repeated_rows(table: pa.Table) -> tuple[Rows, Rows]:
    """(row, the first row that it repeats), in the order of the rows."""
    rows = np.arange(table.num_rows)
    groups = np.zeros(table.num_rows, dtype=np.int64)
    for name in _most_telling_first(table):
        if not len(rows):
            break
        column = table.column(name)
        codes, distinct = _codes(column if len(rows) == len(column) else column.take(pa.array(rows)))
        _, groups, sizes = np.unique(groups * distinct + codes, return_inverse=True, return_counts=True)
        is_shared = sizes[groups] > 1
        rows, groups = rows[is_shared], groups[is_shared]
    _, firsts, places = np.unique(groups, return_index=True, return_inverse=True)
    first = rows[firsts][places]
    is_repeat = rows != first
    return rows[is_repeat], first[is_repeat]


def _most_telling_first(table: pa.Table) -> list[str]:
    distinct = {name: pc.count_distinct(table.column(name).slice(0, _LOOKED_AT)).as_py() for name in table.column_names}
    return sorted(distinct, key=lambda name: -distinct[name])


def _codes(column: pa.ChunkedArray) -> tuple[Rows, int]:
    """A number for each cell, equal for equal cells, and how many different ones there are."""
    encoded = column.dictionary_encode()
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in encoded.chunks])
    return codes.astype(np.int64), len(encoded.chunk(0).dictionary)
