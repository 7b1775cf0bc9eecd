"""Features of the incident layer: ids and numbers, each counted once."""

from dataclasses import replace
from typing import Any

import folium
import pytest
from streamlit_folium import generate_js_hash, generate_leaflet_string

from incidents.maps.incident_features import incident_features
from incidents.maps.layers import Place, Told, base_map, layer
from incidents.maps.tiles import Tiles, offered_tiles
from incidents.model.filters import Box, Near
from incidents.views.values import Extent, MapCell

TOWN = MapCell(
    latitude=25.29, longitude=60.64, n=1, dead=16, is_area=False, geo_precision="town", incident_id="d1-7", event_types=(("Battles", 1),),
    south=25.29, west=60.64, north=25.29, east=60.64, one_point=True,
)  # fmt: skip
FURTHER = replace(TOWN, latitude=26.24, longitude=61.4, n=0, dead=None, from_latitude=25.29, from_longitude=60.64)
SEVERAL = replace(
    TOWN,
    n=5,
    dead=None,
    geo_precision=None,
    incident_id=None,
    event_types=(("Riots", 3), ("Battles", 2)),
    north=25.5,
    one_point=False,
)
SLOTS = {"Battles": 0, "Riots": 4}


def features(*cells: MapCell, **options: Any) -> list[dict[str, Any]]:
    return incident_features(cells, SLOTS, **options)


def script(made: folium.FeatureGroup) -> str:
    """What st_folium sends for a layer."""
    made.add_to(base_map(None))
    made.render()
    return str(generate_leaflet_string(made))


def test_n_adds_up_to_the_incidents_shown() -> None:
    assert sum(feature["properties"]["n"] for feature in features(TOWN, FURTHER, SEVERAL)) == 6


def test_a_further_site_counts_nothing_and_is_drawn_below() -> None:
    first, second = features(TOWN, FURTHER)
    assert first["properties"] == {"n": 0, "dead": None, "types": [[0, 1]], "id": "d1-7", "from": [25.29, 60.64]}
    assert second["properties"]["n"] == 1


def test_a_cluster_sends_shares_by_colour_and_its_box() -> None:
    (cluster,) = features(SEVERAL)
    assert cluster["properties"] == {
        "n": 5,
        "dead": None,
        "types": [[4, 3], [0, 2]],
        "box": [25.29, 60.64, 25.5, 60.64],
    }


def test_types_beyond_the_palette_share_one_colour() -> None:
    (cell,) = features(replace(SEVERAL, event_types=(("Mine", 2), ("Vest", 1))))
    assert cell["properties"]["types"] == [[6, 3]]


def test_longitude_comes_first_in_geojson() -> None:
    assert features(TOWN)[0]["geometry"]["coordinates"] == [60.64, 25.29]


def test_less_than_a_town_is_marked_as_an_area() -> None:
    assert features(replace(TOWN, is_area=True, geo_precision="province"))[0]["properties"]["area"] == 1


def test_the_names_of_types_are_not_sent() -> None:
    assert "Battles" not in str(features(TOWN, SEVERAL))


def test_a_hostile_id_is_inert() -> None:
    assert features(replace(TOWN, incident_id="{{7*7}}"))[0]["properties"]["id"] == "&#123;&#123;7*7&#125;&#125;"


def test_a_selected_incident_in_a_cluster_gets_a_ring_that_counts_nothing() -> None:
    *_, ring = features(SEVERAL, selected=("d1-7", 25.29, 60.64))
    assert ring["properties"] == {"n": 0, "halo": 1, "types": []}


def test_a_selected_incident_by_itself_is_marked_in_place() -> None:
    (mark,) = features(TOWN, selected=("d1-7", 25.29, 60.64))
    assert mark["properties"]["selected"] == 1


def test_the_same_start_gives_the_same_frame_in_the_browser() -> None:
    def frame(made: folium.Map) -> str:
        made.get_root().render()
        return generate_js_hash(generate_leaflet_string(made), "map")

    start = Extent(24.0, 58.0, 31.0, 67.0)
    assert frame(base_map(start)) == frame(base_map(start))
    assert frame(base_map(start)) != frame(base_map(Extent(0.0, 0.0, 9.0, 9.0)))
    assert frame(base_map(Place(28.0, 61.0, 7))) != frame(base_map(Place(28.0, 61.0, 8)))


def test_a_layer_tells_its_features_and_what_else_to_show() -> None:
    told = Told(near=Near(25.0, 60.0, 30.0), box=Box(20.0, 170.0, 30.0, -170.0))
    sent = script(layer(features(TOWN), told))
    assert '"near": {"km": 30.0, "latitude": 25.0, "longitude": 60.0}' in sent
    assert '"west": 170.0' in sent
    assert '"id": "d1-7"' in sent


def test_no_tiles_are_told_of_unless_asked_for() -> None:
    assert "tiles" not in script(layer([], Told()))
    assert "https://tile.example/{z}/{x}/{y}.png" in script(
        layer([], Told(Tiles("https://tile.example/{z}/{x}/{y}.png")))
    )


def test_a_team_can_offer_its_own_tiles_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INCIDENTS_TILES", raising=False)
    offered = offered_tiles()
    assert offered is not None
    assert offered.credit == "© OpenStreetMap contributors"
    monkeypatch.setenv("INCIDENTS_TILES", "none")
    assert offered_tiles() is None
    monkeypatch.setenv("INCIDENTS_TILES", "http://maps.example/{z}/{x}/{y}.png")
    assert offered_tiles() == Tiles("http://maps.example/{z}/{x}/{y}.png")
