"""What a person does first, in a real browser."""

import csv
import json
from pathlib import Path

import pytest
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_every_incident_of_the_sample_is_on_the_map(visit: Visit) -> None:
    visit.waits_for_marks(40)
    assert visit.requests


def test_filtering_by_an_actor_changes_sentence_map_and_link(visit: Visit) -> None:
    field = visit.page.locator(".st-key-filter_actor input").first
    field.click()
    field.fill("Jundallah")
    visit.page.get_by_role("option", name="Jundallah").click()
    visit.sees("Showing 7 of 40 incidents")
    visit.waits_for_marks(7)
    visit.rests()
    assert "?actor=Jundallah" in visit.page.url
    visit.page.get_by_label("Remove Actor: Jundallah").click()
    visit.sees("Showing 40 of 40 incidents")


def test_a_filter_keeps_the_frame_and_the_zoom(visit: Visit) -> None:
    visit.map("map_div.setView([28, 61], 7, {animate: false}); window.sameFrame = true")
    visit.rests()
    field = visit.page.locator(".st-key-filter_fatalities input").first
    field.fill("10")
    field.press("Enter")
    visit.page.get_by_label("Remove Killed: at least 10").wait_for()
    visit.rests()
    assert visit.map("return [window.sameFrame, map_div.getZoom()]") == [True, 7]


def test_a_click_on_an_incident_shows_its_details(visit: Visit) -> None:
    alone = next(
        mark for mark in visit.marks() if mark["n"] == 1 and mark["x"] > 80 and mark["y"] > 20 and not mark.get("area")
    )
    visit.clicks(alone)
    details = visit.page.locator(".st-key-details")
    details.get_by_text("Reported dead").wait_for()
    details.get_by_text("From sample_incidents.csv, line").wait_for()
    details.get_by_role("button", name="Close").click()
    details.get_by_text("Reported dead").wait_for(state="detached")


def test_a_click_on_a_cluster_zooms_in(visit: Visit) -> None:
    before = visit.map("return map_div.getZoom()")
    visit.clicks(max(visit.marks(), key=lambda mark: mark["n"]))
    visit.page.wait_for_timeout(600)
    visit.rests()
    assert visit.map("return map_div.getZoom()") > before


def test_a_brush_sets_the_dates_and_the_next_brush_sets_others(visit: Visit) -> None:
    chart = visit.page.locator(".st-key-timeline :is(canvas, svg.marks)").first
    links = []
    for left, right in ((0.6, 0.8), (0.3, 0.5)):
        chart.scroll_into_view_if_needed()
        box = chart.bounding_box()
        assert box
        visit.page.mouse.move(box["x"] + left * box["width"], box["y"] + 40)
        visit.page.mouse.down()
        visit.page.mouse.move(box["x"] + right * box["width"], box["y"] + 45, steps=8)
        visit.page.mouse.up()
        visit.page.wait_for_timeout(500)
        visit.rests()
        links.append(visit.page.url)
    assert "from=20" in links[0]
    assert "from=20" in links[1]
    assert links[0] != links[1]


def test_the_csv_holds_what_is_shown(visit: Visit, tmp_path: Path) -> None:
    field = visit.page.locator(".st-key-filter_fatalities input").first
    field.fill("20")
    field.press("Enter")
    visit.page.get_by_label("Remove Killed: at least 20").wait_for()
    visit.rests()
    found = int(visit.page.locator(".st-key-sentence").inner_text().split()[1])
    with visit.page.expect_download() as download:
        visit.page.locator(".st-key-export_csv button").click()
    download.value.save_as(tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == found
    assert all(int(row["fatalities"]) >= 20 for row in rows)
    with visit.page.expect_download() as download:
        visit.page.locator(".st-key-export_geojson button").click()
    download.value.save_as(tmp_path / "out.geojson")
    assert len(json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))["features"]) == found


def test_the_filter_outlives_a_look_at_another_page(visit: Visit) -> None:
    field = visit.page.locator(".st-key-filter_words input").first
    field.fill("border")
    field.press("Enter")
    visit.page.get_by_label("Remove Words: border").wait_for()
    visit.rests()
    before = visit.page.locator(".st-key-sentence").inner_text()
    visit.page.get_by_role("link", name="Review").click()
    visit.page.get_by_text("rows read =").wait_for()
    visit.page.get_by_role("link", name="Explore").click()
    visit.sees(before)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_screen_scrolls_in_one_direction_only(visit: Visit, scheme: str) -> None:
    visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.rests()
    assert visit.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert visit.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
