"""Chips: a removal is one only where a person took a chip away."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Multiselect

APP = Path(__file__).resolve().parents[2] / "app.py"
pytestmark = pytest.mark.usefixtures("store_folder")


def chips(page: AppTest) -> Multiselect:
    return next(found for found in page.multiselect if found.label.startswith("Filters set"))


def test_taking_a_chip_away_takes_its_filter_away_and_no_other() -> None:
    page = AppTest.from_file(str(APP), default_timeout=120).run()
    page.multiselect(key="filter_actor").set_value(["Jundallah"])
    page.number_input(key="filter_fatalities").set_value(1).run()
    assert chips(page).value == ["Actor: Jundallah", "Killed: at least 1"]
    chips(page).set_value(["Actor: Jundallah"]).run()
    assert chips(page).value == ["Actor: Jundallah"]
    assert page.number_input(key="filter_fatalities").value is None


def test_chips_of_an_earlier_filter_take_nothing_away() -> None:
    page = AppTest.from_file(str(APP), default_timeout=120).run()
    page.number_input(key="filter_fatalities").set_value(3).run()
    late = chips(page)
    page.number_input(key="filter_fatalities").set_value(2).run()
    assert late.proto.id != chips(page).proto.id
    assert chips(page).value == ["Killed: at least 2"]


def test_a_chip_that_comes_back_is_set_again() -> None:
    page = AppTest.from_file(str(APP), default_timeout=120).run()
    for _ in range(2):
        page.number_input(key="filter_fatalities").set_value(3).run()
        assert chips(page).value == ["Killed: at least 3"]
        chips(page).set_value([]).run()
        assert page.number_input(key="filter_fatalities").value is None
