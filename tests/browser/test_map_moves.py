"""Moving about on the map: the frame and the zoom stay, a heap is listed, a choice elsewhere comes into sight."""

import pytest
from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.soak]  # long: `make soak`


def test_a_pan_and_a_filter_keep_frame_and_zoom_and_the_link_has_the_view(visit: Visit) -> None:
    visit.map("window.sameFrame = true; map_div.setView([28, 61], 7, {animate: false})")
    visit.page.wait_for_function("() => new URL(location).searchParams.has('view')")
    visit.map("map_div.panBy([150, 0], {animate: false})")
    visit.page.wait_for_timeout(600)
    visit.rests()
    field = visit.page.locator(".st-key-filter_fatalities input").first
    field.fill("3")
    field.press("Enter")
    visit.page.wait_for_function("() => new URL(location).searchParams.has('killed_from')")
    visit.rests()
    assert visit.map("return [window.sameFrame, map_div.getZoom()]") == [True, 7]
    assert visit.page.url.split("view=")[1].split("&")[0].endswith("7")


def test_a_link_with_a_view_begins_there(visit: Visit, address: str) -> None:
    visit.map("map_div.setView([28, 61], 8, {animate: false})")
    visit.page.wait_for_function("() => new URL(location).searchParams.has('view')")
    visit.rests()
    visit.page.goto(visit.page.url)
    visit.sees("Showing 40 of 40 incidents")
    visit.waits_for_map()
    visit.rests()
    visit.waits_for_marks(sum(mark["n"] for mark in visit.marks()))
    centre = visit.map(
        "const at = map_div.getCenter(); return [Math.round(at.lat), Math.round(at.lng), map_div.getZoom()]"
    )
    assert centre == [28, 61, 8]


def test_a_country_moves_the_map_and_taking_it_away_moves_it_back(visit: Visit) -> None:
    before = visit.map("return map_div.getCenter().lng")
    field = visit.page.locator(".st-key-filter_country input").first
    field.click()
    field.fill("Pakistan")
    visit.page.get_by_role("option", name="Pakistan").click()
    visit.sees("Showing 7 of 40 incidents")
    visit.waits_for_marks(7)
    visit.rests()
    assert visit.map("return map_div.getCenter().lng") > before + 1
    visit.page.get_by_label("Remove Country: Pakistan").click()
    visit.sees("Showing 40 of 40 incidents")
    visit.waits_for_marks(40)


def test_many_at_one_point_are_listed_and_one_is_chosen(visit: Visit) -> None:
    visit.map("map_div.setView([29.496, 60.863], 16, {animate: false})")
    visit.page.wait_for_timeout(600)
    visit.rests()
    heap = max(visit.marks(), key=lambda mark: mark["n"])
    assert heap["n"] > 1
    visit.clicks(heap)
    details = visit.page.locator(".st-key-details")
    details.get_by_text(f"{heap['n']} incidents at one place").wait_for()
    details.locator("table tbody tr").first.locator("button, a, td").first.click()
    details.get_by_text("Reported dead").wait_for()
