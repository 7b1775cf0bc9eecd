"""The Places panel of the Review page, without a browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from tests.places.nominatim_server import RASK, NominatimServer

from incidents.cli import main

HEADER = "event_date,event_type,actor1,country,admin1,location,fatalities\n"
ROWS = """2024-04-01,Battles,A,Iran,,Rahimabad,1
2024-04-02,Battles,A,Iran,,Rahimabad,2
2024-04-03,Battles,A,Iran,Sistan-Baluchestan,Zznowhere,3
"""
HOSTILE = "<img src=x onerror=alert(1)> **bold** {{7*7}} `${1}`"


def panel() -> None:
    from incidents.ui.places_review import render_places

    render_places()


def opened(store_folder: Path, rows: str = ROWS) -> AppTest:
    file = store_folder.parent / "a.csv"
    file.write_text(HEADER + rows, encoding="utf-8")
    assert main(["import", str(file)]) == 0
    return ran(AppTest.from_function(panel, default_timeout=120))


def ran(what: Any) -> AppTest:
    """The page after it, or a widget of it that was changed, ran."""
    page: AppTest = what.run()
    assert not page.exception
    return page


def texts(page: AppTest) -> str:
    return "\n".join(found.value for found in (*page.markdown, *page.text, *page.caption))


def test_the_place_of_most_incidents_comes_first_and_is_settled_and_undone(store_folder):
    page = opened(store_folder)
    assert "2 place names are not settled" in texts(page)
    assert page.selectbox(key="place_query").value.name == "Rahimabad"
    assert page.selectbox(key="place_choice").options[0].startswith("1  Raḩīmābād, Kerman, Iran: 30.593, 56.802")
    ran(page.button(key="place_settle").click())
    assert "Rahimabad: settled. 2 incidents have their new place" in texts(page)
    assert page.selectbox(key="place_query").value.name == "Zznowhere"
    ran(page.button(key="decision_undo").click())
    assert page.selectbox(key="place_query").options[0].startswith("Rahimabad, Iran: 2 incidents")


def test_coordinates_can_be_typed(store_folder):
    page = opened(store_folder)
    ran(page.selectbox(key="place_choice").select_index(2))
    assert page.button(key="place_settle").disabled
    ran(page.text_input(key="place_point").set_value("north"))
    assert "Expected two numbers of degrees" in texts(page)
    ran(page.text_input(key="place_point").set_value("48.9, 57.7"))
    assert "far outside the stated country" in texts(page)
    ran(page.text_input(key="place_point").set_value("28.94, 57.73"))
    ran(page.button(key="place_settle").click())
    assert "Rahimabad: settled" in texts(page)


def test_the_province_alone_can_be_chosen(store_folder):
    page = opened(store_folder)
    ran(page.selectbox(key="place_query").select_index(1))
    options = page.selectbox(key="place_choice").options
    ran(
        page.selectbox(key="place_choice").select_index(
            next(i for i, name in enumerate(options) if "province only" in name)
        )
    )
    ran(page.button(key="place_settle").click())
    assert "Zznowhere: settled" in texts(page)


def test_text_of_files_reaches_neither_markdown_nor_html_nor_the_map(store_folder):
    page = opened(store_folder, f'2024-04-01,Battles,A,Iran,Kerman,"{HOSTILE}",1\n')
    ran(page.selectbox(key="place_choice").select_index(0))
    assert any("onerror" in option for option in page.selectbox(key="place_query").options)
    for kind in ("markdown", "caption", "html", "info", "error", "warning"):
        for found in page.get(kind):
            body = getattr(found, "value", None) or getattr(getattr(found, "proto", None), "body", "")
            assert "onerror" not in str(body), kind
    assert "onerror" not in page.get("component_instance")[0].proto.json_args


def test_the_sample_can_be_looked_at_but_not_settled(store_folder):
    page = ran(AppTest.from_function(panel, default_timeout=120))
    assert "These are the places of the sample" in texts(page)
    assert all(button.disabled for button in page.button if button.key == "place_settle")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[NominatimServer]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with NominatimServer() as running:
        monkeypatch.setenv("INCIDENTS_GEOCODER_URL", running.url)
        yield running


def test_without_a_user_agent_there_is_no_button_and_nothing_is_sent(store_folder, server, monkeypatch):
    monkeypatch.delenv("INCIDENTS_USER_AGENT", raising=False)
    page = opened(store_folder)
    assert "Online look-ups are off; nothing is sent" in texts(page)
    assert "place_online" not in [button.key for button in page.button]
    assert server.requests == []


def test_a_look_up_is_sent_on_the_button_alone_and_shown_with_its_attribution(store_folder, server, monkeypatch):
    monkeypatch.setenv("INCIDENTS_USER_AGENT", "test of Incidents, test@example.org")
    server.places = {"Rahimabad": [RASK]}
    page = opened(store_folder)
    assert server.requests == []
    ran(page.button(key="place_online").click())
    assert [request.parameters["q"] for request in server.requests] == ["Rahimabad"]
    assert "OpenStreetMap contributors" in texts(page)
    assert any("nominatim" in option for option in page.selectbox(key="place_choice").options)


def test_an_outage_is_told_as_one(store_folder, server, monkeypatch):
    monkeypatch.setenv("INCIDENTS_USER_AGENT", "test of Incidents, test@example.org")
    server.fault = "500"
    page = opened(store_folder)
    ran(page.button(key="place_online").click())
    assert 'No answer, which is not "no such place"' in texts(page)
