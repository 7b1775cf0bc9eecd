"""Low, best and high of the rows of a batch."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from incidents.model.schema import FIGURES, figure_columns
from incidents.normalise.casualties import FigureRead
from incidents.normalise.cells import Cells, Remembered
from incidents.normalise.notes import NoteList

NONE = -1
CellsOf = Callable[[str], Cells | None]


@dataclass(slots=True)
class RowFigure:
    """Numbers of each row; NONE where there is none."""

    low: np.ndarray
    best: np.ndarray
    high: np.ndarray
    from_words: np.ndarray

    def arrays(self) -> tuple[pa.Array, pa.Array, pa.Array]:
        return tuple(pa.array(part.astype(np.int32), mask=part == NONE) for part in (self.low, self.best, self.high))


def read_figures(cells_of: CellsOf, parse: Remembered[FigureRead], notes: NoteList, n: int) -> dict[str, RowFigure]:
    """By figure of schema.FIGURES; those without a column are unknown throughout."""
    return {figure: _figure(figure, cells_of, parse, notes, n) for figure in FIGURES}


def _figure(figure: str, cells_of: CellsOf, parse: Remembered[FigureRead], notes: NoteList, n: int) -> RowFigure:
    low_cells, best_cells, high_cells = (cells_of(column) for column in figure_columns(figure))
    nothing = np.full(n, NONE, dtype=np.int64)
    found = RowFigure(nothing, nothing, nothing, np.zeros(n, dtype=bool))
    injured = figure == "injured"
    if best_cells is not None:
        found = _spread(best_cells, parse, notes, injured)
    if low_cells is None and high_cells is None:
        return found
    low, high = nothing, nothing
    if low_cells is not None:
        low = _one_number(_spread(low_cells, parse, notes, injured), "low")
    if high_cells is not None:
        high = _one_number(_spread(high_cells, parse, notes, injured), "high")
        stated_range = found.high != found.best  # "10-15" in the best column itself
        found.high = np.where(high != NONE, high, np.where(stated_range, found.high, NONE))
    found.low = np.where(low != NONE, low, found.low)
    _note_disorder(found, best_cells or low_cells or high_cells, notes)
    return found


def _spread(cells: Cells, parse: Remembered[FigureRead], notes: NoteList, injured: bool) -> RowFigure:
    reads = [parse(cell, injured) for cell in cells.distinct]
    notes.for_cells(cells, [read.note for read in reads])
    figures = [read.figure for read in reads]

    def column(values: list[int | None]) -> np.ndarray:
        numbers: np.ndarray = np.array([NONE if value is None else value for value in values], dtype=np.int64)[
            cells.codes
        ]
        return numbers

    return RowFigure(
        column([f.low for f in figures]),
        column([f.best for f in figures]),
        column([f.high for f in figures]),
        cells.where([f.from_words for f in figures]),
    )


def _one_number(found: RowFigure, end: str) -> np.ndarray:
    """A cell of a low or high column is one number; of a range its own end."""
    own = found.low if end == "low" else found.high
    return np.where(own != NONE, own, found.best)


def _note_disorder(found: RowFigure, cells: Cells | None, notes: NoteList) -> None:
    """The file's numbers stay as they are where low, best and high do not rise (200 rows of UCDP's Pakistan file);
    totals keep their order by themselves, see model.figures.total."""
    low, best, high = found.low, found.best, found.high
    wrong = ((low != NONE) & (best != NONE) & (low > best)) | ((high != NONE) & (np.maximum(best, low) > high))
    for row in np.flatnonzero(wrong).tolist():
        stated = f"low {low[row]}, best {best[row]}, high {high[row]}".replace("-1", "none")
        notes.at(row, cells.column if cells else "", stated, "low, best and high are not in rising order")


def check_sum(figures: dict[str, RowFigure], column: str, notes: NoteList) -> None:
    """UCDP: best = a + b + civilians + unknown; a row that fails gets a note."""
    sides = [figures[f"fatalities_{side}"].best for side in ("actor1", "actor2", "civilians", "unknown")]
    known = np.all([side != NONE for side in sides], axis=0) & (figures["fatalities"].best != NONE)
    total = np.sum(sides, axis=0)
    for row in np.flatnonzero(known & (total != figures["fatalities"].best)).tolist():
        best = int(figures["fatalities"].best[row])
        notes.at(
            row, column, str(best), f"the best figure is {best}, the dead of the sides add up to {int(total[row])}"
        )
