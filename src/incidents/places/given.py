"""Coordinates that a file gives: which are impossible, which are swapped, which lie far outside the stated country."""

import csv
import gzip
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from incidents.model.resources import data_file
from incidents.places.countries import find_country

Floats = NDArray[np.float64]
MARGIN = 1.0  # degrees around a country's provinces: coasts, rough borders, ships off shore
SURELY_OUTSIDE = 3.0  # degrees: a warning below, still kept; coordinates that a file gives win unless impossible


@dataclass(frozen=True, slots=True)
class Checked:
    """`latitude` and `longitude` with swapped pairs repaired and impossible ones NaN. `reason` per row, None when fine.

    `is_repaired`: swapped back; `is_dropped`: impossible, the names decide.
    """

    latitude: Floats
    longitude: Floats
    reason: list[str | None]
    is_repaired: NDArray[np.bool_]
    is_dropped: NDArray[np.bool_]


def check(latitude: Floats, longitude: Floats, country: Sequence[str | None] | pa.ChunkedArray) -> Checked:
    """Rows without either coordinate (NaN) pass without a reason; a country not known is not checked against."""
    lat, lon = np.asarray(latitude, dtype=float), np.asarray(longitude, dtype=float)
    size = len(lat)
    reason = np.full(size, None, dtype=object)
    half = np.isnan(lat) != np.isnan(lon)
    located = ~np.isnan(lat) & ~np.isnan(lon)
    zero = located & (lat == 0) & (lon == 0)
    possible = (np.abs(lat) <= 90) & (np.abs(lon) <= 180)
    could_swap = located & (np.abs(lat) <= 180) & (np.abs(lon) <= 90) & (lat != lon)
    swap_fits, is_far = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    names = country if isinstance(country, pa.ChunkedArray) else pa.chunked_array([pa.array(country, pa.string())])
    distinct = pc.unique(names)
    where = pc.index_in(names, distinct).to_numpy()
    for number, name in enumerate(distinct.to_pylist()):
        found = find_country(name)
        boxes = _boxes().get(found.iso2) if found else None
        if boxes is None:
            continue
        rows = np.flatnonzero((where == number) & located)
        rows = rows[~_within(boxes, lat[rows], lon[rows], MARGIN)]
        swap_fits[rows] = _within(boxes, lon[rows], lat[rows], MARGIN)
        is_far[rows] = ~_within(boxes, lat[rows], lon[rows], SURELY_OUTSIDE)
    swapped = could_swap & ~zero & swap_fits
    dropped = (zero | half | (located & ~possible)) & ~swapped
    far = located & ~swapped & ~dropped & is_far
    reason[half] = "only one of latitude and longitude is given"
    reason[located & ~possible] = "latitude or longitude is out of range"
    reason[zero] = "latitude and longitude are both 0"
    reason[swapped] = "latitude and longitude were swapped; exchanged, which puts them in the stated country"
    reason[far] = "the coordinates lie far outside the stated country; kept as given"
    new_lat = np.where(dropped, np.nan, np.where(swapped, lon, lat))
    new_lon = np.where(dropped, np.nan, np.where(swapped, lat, lon))
    return Checked(new_lat, new_lon, list(reason), swapped, dropped)


def _within(boxes: Floats, lat: Floats, lon: Floats, margin: float) -> NDArray[np.bool_]:
    inside = np.zeros(len(lat), dtype=bool)
    rows = np.arange(len(lat))  # in no box yet
    for south, west, north, east in boxes:
        y, x = lat[rows], lon[rows]
        found = (y >= south - margin) & (y <= north + margin) & (x >= west - margin) & (x <= east + margin)
        inside[rows[found]] = True
        rows = rows[~found]
    return inside


@cache
def _boxes() -> dict[str, Floats]:
    """South, west, north, east of each province, by country: tighter than one box around islands and dependencies."""
    text = gzip.decompress(data_file("provinces.csv.gz").read_bytes()).decode("utf-8")
    boxes: dict[str, list[list[float]]] = {}
    for row in csv.DictReader(io.StringIO(text, newline="")):
        boxes.setdefault(row["iso2"], []).append([float(row[side]) for side in ("south", "west", "north", "east")])
    return {country: np.array(rows) for country, rows in boxes.items()}
