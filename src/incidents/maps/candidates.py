"""The map on which a place is chosen: its candidates by number, and the outline of the stated province."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template
from folium.utilities import JsCode

from incidents import __version__
from incidents.maps import assets
from incidents.maps.layers import MAX_ZOOM, MIN_ZOOM, OfflineMap
from incidents.model.mercator import TILE_BITS, WORLD, project_point, unproject
from incidents.model.resources import data_file

CLOSEST, MARGIN = 9, 40  # zoom, pixels


@dataclass(frozen=True, slots=True)
class Mark:
    """A candidate, by the number that its list gives it; 0 is a point of the person's own."""

    number: int
    latitude: float
    longitude: float
    radius_km: float | None = None
    is_chosen: bool = False


class _PlaceMap(OfflineMap):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.default_js = [
            *assets.scripts(),
            ("place_map", f"{assets.link('drawing', 'place_map.js')}?v={__version__}"),
        ]


class _Start(MacroElement):  # type: ignore[misc]  # branca has no types
    """Hands the map to the drawing script."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            placeMap.start({{ this._parent.get_name() }}, {{ this.folder|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__()
        self._name = "Start"
        self.folder = assets.link("basemap", "")


def place_map() -> folium.Map:
    """The same every time, so that the frame stays in the browser; `view_of` says where it is to look."""
    made = _PlaceMap(
        location=[20, 30], zoom_start=3, tiles=None, maxZoom=MAX_ZOOM, minZoom=MIN_ZOOM, worldCopyJump=True, zoomSnap=1, font_size="12px"
    )  # fmt: skip
    made.add_child(_Start())
    return made


def candidate_layer(marks: Iterable[Mark], province_ids: Sequence[str]) -> folium.FeatureGroup:
    """Numbers and shapes only: no text from files reaches the map."""
    layer = folium.FeatureGroup()
    features = [
        *({"type": "Feature", "properties": {"outline": 1}, "geometry": shape} for shape in map(outline, province_ids) if shape),
        *(_ring(mark) for mark in marks if mark.radius_km and mark.is_chosen),
        *(_point(mark, {"number": mark.number, "chosen": int(mark.is_chosen)}) for mark in marks),
    ]  # fmt: skip
    if features:
        folium.GeoJson(
            {"type": "FeatureCollection", "features": features},
            zoom_on_click=False,
            point_to_layer=JsCode("placeMap.point"),
            on_each_feature=JsCode("placeMap.each"),
        ).add_to(layer)
    return layer


def _ring(mark: Mark) -> dict[str, Any]:
    return _point(mark, {"ring": mark.radius_km})


def _point(mark: Mark, facts: dict[str, Any]) -> dict[str, Any]:
    where = [round(mark.longitude, 5), round(mark.latitude, 5)]
    return {"type": "Feature", "properties": facts, "geometry": {"type": "Point", "coordinates": where}}


@lru_cache(maxsize=32)
def outline(province_id: str) -> dict[str, Any] | None:
    """One province's shape, as GeoJSON; None where there is none."""
    for shape in json.loads(data_file("basemap/province_shapes.json").read_bytes())["features"]:
        if shape["properties"]["id"] == province_id:
            found: dict[str, Any] = shape["geometry"]
            return found
    return None


def view_of(
    marks: Sequence[Mark], province_ids: Sequence[str], width: int, height: int
) -> tuple[tuple[float, float], int] | None:
    """Centre and zoom that show the province and the candidates in it; all candidates where no province is known."""
    points = [point for shape in map(outline, province_ids) if shape for point in _corners(shape)]
    points = points or [(mark.latitude, mark.longitude) for mark in marks]
    if not points:
        return None
    south, north = min(lat for lat, _ in points), max(lat for lat, _ in points)
    west, east = min(lon for _, lon in points), max(lon for _, lon in points)
    left, top = project_point(north, west)
    right, bottom = project_point(south, east)
    pixels = ((width - MARGIN, right - left), (height - MARGIN, bottom - top))
    fits = min(math.log2(WORLD * room / (1 << TILE_BITS) / max(1, length)) for room, length in pixels)
    return unproject((left + right) / 2, (top + bottom) / 2), max(MIN_ZOOM, min(CLOSEST, math.floor(fits)))


def _corners(shape: dict[str, Any]) -> Iterable[tuple[float, float]]:
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return ((lat, lon) for polygon in polygons for lon, lat in polygon[0])
