"""Heat: where incidents are dense, by a grid finer than the map's marks."""

from dataclasses import dataclass

from incidents.model.filters import IncidentFilter
from incidents.model.mercator import cell_shift
from incidents.queries import map_cells
from incidents.store import Reader
from incidents.views.map import cell_of, gridded
from incidents.views.values import MapCell, Viewport

FINER_BITS = 2
"""Cells of a quarter of the marks' 64 pixels."""


@dataclass(frozen=True, slots=True)
class HeatPoint:
    """The middle of a cell's incidents; `dead` is the sum of bests, 0 also where none has a figure."""

    latitude: float
    longitude: float
    incidents: int
    dead: int


@dataclass(frozen=True, slots=True)
class HeatView:
    """`areas` are the marks of incidents known to a district or less: no heat, since they have no spot."""

    points: tuple[HeatPoint, ...]
    areas: tuple[MapCell, ...]
    without_figure: int  # of the points' incidents

    @property
    def shown(self) -> int:
        return sum(point.incidents for point in self.points) + sum(cell.n for cell in self.areas)


def heat_view(reader: Reader, wanted: IncidentFilter, viewport: Viewport, most: int = 1500) -> HeatView:
    """Where more than `most` cells would come, the grid is made coarser: no incident is left out."""
    shift = cell_shift(viewport.zoom)
    cells, _ = gridded(reader, wanted, map_cells.heat_cells, viewport, max(0, shift - FINER_BITS), most)
    areas, _ = gridded(reader, wanted, map_cells.area_cells, viewport, shift, most)
    points = tuple(HeatPoint(row["latitude"], row["longitude"], row["count"], row["dead"] or 0) for row in cells)
    return HeatView(points, tuple(cell_of(row) for row in areas), sum(row["without_figure"] for row in cells))
