"""The constant base map, and the incidents that are swapped on it in place."""

from collections.abc import Mapping
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template
from folium.utilities import JsCode

from incidents.maps import assets
from incidents.maps.symbols import COLOURS, OTHER
from incidents.maps.text import inert
from incidents.views.values import Extent, MapCell, MapView

MIN_ZOOM, MAX_ZOOM = 2, 18
CLOSEST_START = 10
"""A first view of one town still shows its province."""


class OfflineMap(folium.Map):  # type: ignore[misc]  # folium has no types
    """A folium map that asks nothing of the internet."""

    default_js = assets.scripts()
    default_css = assets.styles()


class _Start(MacroElement):  # type: ignore[misc]  # branca has no types
    """Hands the map to the drawing scripts."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            incidentsMap.start({{ this._parent.get_name() }}, {{ this.options|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()
        self._name = "Start"
        self.options = options


def base_map(start: Extent | None) -> folium.Map:
    """A new map each time: st_folium changes the one it is given. The same `start` gives the same frame in the browser."""
    made = OfflineMap(
        location=[20, 30],
        zoom_start=2,
        tiles=None,
        maxZoom=MAX_ZOOM,  # camel case: clusters fail without it where there are no tiles
        minZoom=MIN_ZOOM,
        worldCopyJump=True,
        zoomSnap=1,
        font_size="12px",
    )
    box = [[start.south, start.west], [start.north, start.east]] if start else None
    made.add_child(
        _Start({"palette": list(COLOURS), "basemap": assets.link("basemap", ""), "box": box, "most": CLOSEST_START})
    )
    return made


def incident_layer(
    view: MapView, slot_of: Mapping[str, int], *, selected: tuple[str, float, float] | None = None, heat: bool = False
) -> folium.FeatureGroup:
    """One GeoJson of ids and numbers. `selected` is (incident_id, latitude, longitude); in a cluster it gets a ring of its own."""
    below_first = sorted(view.cells, key=lambda cell: cell.n > 0)  # further sites never hide what counts
    features = [_feature(cell, slot_of, heat, selected) for cell in below_first]
    if selected and not any(cell.incident_id == selected[0] and cell.n for cell in view.cells):
        features.append(_point(selected[1], selected[2], {"n": 0, "halo": 1, "types": []}))
    layer = folium.FeatureGroup()
    if features:
        folium.GeoJson(
            {"type": "FeatureCollection", "features": features},
            zoom_on_click=False,
            point_to_layer=JsCode("incidentsMap.point"),
            on_each_feature=JsCode("incidentsMap.each"),
        ).add_to(layer)
    return layer


def _feature(
    cell: MapCell, slot_of: Mapping[str, int], heat: bool, selected: tuple[str, float, float] | None
) -> dict[str, Any]:
    facts: dict[str, Any] = {"n": cell.n, "dead": cell.dead, "types": _shares(cell, slot_of)}
    if cell.is_area:
        facts["area"] = 1
    if cell.geo_precision in ("near", "line", "unstated"):
        facts["near"] = 1
    if cell.incident_id is not None:
        facts["id"] = inert(cell.incident_id)
        if selected and cell.incident_id == selected[0] and cell.n:
            facts["selected"] = 1
    if cell.n > 1:
        facts["box"] = [round(edge, 5) for edge in (cell.south, cell.west, cell.north, cell.east)]
        if cell.one_point:
            facts["one_point"] = 1
    if cell.n == 0 and cell.from_latitude is not None and cell.from_longitude is not None:
        facts["from"] = [round(cell.from_latitude, 5), round(cell.from_longitude, 5)]
    if heat:
        facts["heat"] = 1
    return _point(cell.latitude, cell.longitude, facts)


def _point(latitude: float, longitude: float, facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": facts,
        "geometry": {"type": "Point", "coordinates": [round(longitude, 5), round(latitude, 5)]},
    }


def _shares(cell: MapCell, slot_of: Mapping[str, int]) -> list[list[int]]:
    """Incidents by colour: [[slot, count], ...], most first; types that share a colour are one."""
    counts: dict[int, int] = {}
    for name, count in cell.event_types:
        slot = slot_of.get(name, OTHER)
        counts[slot] = counts.get(slot, 0) + count
    return [[slot, count] for slot, count in sorted(counts.items(), key=lambda share: -share[1])]
