"""The wiring of the Explore page, without a browser."""

import csv
import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from incidents.cli import main

APP = Path(__file__).resolve().parents[2] / "app.py"
HOSTILE = "<img src=x onerror=alert(1)> **bold** {{7*7}} `${1}` [a](javascript:alert(1))"


def opened() -> AppTest:
    page = AppTest.from_file(str(APP), default_timeout=120).run()
    assert not page.exception
    return page


def sentence(page: AppTest) -> str:
    return next(found.value for found in page.markdown if found.value.startswith("Showing"))


def n_on_map(page: AppTest) -> int:
    arguments = json.loads(page.get("component_instance")[0].proto.json_args)
    layer = arguments["feature_group"] or ""
    start = layer.find('{"features"')
    if start < 0:
        return 0
    found, _ = json.JSONDecoder().raw_decode(layer[start:])
    return sum(feature["properties"]["n"] for feature in found["features"])


@pytest.mark.usefixtures("store_folder")
def test_an_empty_store_opens_on_the_sample() -> None:
    page = opened()
    assert sentence(page).startswith("Showing 40 of 40 incidents;")
    assert any("Sample data. Drop your own file here." in found.value for found in page.markdown)
    assert n_on_map(page) == 40


@pytest.mark.usefixtures("store_folder")
def test_sentence_and_map_follow_a_filter_together() -> None:
    page = opened()
    page.multiselect(key="filter_actor").select("Jundallah").run()
    assert sentence(page).startswith("Showing 7 of 40 incidents;")
    assert set(page.query_params) == {"actor", "data"}
    assert page.query_params["actor"] in ("Jundallah", ["Jundallah"])
    assert n_on_map(page) == 7


@pytest.mark.usefixtures("store_folder")
def test_a_chip_takes_its_filter_away() -> None:
    page = opened()
    page.number_input(key="filter_fatalities").set_value(20).run()
    chips = next(found for found in page.multiselect if found.label.startswith("Filters set"))
    assert chips.value == ["Killed: at least 20"]
    chips.unselect("Killed: at least 20").run()
    assert sentence(page).startswith("Showing 40 of 40 incidents;")


@pytest.mark.usefixtures("store_folder")
def test_clear_all_takes_every_filter_away() -> None:
    page = opened()
    page.text_input(key="filter_words").set_value("police").run()
    page.multiselect(key="filter_country").select("Iran").run()
    page.button(key="clear_all").click().run()
    assert sentence(page).startswith("Showing 40 of 40 incidents;")
    assert page.query_params == {}


@pytest.mark.usefixtures("store_folder")
def test_a_link_brings_its_filter() -> None:
    page = AppTest.from_file(str(APP), default_timeout=120)
    page.query_params["killed_from"] = "20"
    page.query_params["from"] = "nonsense"
    page.run()
    assert not sentence(page).startswith("Showing 40")
    assert page.number_input(key="filter_fatalities").value == 20
    assert any("from could not be read" in found.value for found in page.caption)


@pytest.mark.usefixtures("store_folder")
def test_a_choice_of_province_narrows_the_towns_and_keeps_what_is_chosen() -> None:
    page = opened()
    page.multiselect(key="filter_location").select("Zahedan").run()
    page.multiselect(key="filter_admin1").select("Balochistan").run()
    towns = page.multiselect(key="filter_location")
    assert "Zahedan" in towns.options
    assert towns.value == ["Zahedan"]
    assert sentence(page).startswith("Showing 0 of 40 incidents;")


def test_text_from_a_file_reaches_neither_markdown_nor_html(store_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "hostile.csv"
    with file.open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(
            [
                "event_date",
                "event_type",
                "actor1",
                "actor2",
                "country",
                "admin1",
                "location",
                "latitude",
                "longitude",
                "fatalities",
                "notes",
                "source",
            ]
        )
        writer.writerow(
            ["2024-04-03", HOSTILE, HOSTILE, HOSTILE, "Iran", HOSTILE, HOSTILE, "25.29", "60.64", "3", HOSTILE, HOSTILE]
        )
        writer.writerow(
            ["2024-04-04", "Battles", "A", "B", "Iran", "Sistan-Baluchestan", "Zahedan", "29.5", "60.86", "1", "n", "s"]
        )
    assert main(["import", str(file), "--store", str(store_folder)]) == 0
    page = opened()
    page.multiselect(key="filter_actor").select(HOSTILE).run()
    assert not page.exception
    page.session_state["selected_incident"] = next(iter(page.session_state["table_shown"]))
    page.run()
    assert any(HOSTILE in found.value for found in page.text), "the details show it as plain text"
    for kind in ("markdown", "caption", "html", "info", "error", "warning"):
        for found in page.get(kind):
            body = getattr(found, "value", None) or getattr(getattr(found, "proto", None), "body", "")
            assert "onerror" not in str(body), kind
    assert "onerror" not in page.get("component_instance")[0].proto.json_args
    assert "7*7" not in page.get("component_instance")[0].proto.json_args
