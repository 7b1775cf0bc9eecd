"""GeoJSON: one feature for each incident; longitude comes first."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.views.made_data import at, incident, put, site

from incidents.exports.geojson import geojson_chunks
from incidents.model.filters import EVERYTHING
from incidents.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(str(tmp_path))


def exported(store: Store) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(b"".join(geojson_chunks(store.reader(), EVERYTHING)))
    return found


def test_a_town_is_a_point(store: Store) -> None:
    put(store, [incident(**at("Rask"))])
    assert exported(store)["features"][0]["geometry"] == {"type": "Point", "coordinates": [61.40, 26.24]}


def test_two_sites_are_a_multipoint_the_first_first(store: Store) -> None:
    row = incident(**at("Chabahar"))
    put(store, [row], [site(row, 2, **at("Rask"))])
    [feature] = exported(store)["features"]
    assert feature["geometry"] == {"type": "MultiPoint", "coordinates": [[60.64, 25.29], [61.40, 26.24]]}
    assert feature["properties"]["further_sites"][0]["location"] == "Rask"


def test_an_unlocated_incident_has_no_geometry(store: Store) -> None:
    put(store, [incident(location="Nowhere")])
    assert exported(store)["features"][0]["geometry"] is None


def test_the_collection_says_what_it_is_and_whom_to_credit(store: Store) -> None:
    put(store, [incident()], attribution="UCDP, CC BY 4.0")
    said = exported(store)["incidents"]
    assert (said["filter"], said["incidents"], said["unlocated"]) == ("all incidents", 1, 1)
    assert said["datasets"][0]["attribution"] == "UCDP, CC BY 4.0"
    assert "GeoNames" in said["credits"][0]
    assert "Natural Earth" in said["credits"][1]


def test_text_and_numbers_keep_their_types(store: Store) -> None:
    put(store, [incident(notes='"\\\n\u2028گ', fatalities=3, from_words=True, extra=[("A", "b")])])
    properties = exported(store)["features"][0]["properties"]
    assert properties["notes"] == '"\\\n\u2028گ'
    assert (properties["fatalities"], properties["from_words"], properties["injured"]) == (3, True, None)
    assert properties["event_date"] == "2024-04-03"
    assert properties["extra"] == {"A": "b"}
