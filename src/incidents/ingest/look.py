"""What a file looks like before its rows are normalised: its columns, three cells of each, and the proposed mapping."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from incidents.ingest.opened import Opened
from incidents.reading.layouts import Layout, recognise

SAMPLES = 3
SAMPLE_ROWS = 500  # looked at for samples
SAMPLE_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Look:
    """`mapping` is field -> columns; `samples` column -> its first distinct cells, cut; `confidence` is of proposed fields."""

    file: str
    layout: str
    reason: str
    read: int
    columns: tuple[str, ...]
    samples: dict[str, tuple[str, ...]]
    mapping: dict[str, tuple[str, ...]]
    confidence: dict[str, float]
    is_remembered: bool


def look(opened: Opened) -> Look:
    """Raises UnusableFile where the file follows no usable layout."""
    raw = opened.raw
    layout: Layout = recognise(raw, layout=opened.options.layout, overrides=opened.options.mapping)
    return Look(
        file=raw.name,
        layout=layout.name,
        reason=layout.reason,
        read=raw.read,
        columns=raw.columns,
        samples={column: _samples(raw.table.column(column)) for column in raw.columns},
        mapping=dict(layout.mapping),
        confidence=dict(layout.confidence),
        is_remembered=opened.is_remembered,
    )


def _samples(cells: pa.ChunkedArray) -> tuple[str, ...]:
    distinct = pc.unique(cells.slice(0, SAMPLE_ROWS)).to_pylist()
    filled = [cell for cell in distinct if cell and not cell.isspace()][:SAMPLES]
    return tuple(cell if len(cell) <= SAMPLE_CHARACTERS else cell[: SAMPLE_CHARACTERS - 1] + "…" for cell in filled)
