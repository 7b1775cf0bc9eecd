"""Lists of names longer than the page holds ready."""

from pathlib import Path

from streamlit.testing.v1 import AppTest
from tests.views.made_data import at, incident, put

from incidents.store import open_store
from incidents.ui.filter_panel import LISTED

APP = Path(__file__).resolve().parents[2] / "app.py"
MORE = 30


def opened(store_folder: Path, **link: str) -> AppTest:
    """As many towns as are listed and some more; the later a town the fewer its incidents, the last have one each."""
    towns = [f"Town {number:03}" for number in range(LISTED + MORE)]
    names = [*towns, *towns[:LISTED], *towns[:3]]
    with open_store(str(store_folder)) as store:
        put(store, [incident(number, **at("Rask") | {"location": name}) for number, name in enumerate(names)])
    page = AppTest.from_file(str(APP), default_timeout=120)
    for name, value in link.items():
        page.query_params[name] = value
    return page.run()


def test_the_most_frequent_are_listed_and_the_others_can_be_typed(store_folder: Path) -> None:
    towns = opened(store_folder).multiselect(key="filter_location")
    assert len(towns.options) == LISTED
    assert towns.options[:3] == ["Town 000", "Town 001", "Town 002"]
    assert f"The {LISTED} most frequent are listed; any other can be typed in full." in towns.help


def test_one_that_is_not_listed_is_found_and_stays_in_the_list(store_folder: Path) -> None:
    rarest = f"Town {LISTED + MORE - 1:03}"
    page = opened(store_folder, location=rarest)
    towns = page.multiselect(key="filter_location")
    assert towns.value == [rarest]
    assert len(towns.options) == LISTED + 1
    (sentence,) = (each.value for each in page.markdown if "Showing" in each.value)
    assert "Showing 1 of" in sentence.replace("*", "")


def test_a_short_list_says_nothing_of_others(store_folder: Path) -> None:
    provinces = opened(store_folder).multiselect(key="filter_admin1")
    assert "most frequent" not in provinces.help
