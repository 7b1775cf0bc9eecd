"""The layer that is swapped is written by st_folium as folium itself would have it, without folium's detour."""

import re

import folium
import pytest
from streamlit_folium import _get_feature_group_string, _get_header, _get_html, _get_map_string

from incidents.maps import layers
from incidents.maps.layers import Place, Told, base_map, layer, point
from incidents.model.filters import Near

FEATURES = [point(25.3, 60.6, {"n": 2, "id": "a-1"}), point(26.2, 61.4, {"n": 1, "id": "{{7*7}}"})]
TOLD = Told(near=Near(25.3, 60.6, 40.0), picking=True)


def named(text: str) -> str:
    """With folium's random names as numbers, in the order in which they come."""
    names = dict.fromkeys(re.findall(r"[0-9a-f]{32}", text))
    for number, name in enumerate(names):
        text = text.replace(name, f"name{number}")
    return text


@pytest.mark.parametrize("features", [[], FEATURES], ids=["no incident", "incidents"])
def test_the_swapped_layer_is_what_folium_itself_writes(
    features: list[layers.Feature], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = _get_feature_group_string(layer(features, TOLD), base_map(None))
    monkeypatch.setattr(layers, "_SwappedGroup", folium.FeatureGroup)
    monkeypatch.setattr(layers, "_SwappedPoints", folium.GeoJson)
    assert named(ours) == named(_get_feature_group_string(layer(features, TOLD), base_map(None)))
    assert ".addTo(feature_group_feature_group_0)" in ours or not features


def test_the_base_map_needs_no_page_of_its_own() -> None:
    once, twice = base_map(Place(25.0, 60.0, 5)), base_map(Place(25.0, 60.0, 5))
    twice.get_root().render()
    written = []
    for made in (once, twice):
        made.render()
        written.append([named(part(made)) for part in (_get_html, _get_header, _get_map_string)])
    assert written[0] == written[1]
