"""Which province holds each town: points in Natural Earth's polygons."""

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from incidents.model.resources import data_file

Floats = NDArray[np.float64]
Texts = NDArray[np.object_]
NEIGHBOUR_DEGREES = 0.3


def provinces_of(cities: list[dict[str, Any]], provinces: list[dict[str, str]]) -> list[str]:
    """The id of the province polygon that holds each city; "" where none does."""
    latitude = np.array([city["latitude"] for city in cities])
    longitude = np.array([city["longitude"] for city in cities])
    found = np.full(len(cities), "", dtype=object)
    known = {row["id"] for row in provinces}
    order = np.argsort(latitude)
    sorted_latitude = latitude[order]
    for shape in json.loads(data_file("basemap/province_shapes.json").read_bytes())["features"]:
        if shape["properties"]["id"] not in known:
            continue
        for polygon in shape["geometry"]["coordinates"]:
            x, y = np.array(polygon[0]).T
            first, last = np.searchsorted(sorted_latitude, [y.min(), y.max()])
            near = order[first:last]
            near = near[(longitude[near] >= x.min()) & (longitude[near] <= x.max())]
            inside = _inside(longitude[near], latitude[near], polygon)
            found[near[inside]] = shape["properties"]["id"]
    return list(_by_neighbour(cities, latitude, longitude, found))


def _by_neighbour(cities: list[dict[str, Any]], latitude: Floats, longitude: Floats, found: Texts) -> Texts:
    """Coastal towns that the simplified polygons miss: the province of the nearest town of the country, if that is near."""
    countries = np.array([city["countrycode"] for city in cities])
    answer = found.copy()
    for country in np.unique(countries[found == ""]):
        inside = np.flatnonzero((countries == country) & (found != ""))
        inside = inside[np.argsort(latitude[inside], kind="stable")]
        for row in np.flatnonzero((countries == country) & (found == "")):
            reach = [latitude[row] - NEIGHBOUR_DEGREES, latitude[row] + NEIGHBOUR_DEGREES]
            first, last = np.searchsorted(latitude[inside], reach)
            near = inside[first:last]
            if not len(near):
                continue
            east = (longitude[near] - longitude[row]) * np.cos(np.radians(latitude[row]))
            away = np.hypot(latitude[near] - latitude[row], east)
            if away.min() <= NEIGHBOUR_DEGREES:
                answer[row] = found[near[away.argmin()]]
    return answer


def _inside(x: NDArray[np.float64], y: NDArray[np.float64], polygon: list[list[list[float]]]) -> NDArray[np.bool_]:
    """Even-odd rule over all rings, so that holes count as outside."""
    odd = np.zeros(len(x), dtype=bool)
    if not len(x):
        return odd
    for ring in polygon:
        x1, y1 = np.array(ring[:-1]).T
        x2, y2 = np.array(ring[1:]).T
        level = y1 == y2
        slope = (x2 - x1) / np.where(level, 1.0, y2 - y1)
        between = (y1 > y[:, None]) != (y2 > y[:, None])
        left = x[:, None] < slope * (y[:, None] - y1) + x1
        odd ^= ((between & left & ~level).sum(axis=1) % 2).astype(bool)
    return odd
