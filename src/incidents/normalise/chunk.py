"""What the readers of one batch of rows share."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from incidents.normalise.actors import actor_names
from incidents.normalise.casualties import FigureRead, parse_figure
from incidents.normalise.cells import Cells, Remembered, cells_of, encode, shortened
from incidents.normalise.date_read import DateRead
from incidents.normalise.dates import parse_date
from incidents.normalise.notes import NoteList
from incidents.normalise.options import ImportPlan
from incidents.normalise.places_in_text import IsPlace, PlacesRead, parse_places

_SHORT_DAY = (r"^\s*(\d{4}-\d\d-\d\d)[ T]\d\d:\d\d(:\d\d(\.\d+)?)?Z?\s*$", r"\1")


@dataclass(slots=True)
class Parsers:
    """What a cell means, each distinct one worked out once over a whole import."""

    dates: Remembered[DateRead]
    figures: Remembered[FigureRead]
    places: Remembered[PlacesRead]
    actors: Remembered[str | None]


def parsers(is_place: IsPlace | None) -> Parsers:
    def figure(cell: str, injured: bool) -> FigureRead:
        return parse_figure(cell, injured=injured)

    def places(cell: str, country: str | None, is_one: bool) -> PlacesRead:
        return parse_places(cell, country, is_place, is_one=is_one)

    return Parsers(Remembered(parse_date), Remembered(figure), Remembered(places), Remembered(actor_names().canonical))


@dataclass(slots=True)
class Chunk:
    """Some rows of the raw table. `replaced` marks, by column, the rows whose own cell is kept in `extra` because the
    canonical value differs from it."""

    table: pa.Table
    lines: np.ndarray
    dataset_id: str
    plan: ImportPlan
    parsers: Parsers
    notes: NoteList
    replaced: dict[str, np.ndarray] = field(default_factory=dict)
    _cells: dict[str, Cells] = field(default_factory=dict)
    _encoded: dict[str, pa.DictionaryArray] = field(default_factory=dict)

    @property
    def n(self) -> int:
        return int(self.table.num_rows)

    def cells(self, name: str) -> Cells | None:
        """The column of a field; None where the file has none."""
        column = self.plan.layout.column(name)
        if column is None:
            return None
        if column not in self._cells:
            self._cells[column] = cells_of(column, self.encoded(column))
        return self._cells[column]

    def encoded(self, column: str) -> pa.DictionaryArray:
        """A column of the file by distinct cell."""
        if column not in self._encoded:
            self._encoded[column] = encode(self.table, column)
        return self._encoded[column]

    def days(self, name: str) -> Cells | None:
        """The same of a column of dates, without the time of day behind an ISO date."""
        column = self.plan.layout.column(name)
        if column is None:
            return None
        if (key := f"{column}\0days") not in self._cells:
            self._cells[key] = cells_of(column, shortened(self.encoded(column), *_SHORT_DAY))
        return self._cells[key]

    def codes(self, name: str) -> dict[str, str]:
        return dict(self.plan.layout.codes.get(name, {}))

    def keep(self, cells: Cells, is_replaced: list[bool]) -> None:
        """Keeps the file's own cell where its distinct cell is marked."""
        if any(is_replaced):
            self.replaced[cells.column] = cells.where(is_replaced)

    def constant(self, value: str) -> pa.Array:
        return pa.array([value], pa.string()).take(pa.array(np.zeros(self.n, dtype=np.int64)))


CellsOf = Callable[[str], Cells | None]
