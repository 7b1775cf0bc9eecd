import math

import numpy as np
import pytest

from incidents.places.given import check

NAN = math.nan


def one(latitude, longitude, country):
    checked = check(np.array([latitude]), np.array([longitude]), [country])
    return checked.latitude[0], checked.longitude[0], checked.reason[0]


def test_a_point_in_its_country_passes():
    assert one(25.29, 60.64, "Iran") == (25.29, 60.64, None)


def test_a_swapped_pair_is_put_right_with_a_note():
    latitude, longitude, reason = one(60.64, 25.29, "Iran")
    assert (latitude, longitude) == (25.29, 60.64)
    assert reason.startswith("latitude and longitude were swapped")


def test_a_swapped_pair_with_an_impossible_latitude_is_put_right():
    assert one(121.5, 14.6, "Philippines")[:2] == (14.6, 121.5)


def test_a_pair_that_fits_both_ways_stays():
    assert one(33.0, 36.0, "Syria")[2] is None
    assert one(36.0, 36.5, "Syria") == (36.0, 36.5, None)


@pytest.mark.parametrize(
    ("latitude", "longitude", "reason"),
    [
        (0.0, 0.0, "latitude and longitude are both 0"),
        (95.0, 10.0, "latitude or longitude is out of range"),
        (10.0, 200.0, "latitude or longitude is out of range"),
        (25.0, NAN, "only one of latitude and longitude is given"),
    ],
)
def test_impossible_coordinates_are_dropped_with_the_reason(latitude, longitude, reason):
    found = one(latitude, longitude, "Iran")
    assert math.isnan(found[0])
    assert math.isnan(found[1])
    assert found[2] == reason


def test_a_point_far_outside_the_stated_country_is_kept_and_noted():
    assert one(48.85, 2.35, "Iran") == (
        48.85,
        2.35,
        "the coordinates lie far outside the stated country; kept as given",
    )


def test_a_point_just_over_the_border_passes():
    assert one(29.0, 62.5, "Iran")[2] is None


def test_the_equator_and_the_meridian_are_places():
    assert one(0.0, 32.5, "Uganda") == (0.0, 32.5, None)
    assert one(51.5, 0.0, "United Kingdom") == (51.5, 0.0, None)


@pytest.mark.parametrize("country", [None, "", "Freedonia"])
def test_without_a_known_country_only_the_range_is_checked(country):
    assert one(60.64, 25.29, country) == (60.64, 25.29, None)


def test_no_coordinates_pass_without_a_reason():
    latitude, longitude, reason = one(NAN, NAN, "Iran")
    assert math.isnan(latitude)
    assert math.isnan(longitude)
    assert reason is None


def test_ucdps_country_names_are_checked_too():
    assert one(48.85, 2.35, "Yemen (North Yemen)")[2] is not None


def test_repaired_and_dropped_rows_are_marked():
    checked = check(np.array([25.29, 60.64, 0.0]), np.array([60.64, 25.29, 0.0]), ["Iran"] * 3)
    assert checked.is_repaired.tolist() == [False, True, False]
    assert checked.is_dropped.tolist() == [False, False, True]


def test_no_rows_give_no_rows():
    assert check(np.array([]), np.array([]), []).reason == []
