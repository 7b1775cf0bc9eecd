"""The figure columns of a batch."""

import numpy as np
import pyarrow as pa

from incidents.model.schema import figure_columns
from incidents.normalise.chunk import Chunk
from incidents.normalise.row_figures import NONE, check_sum, read_figures


def read_tolls(chunk: Chunk) -> dict[str, pa.Array]:
    """All figure columns, `from_words`, and `attackers_included` where the file counts the attackers' dead apart."""
    figures = read_figures(chunk.cells, chunk.parsers.figures, chunk.notes, chunk.n)
    columns: dict[str, pa.Array] = {}
    attackers = chunk.cells("attackers_killed")
    if attackers is not None and chunk.cells("fatalities_actor1") is None:
        # GTD: nkill holds the attackers' dead too, and gname, the attacker, is actor1.
        only = read_figures(
            lambda name: attackers if name == "fatalities_actor1" else None, chunk.parsers.figures, chunk.notes, chunk.n
        )
        figures["fatalities_actor1"] = only["fatalities_actor1"]
        known = figures["fatalities_actor1"].best != NONE
        columns["attackers_included"] = pa.array(np.where(known, "yes", "unknown").astype(object), pa.string())
    for figure, read in figures.items():
        for column, array in zip(figure_columns(figure), read.arrays(), strict=True):
            columns[column] = array
            if (cells := chunk.cells(column)) is not None:
                chunk.keep(cells, [not _is_plain_number(cell) for cell in cells.distinct])
    words = figures["fatalities"].from_words
    if (stated := chunk.cells("from_words")) is not None:
        words = words | stated.where([cell.lower() in ("true", "yes", "1") for cell in stated.distinct])
    columns["from_words"] = pa.array(words)
    if chunk.plan.layout.name == "ucdp-ged":
        check_sum(figures, chunk.plan.layout.column("fatalities") or "best", chunk.notes)
    return columns


def _is_plain_number(cell: str) -> bool:
    number = cell.removesuffix(".0")
    return not cell or (number.isascii() and number.isdecimal())
