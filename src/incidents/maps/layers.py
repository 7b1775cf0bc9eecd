"""The constant base map, and what is told to its scripts with each layer that is swapped on it."""

from dataclasses import asdict, dataclass
from typing import Any

import folium
from branca.element import MacroElement
from folium.elements import ElementAddToElement
from folium.template import Template
from folium.utilities import JsCode, get_obj_in_upper_tree

from incidents.maps import assets, symbols
from incidents.maps.tiles import Tiles
from incidents.model.filters import Box, Near
from incidents.views.values import Extent

MIN_ZOOM, MAX_ZOOM = 2, 18
CLOSEST_START = 10
"""A first view of one town still shows its province."""

Feature = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What the map shows besides the incidents. `picking`: the next click is a point, and selects nothing."""

    tiles: Tiles | None = None
    near: Near | None = None
    box: Box | None = None
    picking: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where the map stands."""

    latitude: float
    longitude: float
    zoom: int


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


class _Tell(MacroElement):  # type: ignore[misc]  # branca has no types
    """Tells the drawing scripts, each time the layer is swapped."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            incidentsMap.tell({{ this.told|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, told: Told) -> None:
        super().__init__()
        self._name = "Tell"
        self.told = {name: value for name, value in asdict(told).items() if value}


class _Swapped:
    """A layer of which st_folium takes its own script and its children's. Folium would write all of it into a page of its
    own first, and compile that as a template: more than half of what a map costs the server.
    """

    def render(self, **kwargs: Any) -> None:
        layer: Any = self
        layer.parent_map = get_obj_in_upper_tree(layer, folium.Map)
        added = ElementAddToElement(element_name=layer.get_name(), element_parent_name=layer._parent.get_name())
        layer.add_child(added, name=f"{layer.get_name()}_add")
        for child in layer._children.values():
            if isinstance(child, _Swapped):
                child.render()


class _SwappedGroup(_Swapped, folium.FeatureGroup):  # type: ignore[misc]  # folium has no types
    pass


class _SwappedPoints(_Swapped, folium.GeoJson):  # type: ignore[misc]  # folium has no types
    pass


def base_map(start: Extent | Place | None) -> folium.Map:
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
    made.add_child(
        _Start(
            {
                "palette": list(symbols.COLOURS),
                "sizes": [symbols.SMALLEST, symbols.LARGEST, symbols.GROWTH],
                "ramps": symbols.RAMPS,
                "zero": symbols.ZERO,
                "heat": symbols.HEAT,
                "basemap": assets.link("basemap", ""),
                "most": CLOSEST_START,
                **_beginning(start),
            }
        )
    )
    return made


def _beginning(start: Extent | Place | None) -> dict[str, Any]:
    if isinstance(start, Place):
        return {"place": [start.latitude, start.longitude, start.zoom]}
    return {"box": [[start.south, start.west], [start.north, start.east]]} if start else {}


def layer(features: list[Feature], told: Told) -> folium.FeatureGroup:
    """One GeoJson of ids and numbers, never a loop of markers."""
    made = _SwappedGroup()
    made.add_child(_Tell(told))
    if features:
        _SwappedPoints(
            {"type": "FeatureCollection", "features": features},
            zoom_on_click=False,
            point_to_layer=JsCode("incidentsMap.point"),
            on_each_feature=JsCode("incidentsMap.each"),
        ).add_to(made)
    return made


def point(latitude: float, longitude: float, facts: dict[str, Any]) -> Feature:
    """A GeoJSON feature: longitude first; five decimals are a metre."""
    return {
        "type": "Feature",
        "properties": facts,
        "geometry": {"type": "Point", "coordinates": [round(longitude, 5), round(latitude, 5)]},
    }
