"""The place columns of a batch, and the names of its sites."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from incidents.normalise.cells import Cells, spread
from incidents.normalise.chunk import Chunk
from incidents.normalise.digits import plain
from incidents.normalise.places_in_text import NO_PLACE, PlacesRead
from incidents.normalise.row_places import read_coordinates, read_names, read_precision
from incidents.normalise.sites import first_names


@dataclass(frozen=True, slots=True)
class RowSites:
    """`columns` by name; the rest as in Batch."""

    columns: dict[str, pa.Array]
    reads: list[PlacesRead]
    codes: np.ndarray
    given: np.ndarray


def read_sites(chunk: Chunk, texts: dict[str, pa.Array]) -> RowSites:
    """Coordinates, precision and names; `texts` has the columns that a place cell may complete."""
    lat, lon = read_coordinates(
        chunk.cells("latitude"), chunk.cells("longitude"), chunk.cells("coordinates"), chunk.notes, chunk.n
    )
    given = ~(np.isnan(lat) | np.isnan(lon))
    precision_cells = chunk.cells("geo_precision")
    columns = {
        "latitude": pa.array(lat, mask=~given),
        "longitude": pa.array(lon, mask=~given),
        "geo_precision": pa.array(
            read_precision(precision_cells, chunk.codes("geo_precision"), given, chunk.notes), pa.string()
        ),
    }
    if chunk.plan.is_own:
        columns |= _own_columns(chunk)
    reads, codes = _names(chunk, given)
    columns["location"] = spread([read.names[0] if read.names else None for read in reads], codes, pa.string())
    for name in ("admin1", "country"):
        in_cell = [getattr(read, name) for read in reads]
        if any(in_cell):
            stated = texts.get(name, pa.nulls(chunk.n, pa.string()))
            columns[name] = pc.coalesce(stated, spread(in_cell, codes, pa.string()))
    return RowSites(columns, reads, codes, given)


def _names(chunk: Chunk, given: np.ndarray) -> tuple[list[PlacesRead], np.ndarray]:
    location, further = chunk.cells("location"), chunk.cells("further_sites")
    if (
        location is not None and further is not None
    ):  # an export of this program: the further sites have their own column
        location = first_names(location, further)
        return [PlacesRead((cell,)) if cell else NO_PLACE for cell in location.distinct], location.codes
    reads, codes = read_names(location, chunk.cells("country"), given, chunk.parsers.places, chunk.n)
    if location is not None:
        _keep_location(chunk, location, reads, codes)
    return reads, codes


def _keep_location(chunk: Chunk, location: Cells, reads: list[PlacesRead], codes: np.ndarray) -> None:
    """The file's own cell is kept where the names are not simply it."""
    single = np.array([read.names[0] if len(read.names) == 1 else "" for read in reads], dtype=object)[codes]
    same = single == np.array(location.distinct, dtype=object)[location.codes]
    if (changed := location.filled() & ~same).any():
        chunk.replaced[location.column] = changed


def _own_columns(chunk: Chunk) -> dict[str, pa.Array]:
    """How the place was found, as an export of this program says it."""
    columns = {}
    if (cells := chunk.cells("geo_source")) is not None:
        columns["geo_source"] = cells.strings()
    if (cells := chunk.cells("geo_radius_km")) is not None:
        columns["geo_radius_km"] = spread([_number(cell) for cell in cells.distinct], cells.codes, pa.float64())
    return columns


def _number(cell: str) -> float | None:
    try:
        return float(plain(cell)) if cell else None
    except ValueError:
        return None
