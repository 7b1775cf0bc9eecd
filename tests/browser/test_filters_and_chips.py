"""Every filter is set by its control and taken away by its chip."""

import pytest
from tests.browser.conftest import Visit
from tests.browser.steps import chip, chooses, removes, types, types_dates

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("key", "option", "text", "found"),
    [
        ("filter_country", "Pakistan", "Country: Pakistan", 7),
        ("filter_admin1", "Balochistan", "Province: Balochistan", 7),
        ("filter_location", "Rask", "Town: Rask", 3),
        ("filter_actor", "Jundallah", "Actor: Jundallah", 7),
        ("filter_event_type", "Battles", "Type: Battles", 16),
        ("filter_geo_precision", "district", "Place known to: district", 7),
    ],
)
def test_a_choice(visit: Visit, key: str, option: str, text: str, found: int) -> None:
    chooses(visit, key, option)
    visit.sees(f"Showing {found} of 40 incidents")
    visit.waits_for_marks(found)
    removes(visit, text)


def test_numbers_words_and_figures_from_words(visit: Visit) -> None:
    types(visit, "filter_fatalities", "20")
    chip(visit, "Killed: at least 20")
    removes(visit, "Killed: at least 20")
    types(visit, "filter_fatalities_most", "0")
    chip(visit, "Killed: at most 0")
    removes(visit, "Killed: at most 0")
    types(visit, "filter_words", "courthouse")
    visit.sees("Showing 1 of 40 incidents")
    removes(visit, "Words: courthouse")
    visit.page.locator(".st-key-filter_leave_out_words label").first.click()
    chip(visit, "Without figures from words")
    removes(visit, "Without figures from words")


def test_dates(visit: Visit) -> None:
    types_dates(visit, "20240403", "20240404")
    visit.sees("Showing 1 of 40 incidents")
    removes(visit, "When: 3 Apr 2024 to 4 Apr 2024")


def test_near_a_point(visit: Visit) -> None:
    visit.page.locator(".st-key-filter_near").get_by_text("Near a point").click()
    for name, text in (("latitude", "26.2368"), ("longitude", "61.399"), ("km", "5")):
        types(visit, f"filter_near_{name}", text)
        visit.rests()
    visit.sees("Showing 3 of 40 incidents")
    removes(visit, "Within 5 km of 26.2368, 61.399")


def test_any_other_column_included_and_excluded(visit: Visit) -> None:
    chooses(visit, "filter_columns", "Claim")
    visit.rests()
    chooses(visit, "filter_is-responsibility", "disputed")
    chip(visit, "responsibility is disputed")
    visit.rests()
    assert "Showing 40 " not in visit.page.locator(".st-key-sentence").inner_text()
    removes(visit, "responsibility is disputed")
    chooses(visit, "filter_columns", "Claim")
    visit.rests()
    chooses(visit, "filter_is_not-responsibility", "claimed")
    chip(visit, "responsibility is not claimed")
    visit.rests()
    removes(visit, "responsibility is not claimed")


@pytest.mark.parametrize(
    ("key", "typed", "text", "found"),
    [
        ("filter_actor", "Army of Justice", "Actor: Jaish al-Adl", 17),
        ("filter_admin1", "BALOCHISTAN province", "Province: Balochistan", 7),
        ("filter_location", "rask", "Town: Rask", 3),
    ],
)
def test_another_spelling_finds_the_name(visit: Visit, key: str, typed: str, text: str, found: int) -> None:
    types(visit, key, typed)
    visit.sees(f"Showing {found} of 40 incidents")
    removes(visit, text)


def test_a_name_that_nobody_has_finds_nothing_and_says_which(visit: Visit) -> None:
    types(visit, "filter_location", "Nowhere at all")
    visit.sees("Showing 0 of 40 incidents")
    removes(visit, "Town: Nowhere at all")


def test_a_line_of_a_list_filters(visit: Visit) -> None:
    visit.page.locator(".st-key-details").get_by_role("button", name="Jundallah").click()
    visit.sees("Showing 7 of 40 incidents")
    removes(visit, "Actor: Jundallah")
    visit.page.locator(".st-key-details").get_by_text("Pairs", exact=True).click()
    visit.page.locator(".st-key-details").get_by_role("button", name="Jaish al-Adl – Police of Iran").click()
    chip(visit, "actor1 is Jaish al-Adl")
    visit.rests()
    visit.page.locator(".st-key-clear_all button").click()
    visit.sees("Showing 40 of 40 incidents")
