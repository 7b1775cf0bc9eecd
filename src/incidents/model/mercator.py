"""Web-mercator integers: a point as two 30-bit numbers, so that a grid cell is a shift."""

import math

import numpy as np
from numpy.typing import NDArray

WORLD_BITS = 30
WORLD = 1 << WORLD_BITS
MAX_LATITUDE = 85.05112878
CELL_PIXELS_BITS = 6  # cells of 64 pixels
TILE_BITS = 8  # a world of 256 pixels at zoom 0


def project(
    latitude: NDArray[np.float64], longitude: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Integer x (from 180 W eastward) and y (from 85.05 N southward); NaN gives -1."""
    located = ~(np.isnan(latitude) | np.isnan(longitude))
    lat = np.radians(np.clip(np.where(located, latitude, 0.0), -MAX_LATITUDE, MAX_LATITUDE))
    x = (np.where(located, longitude, 0.0) + 180.0) / 360.0
    y = (1.0 - np.log(np.tan(lat) + 1.0 / np.cos(lat)) / math.pi) / 2.0
    xs = np.clip((x * WORLD).astype(np.int64), 0, WORLD - 1)
    ys = np.clip((y * WORLD).astype(np.int64), 0, WORLD - 1)
    return np.where(located, xs, -1), np.where(located, ys, -1)


def project_point(latitude: float, longitude: float) -> tuple[int, int]:
    x, y = project(np.array([latitude]), np.array([longitude]))
    return int(x[0]), int(y[0])


def unproject(x: float, y: float) -> tuple[float, float]:
    """(latitude, longitude) of a point in mercator integers."""
    longitude = x / WORLD * 360.0 - 180.0
    latitude = math.degrees(math.atan(math.sinh(math.pi * (1.0 - 2.0 * y / WORLD))))
    return latitude, longitude


def cell_shift(zoom: int) -> int:
    """Bits to shift right so that equal numbers share one 64-pixel cell at this zoom."""
    return max(0, WORLD_BITS - (zoom + TILE_BITS - CELL_PIXELS_BITS))
