"""The file's other columns, kept beside each incident as header -> cell."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def extra_map(table: pa.Table, columns: Mapping[str, str], replaced: Mapping[str, np.ndarray]) -> pa.Array:
    """`columns` (column -> name) with every filled cell; of the columns of `replaced` the cells of the rows marked there."""
    n = table.num_rows
    names = [*columns, *(name for name in replaced if name not in columns)]
    if not names or not n:
        return pa.MapArray.from_arrays(
            pa.array(np.zeros(n + 1, dtype=np.int32)), pa.array([], pa.string()), pa.array([], pa.string())
        )
    parts, masks = [], []
    for name in names:
        cells = pc.utf8_trim_whitespace(table.column(name))
        filled = pc.not_equal(cells, "").to_numpy(zero_copy_only=False).astype(bool)
        masks.append(filled if name in columns else filled & replaced[name])
        parts.append(cells)
    mask = np.column_stack(masks)
    rows, which = np.nonzero(mask)
    offsets = np.concatenate(([0], np.cumsum(mask.sum(axis=1)))).astype(np.int32)
    chunks = [chunk for part in parts for chunk in (part.chunks if isinstance(part, pa.ChunkedArray) else [part])]
    everything = pa.concat_arrays(chunks)
    items = everything.take(pa.array(which * n + rows))
    keys = pa.array([columns.get(name, name) for name in names], pa.string()).take(pa.array(which))
    return pa.MapArray.from_arrays(pa.array(offsets), keys, items)
