"""Four questions of an analyst, answered from the page alone."""

import pytest
from tests.browser.conftest import Visit
from tests.browser.steps import chooses, details, opens, types_dates

pytestmark = [pytest.mark.browser, pytest.mark.soak]  # long: `make soak`


def cards(visit: Visit) -> str:
    return visit.page.locator(".st-key-cards").inner_text()


def test_who_died_on_the_night_of_3_april_2024_and_how_sure(visit: Visit) -> None:
    types_dates(visit, "20240403", "20240404")
    visit.sees("Showing 1 of 40 incidents")
    visit.rests()
    opens(visit, "2024-04-03")
    text = details(visit)
    assert "3 to 4 April 2024" in text
    lines = [line.split("\t") for line in text.splitlines() if "\t" in line]
    harm = {line[0].strip(): line[-1].strip() for line in lines}
    assert harm["Reported dead"] == "at least 27"
    assert harm["of actor 1"] == "16"
    assert harm["of actor 2"] == "at least 11"
    assert harm["Harm"] == "attackers included"
    assert (harm["Actor 1"], harm["Actor 2"]) == ("Jaish al-Adl", "Security forces of Iran")
    assert "Chabahar; Rask" in text
    assert "its figures are counted once" in text


def test_how_many_died_in_rask_in_the_year_before(visit: Visit) -> None:
    types_dates(visit, "20230403", "20240402")
    chooses(visit, "filter_location", "Rask")
    visit.sees("Showing 2 of 40 incidents")
    visit.rests()
    text = cards(visit)
    assert "12\nreported fatalities\nlow 12, high 13" in text


def test_which_incidents_have_no_exact_place_and_why(visit: Visit) -> None:
    for precision in ("line", "district", "province"):
        chooses(visit, "filter_geo_precision", precision)
        visit.rests()
    visit.sees("Showing 10 of 40 incidents")
    visit.rests()
    opens(visit, "2005-12-01")
    text = details(visit)
    assert "known to: the province only" in text
    assert "the reports name no town" in text


def test_where_the_figure_of_30_september_2022_comes_from(visit: Visit) -> None:
    types_dates(visit, "20220930", "20220930")
    visit.sees("Showing 1 of 40 incidents")
    visit.rests()
    opens(visit, "2022-09-30")
    text = details(visit)
    assert "Claim\tdisputed" in text
    assert "66 (at least 19)" in text
    assert "Source: Iran International (Amnesty International), 6 October 2022" in text
    assert "https://iranintl.com/en/202210067855" in text
    assert "Officials 19, later 35" in text
