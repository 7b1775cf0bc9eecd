"""Coordinates, precision and place names of the rows of a batch."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from incidents.model.schema import GEO_PRECISIONS
from incidents.normalise.cells import Cells, Remembered, paired
from incidents.normalise.coordinates import parse_degrees, parse_pair
from incidents.normalise.notes import NoteList
from incidents.normalise.places_in_text import NO_PLACE, PlacesRead

_PLAIN_DEGREES = r"\A-?\d{1,3}(\.\d+)?\z"
_NO_COORDINATE = ("na", "n/a", "nan", "null", "none", "unknown", "-", "-99")
_WORDS = {
    "exact": "town",
    "city": "town",
    "village": "town",
    "admin1": "province",
    "admin2": "district",
    "road": "line",
    "state": "province",
    "county": "district",
}


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """`reads` has the place words of each distinct cell, `codes` the one of each row."""

    latitude: np.ndarray
    longitude: np.ndarray
    given: np.ndarray
    precision: np.ndarray
    reads: list[PlacesRead]
    codes: np.ndarray


def read_coordinates(
    latitude: Cells | None, longitude: Cells | None, both: Cells | None, notes: NoteList, n: int
) -> tuple[np.ndarray, np.ndarray]:
    """Degrees, NaN where there are none; what is written but impossible gets a note."""
    nothing = np.full(n, np.nan)
    lat, lon = nothing, nothing
    column: str | None = None
    if latitude is not None and longitude is not None:
        lat, lon = _degrees(latitude, notes), _degrees(longitude, notes)
        column = latitude.column
    if both is not None:
        pairs = [parse_pair(cell) for cell in both.distinct]
        notes.for_cells(
            both,
            [
                "no coordinates" if cell and pair is None else ""
                for cell, pair in zip(both.distinct, pairs, strict=True)
            ],
        )
        found = np.array([pair or (np.nan, np.nan) for pair in pairs], dtype=float)[both.codes]
        missing = np.isnan(lat) | np.isnan(lon)
        lat, lon = np.where(missing, found[:, 0], lat), np.where(missing, found[:, 1], lon)
        column = both.column
    if column is None:  # a latitude without a longitude is no place
        return lat, lon
    return _possible(lat, lon, column, notes)


def _degrees(cells: Cells, notes: NoteList) -> np.ndarray:
    texts = pa.array(cells.distinct, pa.string())
    is_plain = pc.match_substring_regex(texts, _PLAIN_DEGREES)
    numbers = np.array(pc.if_else(is_plain, texts, None).cast(pa.float64()).to_numpy(zero_copy_only=False))
    unreadable = [""] * len(texts)
    for code in np.flatnonzero(~is_plain.to_numpy(zero_copy_only=False)).tolist():
        cell = cells.distinct[code]
        number = parse_degrees(cell)
        if number is not None:
            numbers[code] = number
        elif cell and cell.lower() not in _NO_COORDINATE:
            unreadable[code] = "no coordinate"
    notes.for_cells(cells, unreadable)
    degrees: np.ndarray = numbers[cells.codes]
    return degrees


def _possible(lat: np.ndarray, lon: np.ndarray, column: str, notes: NoteList) -> tuple[np.ndarray, np.ndarray]:
    half = np.isnan(lat) != np.isnan(lon)
    zero = (lat == 0) & (lon == 0)
    swapped = (np.abs(lat) > 90) & (np.abs(lon) <= 90) & (np.abs(lat) <= 180)
    outside = ~swapped & ((np.abs(lat) > 90) | (np.abs(lon) > 180))
    for rows, reason in (
        (half, "one of the two coordinates is missing"),
        (zero, "0, 0 stands for no coordinates"),
        (outside, "there are no such coordinates"),
    ):
        for row in np.flatnonzero(rows).tolist():
            notes.at(row, column, f"{lat[row]:g}, {lon[row]:g}", reason)
    for row in np.flatnonzero(swapped).tolist():
        value, to = f"{lat[row]:g}, {lon[row]:g}", f"{lon[row]:g}, {lat[row]:g}"
        notes.at(row, column, value, "latitude and longitude were swapped", to=to, kind="repaired")
    lat, lon = np.where(swapped, lon, lat), np.where(swapped, lat, lon)
    lost = half | zero | outside
    return np.where(lost, np.nan, lat), np.where(lost, np.nan, lon)


def read_precision(cells: Cells | None, codes: dict[str, str], given: np.ndarray, notes: NoteList) -> np.ndarray:
    """The file's own precision in words; given coordinates without one are "unstated"."""
    stated: np.ndarray = np.full(len(given), None, dtype=object)
    if cells is not None:
        stated = _stated_precision(cells, codes, notes)
    missing = given & np.array([word is None for word in stated], dtype=bool)
    stated[missing] = "unstated"
    return stated


def _stated_precision(cells: Cells, codes: dict[str, str], notes: NoteList) -> np.ndarray:
    words = [_precision(cell, codes) for cell in cells.distinct]
    notes.for_cells(
        cells,
        [
            "no precision of a place" if cell and word is None else ""
            for cell, word in zip(cells.distinct, words, strict=True)
        ],
    )
    stated: np.ndarray = np.array(words, dtype=object)[cells.codes]
    return stated


def _precision(cell: str, codes: dict[str, str]) -> str | None:
    key = cell.lower().removesuffix(".0")
    if codes and key in codes:
        return codes[key]
    if key in GEO_PRECISIONS:
        return key
    return _WORDS.get(key)


def read_names(
    location: Cells | None, country: Cells | None, given: np.ndarray, parse: Remembered[PlacesRead], n: int
) -> tuple[list[PlacesRead], np.ndarray]:
    """What each distinct place cell says, and the one of each row; a row with coordinates has one place."""
    if location is None:
        return [NO_PLACE], np.zeros(n, dtype=np.int64)
    nations = country or Cells("", [""], np.zeros(n, dtype=np.int64))
    combinations, codes = paired(location, nations, Cells("", ["", "given"], given.astype(np.int64)))
    return [parse(cell, nation or None, bool(is_given)) for cell, nation, is_given in combinations], codes
