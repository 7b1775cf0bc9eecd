"""The map's files come from this machine."""

import pytest

from incidents.maps import assets
from incidents.maps.layers import base_map
from incidents.ui import served


def test_every_served_folder_exists() -> None:
    assert all(folder.is_dir() for folder in assets.folders().values())


@pytest.mark.parametrize(
    ("folder", "file"),
    [
        ("leaflet", "leaflet.js"),
        ("leaflet", "leaflet.css"),
        ("drawing", "incidents_map.js"),
        ("drawing", "incidents_map.css"),
        ("drawing", "outlines.js"),
        ("drawing", "basemap.js"),
        ("basemap", "countries.json"),
        ("basemap", "provinces.json"),
        ("basemap", "labels.json"),
        ("basemap", "towns.json"),
    ],
)
def test_each_file_that_the_frame_loads_is_there(folder: str, file: str) -> None:
    assert (assets.folders()[folder] / file).is_file()


def test_links_are_relative_so_that_a_base_path_does_no_harm() -> None:
    assert assets.link("leaflet", "leaflet.js") == "../incidents.ui.served.leaflet/leaflet.js"


def test_the_routes_are_declared_by_the_module_that_the_links_name() -> None:
    assert served.__name__ == assets.SERVED_BY


def test_a_base_map_names_no_address_outside() -> None:
    made = base_map(None)
    assert "http" not in made.get_root().render().replace("http-equiv", "")


def test_a_missing_file_of_a_wheel_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"XStatic-Leaflet: no/such\.js is missing"):
        assets._folder_in_wheel("XStatic-Leaflet", "no/such.js")
