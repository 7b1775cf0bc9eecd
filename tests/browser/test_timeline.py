"""The timeline: brush, brush again, clear; presets; play."""

import re
from datetime import date

import pytest
from playwright.sync_api import Browser
from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.soak]  # long: `make soak`


def brush(visit: Visit, left: float, right: float) -> None:
    chart = visit.page.locator(".st-key-timeline :is(canvas, svg.marks)").first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box
    visit.page.mouse.move(box["x"] + left * box["width"], box["y"] + 60)
    visit.page.mouse.down()
    visit.page.mouse.move(box["x"] + right * box["width"], box["y"] + 62, steps=8)
    visit.page.mouse.up()


def dates(visit: Visit) -> tuple[str, str] | None:
    found = re.search(r"from=([\d-]+).*to=([\d-]+)", visit.page.url)
    return (found[1], found[2]) if found else None


def waits_for_other_dates(visit: Visit, before: tuple[str, str] | None) -> tuple[str, str] | None:
    for _ in range(200):
        if dates(visit) != before:
            visit.rests()
            return dates(visit)
        visit.page.wait_for_timeout(100)
    raise AssertionError(f"the dates stayed {before}")


def shown(visit: Visit) -> int:
    return int(visit.page.locator(".st-key-sentence").inner_text().split()[1])


def test_a_brush_another_brush_and_a_click_that_clears(visit: Visit) -> None:
    brush(visit, 0.6, 0.8)
    first = waits_for_other_dates(visit, None)
    assert first
    assert 0 < shown(visit) < 40
    brush(visit, 0.3, 0.5)
    second = waits_for_other_dates(visit, first)
    assert second
    assert second[1] < first[0]
    brush(visit, 0.1, 0.1)
    assert waits_for_other_dates(visit, second) is None
    visit.sees("Showing 40 of 40 incidents")


def test_a_brush_takes_whole_bars(visit: Visit) -> None:
    brush(visit, 0.6, 0.8)
    found = waits_for_other_dates(visit, None)
    assert found
    start, end = (date.fromisoformat(day) for day in found)
    assert (start.day, start.month % 3) == (1, 1)  # the sample's twenty years are drawn by quarters
    assert (end.month % 3, end.day) in ((0, 30), (0, 31))


def test_dates_cleared_elsewhere_take_the_brush_away_and_it_can_be_drawn_again(visit: Visit) -> None:
    brush(visit, 0.6, 0.8)
    first = waits_for_other_dates(visit, None)
    visit.page.locator(".st-key-timeline_presets").get_by_role("button", name="All dates").click()
    assert waits_for_other_dates(visit, first) is None
    brush(visit, 0.6, 0.8)
    assert waits_for_other_dates(visit, None) == first


def test_a_preset_is_counted_from_the_end_of_the_data(visit: Visit) -> None:
    visit.page.locator(".st-key-timeline_presets").get_by_role("button", name="30 days").click()
    assert waits_for_other_dates(visit, None) == ("2025-07-29", "2025-08-27")


def test_play_goes_ten_steps_and_the_map_follows(visit: Visit) -> None:
    visit.page.locator(".st-key-play_start button").click()
    visit.page.locator(".st-key-play_speed button", has_text="Fast").click()
    seen: list[tuple[str, str]] = []
    for _ in range(600):
        now = dates(visit)
        if now and now not in seen:
            seen.append(now)
        if len(seen) > 10:
            break
        visit.page.wait_for_timeout(50)
    assert len(seen) > 10
    assert seen == sorted(seen)
    visit.page.locator(".st-key-play_pause button").click()
    visit.page.get_by_role("button", name="Go on").wait_for()
    visit.rests()
    visit.waits_for_marks(shown(visit))
    before = dates(visit)
    visit.page.keyboard.press("ArrowRight")
    after = waits_for_other_dates(visit, before)
    assert after
    assert before
    assert after > before
    visit.page.keyboard.press("ArrowLeft")
    assert waits_for_other_dates(visit, after) == before
    visit.page.locator(".st-key-play_stop button").click()
    visit.sees("Showing 40 of 40 incidents")


def test_a_growing_window_keeps_what_it_has(visit: Visit) -> None:
    visit.page.locator(".st-key-play_start button").click()
    waits_for_other_dates(visit, None)
    visit.page.locator(".st-key-play_pause button").click()
    visit.page.get_by_role("button", name="Go on").wait_for()
    visit.rests()
    length = visit.page.locator(".st-key-play_length input").first
    length.scroll_into_view_if_needed()
    visit.page.wait_for_timeout(500)  # a list that is open closes when the page scrolls
    length.click()
    visit.page.get_by_role("option", name="from the start, growing").click()
    visit.page.wait_for_timeout(300)
    visit.rests()
    counts = [shown(visit)]
    for _ in range(4):
        before = dates(visit)
        visit.page.locator(".st-key-play_forward button").click()
        waits_for_other_dates(visit, before)
        counts.append(shown(visit))
    assert counts == sorted(counts)
    assert (dates(visit) or ("", ""))[0] == "2005-10-01"


@pytest.mark.parametrize("zone", ["Asia/Tehran", "America/Los_Angeles"])
def test_a_brush_means_the_same_days_in_every_time_zone(browser: Browser, address: str, zone: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, timezone_id=zone)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/?unit=month")
    visit = Visit(page, [], [])
    visit.sees("Showing 40 of 40 incidents")
    page.locator(".st-key-timeline :is(canvas, svg.marks)").first.wait_for()
    visit.rests()
    brush(visit, 0.5, 0.7)
    found = waits_for_other_dates(visit, None)
    assert found == ("2015-05-01", "2019-06-30")
    context.close()
