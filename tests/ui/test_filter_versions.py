"""A filter that a callback set is not taken back by a click that the browser sent before it knew."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parents[2] / "app.py"
pytestmark = pytest.mark.usefixtures("store_folder")


def sentence(page: AppTest) -> str:
    return next(found.value for found in page.markdown if found.value.startswith("Showing"))


def version(page: AppTest) -> str:
    return str(page.text_input(key="filter_version").value)


def cleared() -> tuple[AppTest, str]:
    """Jundallah was chosen, then all was cleared; and the version of the time between."""
    page = AppTest.from_file(str(APP), default_timeout=120).run()
    page.multiselect(key="filter_actor").select("Jundallah").run()
    assert sentence(page).startswith("Showing 7 of 40 incidents;")
    before = version(page)
    page.button(key="clear_all").click().run()
    assert sentence(page).startswith("Showing 40 of 40 incidents;")
    assert version(page) != before
    return page, before


def test_a_late_click_does_not_take_back_what_was_cleared() -> None:
    page, before = cleared()
    page.multiselect(key="filter_actor").set_value(["Jundallah"])
    page.text_input(key="filter_version").set_value(before)
    page.run()
    assert sentence(page).startswith("Showing 40 of 40 incidents;")
    assert page.multiselect(key="filter_actor").value == []


def test_what_the_user_changed_in_a_late_click_counts() -> None:
    page, before = cleared()
    page.multiselect(key="filter_actor").set_value(["Jundallah"])
    page.multiselect(key="filter_country").set_value(["Pakistan"])
    page.text_input(key="filter_version").set_value(before)
    page.run()
    assert sentence(page).startswith("Showing 7 of 40 incidents;")
    assert page.multiselect(key="filter_actor").value == []
    assert page.multiselect(key="filter_country").value == ["Pakistan"]


def test_the_same_value_chosen_again_counts() -> None:
    page, _ = cleared()
    page.multiselect(key="filter_actor").set_value(["Jundallah"]).run()
    assert sentence(page).startswith("Showing 7 of 40 incidents;")


@pytest.mark.parametrize("returned", ["", "-1", "999", "no number"])
def test_a_version_that_never_was_changes_nothing(returned: str) -> None:
    page, _ = cleared()
    page.text_input(key="filter_version").set_value(returned)
    page.multiselect(key="filter_actor").set_value(["Jundallah"])
    page.run()
    assert not page.exception
    assert sentence(page).startswith("Showing 7 of 40 incidents;")
