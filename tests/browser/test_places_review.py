"""An ambiguous town is settled on the Review page, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.conftest import Served, Visit

from incidents.cli import main

pytestmark = pytest.mark.browser

ROWS = """event_date,event_type,actor1,country,admin1,location,fatalities
2024-04-01,Battles,A,Iran,,Rahimabad,1
2024-04-02,Battles,A,Iran,,Rahimabad,2
2024-04-03,Battles,A,Iran,Sistan-Baluchestan,Zahedan,3
"""


@pytest.fixture
def reviewed(browser: Browser, served: Served, tmp_path: Path) -> Iterator[Visit]:
    """The Explore page on a file with an ambiguous town."""
    file = tmp_path / "a.csv"
    file.write_text(ROWS, encoding="utf-8")
    assert main(["import", str(file), "--store", str(served.store)]) == 0
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.set_default_timeout(60_000)
    made = Visit(page, [], [])
    page.on("request", lambda request: made.requests.append(request.url))
    page.on("pageerror", lambda problem: made.faults.append(str(problem)))
    page.goto(served.address)
    made.sees("Showing 3 of 3 incidents")
    made.rests()
    yield made
    page.close()
    assert [url for url in made.requests if not url.startswith((served.address, "data:", "blob:"))] == []
    assert made.faults == []


def goes_to_places(visit: Visit) -> None:
    visit.page.get_by_role("link", name="Review").click()
    panels = visit.page.locator(".st-key-review_panel")
    panels.wait_for()
    visit.rests()
    panels.get_by_text("Places", exact=True).click()
    visit.page.get_by_text("Settled places:").wait_for()
    visit.rests()


def goes_to_the_map(visit: Visit) -> list[tuple[int, bool]]:
    """Incidents of each mark, and whether it stands for an area."""
    visit.page.get_by_role("link", name="Explore").click()
    visit.sees("Showing 3 of 3 incidents")
    visit.rests()
    visit.waits_for_marks(3)
    return sorted((mark["n"], bool(mark.get("area"))) for mark in visit.marks())


def click_beside_or_on(visit: Visit, script: str) -> None:
    at = visit.map(script)
    box = visit.frame.frame_element().bounding_box()
    assert box
    visit.page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    visit.page.wait_for_timeout(600)
    visit.rests()


OF_CANDIDATE = (
    "let at = null; map_div.eachLayer(layer => { if (layer.feature && layer.feature.properties.number === %d)"
    " at = map_div.latLngToContainerPoint(layer.getLatLng()) }); return at"
)


def test_an_ambiguous_town_is_settled_on_the_map_and_undone(reviewed: Visit) -> None:
    page = reviewed.page
    assert goes_to_the_map(reviewed) == [(1, False), (2, True)]
    goes_to_places(reviewed)
    choice = page.locator(".st-key-place_choice input").first
    click_beside_or_on(reviewed, "return map_div.latLngToContainerPoint([32.0, 55.0])")
    typed = page.locator(".st-key-place_point input").input_value()
    assert [round(float(part)) for part in typed.split(",")] == [32, 55]
    click_beside_or_on(reviewed, OF_CANDIDATE % 1)
    assert "Kerman" in choice.input_value()
    page.locator(".st-key-place_settle button").click()
    page.get_by_text("Rahimabad: settled. 2 incidents have their new place").wait_for()
    assert goes_to_the_map(reviewed) == [(1, False), (2, False)]
    goes_to_places(reviewed)
    page.locator(".st-key-decision_undo button").click()
    page.get_by_text("Rahimabad: undone. 2 incidents are found by name again.").wait_for()
    assert goes_to_the_map(reviewed) == [(1, False), (2, True)]
