"""The sample's places once it is imported: as given by hand, or found by their names where its rows give none."""

import csv
from pathlib import Path

import pytest

from incidents.cli import main
from incidents.places.distance import kilometres

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample_incidents.csv"
TOWNS = {
    ("Iran", "Bent"): (26.293, 59.518),
    ("Iran", "Chabahar"): (25.292, 60.643),
    ("Iran", "Gohar Kuh"): (28.314, 60.695),
    ("Iran", "Iranshahr"): (27.202, 60.685),
    ("Iran", "Khash"): (28.221, 61.216),
    ("Iran", "Lulakdan"): (29.015, 61.450),
    ("Iran", "Mehrestan"): (27.131, 61.674),
    ("Iran", "Mirjaveh"): (29.015, 61.450),
    ("Iran", "Nikshahr"): (26.226, 60.214),
    ("Iran", "Pishin"): (26.079, 61.754),
    ("Iran", "Rask"): (26.237, 61.399),
    ("Iran", "Saravan"): (27.371, 62.331),
    ("Iran", "Sib and Suran"): (27.286, 61.997),
    ("Iran", "Zabol"): (31.031, 61.495),
    ("Iran", "Zahedan"): (29.496, 60.863),
    ("Pakistan", "Panjgur"): (26.972, 64.095),
    ("Pakistan", "Taftan"): (28.947, 61.587),
    ("Iran", None): (28.014, 61.299),  # no town is named: the middle of Sistan and Baluchestan
}
WIDER = {"SB01": "province", "SB16": "district", "SB36": "district"}
"""Known less exactly than the row's words are: no town is named, or no open coordinate of the village was found."""


@pytest.fixture(scope="module")
def placed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    store = ["--store", str(folder / "store")]
    assert main(["import", str(SAMPLE), *store]) == 0
    assert main(["export", "-o", str(folder / "out.csv"), *store]) == 0
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    return {row["source_id"]: row for row in csv.DictReader(lines)}


def rows(located):
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return [
            pytest.param(row, id=row["source_id"]) for row in csv.DictReader(file) if bool(row["latitude"]) is located
        ]


@pytest.mark.parametrize("row", rows(True))
def test_a_place_given_by_hand_stays(placed, row):
    found = placed[row["source_id"]]
    assert (float(found["latitude"]), float(found["longitude"])) == (float(row["latitude"]), float(row["longitude"]))
    assert (found["geo_precision"], found["geo_source"]) == (row["geo_precision"], "given")


@pytest.mark.parametrize("row", rows(False))
def test_a_name_is_found_within_5_km_with_the_precision_of_the_row(placed, row):
    found = placed[row["source_id"]]
    latitude, longitude = TOWNS[row["country"], row["location"].split(";")[0] or None]
    assert kilometres(float(found["latitude"]), float(found["longitude"]), latitude, longitude) < 5
    assert found["geo_precision"] == WIDER.get(row["source_id"], row["geo_precision"])


def test_the_village_90_km_from_panjgur_is_not_panjgur(placed):
    strike = placed["SB30"]  # Koh-e-Sabz, of which the row says no more than the district
    assert strike["geo_precision"] == "district"
    assert float(strike["geo_radius_km"]) >= 50
