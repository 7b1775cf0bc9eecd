"""Map: the cells of a viewport, its further sites, and the bounds of what the filter finds."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from incidents.model.filters import IncidentFilter
from incidents.model.mercator import MAX_LATITUDE, WORLD, WORLD_BITS, cell_shift, project_point
from incidents.model.schema import incident_id
from incidents.queries import map_cells
from incidents.queries.asking import Panel, ask
from incidents.queries.shape import shape_of
from incidents.store import Reader
from incidents.views.values import Extent, MapCell, MapView, Viewport

MOST_SITES = 300
"""More linked marks than this in one view are a tangle: none is drawn."""

MOST_AT_POINT = 500

MOST_EMPTY = 16
"""A grid with more cells than this for each that may be drawn is too fine to try."""


@dataclass(frozen=True, slots=True)
class _Window:
    """The viewport in mercator integers, widened to whole cells, so that a cell's count does not change as it enters."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def crosses(self) -> bool:
        return self.left > self.right

    def cells(self, shift: int) -> int:
        """How many the grid has in it, empty ones too."""
        width = (self.right - self.left) % WORLD + 1
        return (width >> shift) * ((self.bottom - self.top + 1) >> shift)

    def values(self) -> dict[str, int]:
        return {f"view_{name}": getattr(self, name) for name in ("left", "top", "right", "bottom")}


def map_view(reader: Reader, wanted: IncidentFilter, viewport: Viewport, most: int = 600) -> MapView:
    """Where more than `most` cells would come, the grid is made coarser: no incident is left out."""
    rows, window = gridded(reader, wanted, map_cells.cells, viewport, cell_shift(viewport.zoom), most)
    cells = [cell_of(row) for row in rows]
    shown = sum(cell.n for cell in cells)
    if shape_of(wanted, reader.datasets).has_sites:
        cells += _further_sites(reader, wanted, window)
    return MapView(tuple(cells), shown)


def gridded(
    reader: Reader, wanted: IncidentFilter, panel: Panel, viewport: Viewport, shift: int, most: int
) -> tuple[list[dict[str, Any]], _Window]:
    """The rows of a panel of cells, at the finest grid from `shift` on that has at most `most`; and the window they fill."""
    while _window(viewport, shift).cells(shift) > MOST_EMPTY * most:
        shift += 1
    while True:
        window = _window(viewport, shift)
        rows = ask(reader, wanted, panel, window.crosses, **window.values(), shift=shift, limit=most + 1).to_pylist()
        if len(rows) <= most or shift >= WORLD_BITS:
            return rows, window
        shift += 1


def extent(reader: Reader, wanted: IncidentFilter) -> Extent | None:
    row = ask(reader, wanted, map_cells.extent, shape_of(wanted, reader.datasets).has_sites).to_pylist()[0]
    return Extent(**row) if row["south"] is not None else None


def at_point(
    reader: Reader, wanted: IncidentFilter, south: float, west: float, north: float, east: float
) -> pd.DataFrame:
    """The newest incidents of one cell, with `is_area` to tell the two cells of one place apart."""
    box = {"at_south": south, "at_west": west, "at_north": north, "at_east": east}
    frame: pd.DataFrame = ask(reader, wanted, map_cells.at_point, **box, limit=MOST_AT_POINT).to_pandas()
    return frame


def cell_of(row: dict[str, Any]) -> MapCell:
    single = row["count"] == 1
    return MapCell(
        latitude=row["latitude"],
        longitude=row["longitude"],
        n=row["count"],
        dead=row["dead"],
        is_area=row["is_area"],
        geo_precision=row["geo_precision"] if single else None,
        incident_id=incident_id(row["dataset_id"], row["source_row"]) if single else None,
        event_types=tuple(zip(row["event_types"], row["event_type_counts"], strict=True)),
        south=row["south"],
        west=row["west"],
        north=row["north"],
        east=row["east"],
        one_point=row["south"] == row["north"] and row["west"] == row["east"],
    )


def _further_sites(reader: Reader, wanted: IncidentFilter, window: _Window) -> list[MapCell]:
    rows = ask(
        reader, wanted, map_cells.further_sites, window.crosses, **window.values(), limit=MOST_SITES + 1
    ).to_pylist()
    if len(rows) > MOST_SITES:
        return []
    return [
        MapCell(
            latitude=row["latitude"],
            longitude=row["longitude"],
            n=0,
            dead=None,
            is_area=row["is_area"],
            geo_precision=row["geo_precision"],
            incident_id=row["incident_id"],
            event_types=((row["event_type"] or "", 0),),
            south=row["latitude"],
            west=row["longitude"],
            north=row["latitude"],
            east=row["longitude"],
            one_point=True,
            from_latitude=row["from_latitude"],
            from_longitude=row["from_longitude"],
        )
        for row in rows
    ]


def _window(viewport: Viewport, shift: int) -> _Window:
    north = min(viewport.north, MAX_LATITUDE)
    south = max(viewport.south, -MAX_LATITUDE)
    if viewport.east - viewport.west >= 360.0:
        left, right = 0, WORLD - 1
    else:
        left, _ = project_point(0.0, _wrapped(viewport.west))
        right, _ = project_point(0.0, _wrapped(viewport.east))
    _, top = project_point(north, 0.0)
    _, bottom = project_point(south, 0.0)
    size = 1 << shift
    last = size - 1
    return _Window(left // size * size, top // size * size, right // size * size + last, bottom // size * size + last)


def _wrapped(longitude: float) -> float:
    """Leaflet counts on beyond the date line; 180 itself stays."""
    if -180.0 <= longitude <= 180.0:
        return longitude
    return (longitude + 180.0) % 360.0 - 180.0
