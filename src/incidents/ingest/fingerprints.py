"""Incidents as numbers that are equal for equal content, so that two versions of a file can be compared."""

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from incidents.model.schema import FIGURES, figure_columns

Hashes = NDArray[np.uint64]
Table: TypeAlias = pa.Table | pa.RecordBatch

CONTENT = (
    "event_date", "event_date_end", "time_precision", "event_type", "sub_event_type", "actor1", "actor2", "responsibility",
    "country", "admin1", "admin2", "location", *(column for figure in FIGURES for column in figure_columns(figure)),
    "attackers_included", "source", "source_date", "source_url", "notes",
)  # fmt: skip
"""What the file says; neither our numbering nor what the place index answered, which may change by itself."""

GIVEN = ("latitude", "longitude", "geo_precision")
"""Content only where the file gives the coordinates."""

_PART, _NOTHING = "\x1f", "\x00"


def ids(table: Table) -> Hashes:
    """Of the file's own ids; 0 where there is none."""
    column = table["source_id"]
    made = _hashed(pc.fill_null(column, ""))
    made[pc.is_null(column).to_numpy(zero_copy_only=False)] = 0
    return made


def contents(table: Table, further: dict[str, str]) -> Hashes:
    """Of everything else that the file says; `further` is incident_id -> names of its further sites."""
    given = pc.fill_null(pc.equal(table["geo_source"], "given"), False)
    parts = [_text(table[name]) for name in CONTENT]
    parts += [pc.if_else(given, _text(table[name]), _NOTHING) for name in GIVEN]
    parts.append(_extra(table["extra"]))
    if further:
        names = [further.get(incident_id, "") for incident_id in table["incident_id"].to_pylist()]
        parts.append(pa.array(names, pa.string()))
    else:
        parts.append(pa.repeat("", len(table)))
    return _hashed(pc.binary_join_element_wise(*(_whole(part) for part in parts), _PART))


def further_names(batches: Iterable[Table]) -> dict[str, str]:
    """incident_id -> names of its further sites, in order."""
    found: dict[str, str] = {}
    for batch in batches:
        for incident_id, name in zip(batch["incident_id"].to_pylist(), batch["location"].to_pylist(), strict=True):
            found[incident_id] = f"{found.get(incident_id, '')}{_PART}{name or ''}"
    return found


def _text(column: pa.Array) -> pa.Array:
    return pc.fill_null(pc.cast(column, pa.string()), _NOTHING)


def _extra(column: pa.Array) -> pa.Array:
    """ "column=cell" of every cell that is kept beside the schema, joined."""
    whole = _whole(column)
    pairs = pc.binary_join_element_wise(whole.keys, pc.fill_null(whole.items, _NOTHING), "=")
    return pc.binary_join(pa.ListArray.from_arrays(whole.offsets, pairs), _PART)


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _hashed(texts: pa.Array | pa.ChunkedArray) -> Hashes:
    return np.array(pd.util.hash_array(texts.to_numpy(zero_copy_only=False).astype(object), categorize=False))
