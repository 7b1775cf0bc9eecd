"""Heat and provinces: one feature each, numbers only."""

import pytest

from incidents.maps.shades import heat_feature, province_feature
from incidents.maps.symbols import RAMPS, radius, shade_starts
from incidents.views.heat import HeatPoint, HeatView
from incidents.views.provinces import ProvinceCount, ProvinceView

SPOTS = HeatView((HeatPoint(25.29, 60.64, 3, 40), HeatPoint(30.2, 57.1, 2, 0)), (), 2)
PROVINCES = ProvinceView(
    (ProvinceCount("IRN-1", 5, 40, 1), ProvinceCount("IRN-2", 2, 0, 2), ProvinceCount("IRN-3", 0, 0, 0)), 1, (), 0
)


def test_heat_counts_its_incidents() -> None:
    assert heat_feature(SPOTS, "incidents")["properties"] == {"n": 5, "heat": [25.29, 60.64, 3, 30.2, 57.1, 2]}


def test_heat_of_the_dead_has_no_spot_where_nobody_died() -> None:
    assert heat_feature(SPOTS, "dead")["properties"] == {"n": 5, "heat": [25.29, 60.64, 40]}


def test_a_province_without_a_figure_is_not_one_without_dead() -> None:
    facts = province_feature(PROVINCES, "dead", (1, 2))["properties"]
    assert facts["provinces"] == {"IRN-1": [5, 40, 1], "IRN-2": [2, None, 2], "IRN-3": [0, 0, 0]}
    assert (facts["n"], facts["by"], facts["starts"]) == (7, 1, [1, 2])


@pytest.mark.parametrize(
    ("most", "starts"),
    [
        (0, ()),
        (1, (1,)),
        (7, (1, 2, 5)),
        (300, (1, 2, 5, 10, 20, 50, 100)),
        (60_000, (1, 2, 20, 100, 500, 2000, 10_000)),
    ],
)
def test_shades_begin_at_round_numbers_at_like_ratios(most: int, starts: tuple[int, ...]) -> None:
    assert shade_starts(most) == starts
    assert len(starts) <= len(RAMPS["light"]) == len(RAMPS["dark"])


def test_a_mark_grows_with_the_root_of_the_dead_above_a_floor() -> None:
    assert (radius(0), radius(25), radius(100), radius(5000)) == (5.0, 13.0, 26.0, 26.0)
