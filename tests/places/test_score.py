"""The resolver against real places of known coordinates: precision and radius as promised.

The radii were set on these places, so this guards against getting worse; it is no proof for other countries.
"""

import csv
import statistics

import pytest

from incidents.model.place import PlaceQuery
from incidents.places.distance import kilometres

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def truth(shared):
    with (shared / "places_truth.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measured(resolver, rows, with_district):
    found = []
    for row in rows:
        district = row["admin2"] if with_district else None
        answer = resolver.resolve(PlaceQuery(row["place"], district, row["admin1"], row["country"]))
        if answer.is_located:
            away = kilometres(answer.latitude, answer.longitude, float(row["latitude"]), float(row["longitude"]))
            found.append((row, answer, away))
    return found


def test_without_the_district(resolver, truth):
    found = measured(resolver, truth, with_district=False)
    towns = [(row, away) for row, answer, away in found if answer.geo_precision == "town"]
    points = [away for row, away in towns if row["where_prec"] in ("", "1.0", "2.0")]
    assert len(found) / len(truth) >= 0.99
    assert len(towns) / len(truth) >= 0.195
    assert sum(away <= 25 for away in points) / len(points) >= 0.98
    assert sum(away <= answer.geo_radius_km for _, answer, away in found) / len(found) >= 0.955
    assert statistics.median(answer.geo_radius_km for _, answer, _ in found) <= 105


def test_with_the_district(resolver, truth):
    found = measured(resolver, truth, with_district=True)
    assert sum(away <= answer.geo_radius_km for _, answer, away in found) / len(found) >= 0.95
    assert statistics.median(answer.geo_radius_km for _, answer, _ in found) <= 60
    assert statistics.median(away for _, _, away in found) <= 25


@pytest.mark.parametrize("half", [0, 1])
def test_the_radius_holds_on_either_half(resolver, truth, half):
    found = measured(resolver, truth[half::2], with_district=True)
    assert sum(away <= answer.geo_radius_km for _, answer, away in found) / len(found) >= 0.94


def test_the_country_is_the_stated_one(resolver, truth):
    assert {
        row["country"]
        for row, answer, _ in measured(resolver, truth, False)
        if answer.matched_country != row["country"]
    } == set()
