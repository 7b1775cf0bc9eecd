"""The address has the whole state: in another browser, and back and forward."""

import pytest
from playwright.sync_api import Browser
from tests.browser.conftest import Visit
from tests.browser.steps import chooses, details, opens, types

pytestmark = [pytest.mark.browser, pytest.mark.soak]  # long: `make soak`


def test_a_link_gives_another_browser_the_same_state(visit: Visit, browser: Browser) -> None:
    chooses(visit, "filter_actor", "Jaish al-Adl")
    types(visit, "filter_fatalities", "1")
    visit.page.get_by_label("Remove Killed: at least 1").wait_for()
    visit.rests()
    visit.page.locator(".st-key-table thead button", has_text="Dead").click()
    visit.page.locator(".st-key-table th[aria-sort=descending]", has_text="Dead").wait_for()
    opens(visit, "2024-04-03")
    visit.page.locator(".st-key-map_row").get_by_text("Heat", exact=True).click()
    visit.rests()
    types(visit, "filter_words", "attack")
    visit.page.get_by_label("Remove Words: attack").wait_for()
    visit.rests()
    other = browser.new_context(viewport={"width": 1440, "height": 1000})
    page = other.new_page()
    page.set_default_timeout(60_000)
    page.goto(visit.page.url)
    again = Visit(page, [], [])
    again.sees(visit.page.locator(".st-key-sentence").inner_text())
    page.locator(".st-key-table th[aria-sort=descending]", has_text="Dead").wait_for()
    page.locator(".st-key-details").get_by_text("Reported dead").first.wait_for()
    again.rests()
    assert page.url == visit.page.url
    assert details(again) == details(visit)
    for place in (".st-key-chips", ".st-key-cards", ".st-key-table"):
        assert page.locator(place).inner_text() == visit.page.locator(place).inner_text()
    assert "map=heat" in page.url
    other.close()


def test_back_and_forward(visit: Visit) -> None:
    chooses(visit, "filter_actor", "Jundallah")
    visit.sees("Showing 7 of 40 incidents")
    visit.rests()
    types(visit, "filter_fatalities", "30")
    visit.page.get_by_label("Remove Killed: at least 30").wait_for()
    visit.rests()
    narrow = visit.page.locator(".st-key-sentence").inner_text()
    visit.page.go_back()
    visit.sees("Showing 7 of 40 incidents")
    visit.rests()
    assert visit.page.locator(".st-key-filter_fatalities input").first.input_value() == ""
    visit.waits_for_marks(7)
    visit.page.go_back()
    visit.sees("Showing 40 of 40 incidents")
    visit.rests()
    visit.page.go_forward()
    visit.sees("Showing 7 of 40 incidents")
    visit.rests()
    visit.page.go_forward()
    visit.sees(narrow)


def test_back_closes_what_was_selected(visit: Visit) -> None:
    opens(visit, "2024-04-03")
    assert "incident=" in visit.page.url
    visit.page.go_back()
    visit.page.locator(".st-key-details").get_by_text("Reported dead").wait_for(state="detached")


def test_a_link_of_other_data_and_bad_parts_are_said(visit: Visit, address: str) -> None:
    visit.page.goto(f"{address}/?actor=Jundallah&killed_from=many&data=00000000")
    visit.sees("Showing 7 of 40 incidents")
    said = visit.page.locator(".st-key-chips")
    said.get_by_text("killed_from could not be read").wait_for()
    said.get_by_text("The link was made on other data").wait_for()
    removed = visit.page.get_by_label("Remove Actor: Jundallah")
    visit.rests()
    removed.click()
    visit.sees("Showing 40 of 40 incidents")
    said.get_by_text("The link was made on other data").wait_for(state="detached")


def test_copy_link_copies_the_address_and_what_the_map_shows(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chooses(visit, "filter_actor", "Jundallah")
    visit.sees("Showing 7 of 40 incidents")
    visit.rests()
    visit.map("map_div.setView([29.5, 60.86], 8, {animate: false})")
    visit.page.get_by_role("button", name="Copy link").click()
    visit.page.get_by_text("Link copied").wait_for()
    copied = visit.page.evaluate("() => navigator.clipboard.readText()")
    assert "actor=Jundallah" in copied
    assert "view=29.5" in copied
    visit.rests()
