"""The wiring of the Import page, without a browser."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from incidents.ingest import import_file
from incidents.normalise.options import ImportOptions
from incidents.store import open_store

APP = Path(__file__).resolve().parents[2] / "app.py"
HOSTILE = "<img src=x onerror=alert(1)> **bold** {{7*7}} ${1}"
GOOD = b"event_id,date,place,country,killed\n1,2024-05-01,Zahedan,Iran,3\n2,never,Khash,Iran,1\n"
ASKING = b"id,date,place,country\n1,03/04/2024,Zahedan,Iran\n"


def import_page() -> AppTest:
    """The Import page alone, within the set-up of the whole."""

    def script() -> None:
        import streamlit as st

        from incidents.ui.import_page import import_page as shown

        st.session_state["pages"] = {"explore": st.Page(lambda: None, title="Explore", url_path="explore")}
        shown()

    return AppTest.from_function(script, default_timeout=120)


def brought(*files: tuple[str, bytes]) -> AppTest:
    page = import_page().run()
    page.file_uploader(key="upload").set_value([(name, content, "text/csv") for name, content in files]).run()
    for _ in range(60):
        if any(button.key == "import_cancel" for button in page.button):
            page.run()
    assert not page.exception
    return page


def keys(page: AppTest) -> list[str]:
    return [str(button.key) for button in page.button]


def texts(page: AppTest) -> str:
    return "\n".join(found.value for found in page.text)


@pytest.mark.usefixtures("store_folder")
def test_the_page_says_who_sees_what_is_imported() -> None:
    page = import_page().run()
    assert any(
        "Files you import are visible to everybody who uses this store." in found.value for found in page.caption
    )


def test_nothing_is_stored_before_the_word(store_folder: Path) -> None:
    page = brought(("may.csv", GOOD))
    assert "import_confirm" in keys(page)
    with open_store(str(store_folder)) as store:
        assert store.datasets() == ()


@pytest.mark.usefixtures("store_folder")
def test_a_question_is_asked_in_place_of_the_report() -> None:
    page = brought(("may.csv", ASKING))
    assert "import_confirm" not in keys(page)
    assert "tells whether the day or the month comes first (such as 03/04/2024)." in texts(page)
    assert "--dates" not in texts(page)


@pytest.mark.usefixtures("store_folder")
def test_the_answer_brings_the_report() -> None:
    page = brought(("may.csv", ASKING))
    next(button for button in page.button if button.label.startswith("Day first")).click().run()
    assert "import_confirm" in keys(page)


def test_a_file_that_is_there_already_is_named_not_stored_twice(store_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(GOOD)
    with open_store(str(store_folder)) as store:
        import_file(store, tmp_path / "a.csv", ImportOptions(), name="April")
    page = brought(("again.csv", GOOD))
    assert "It is the dataset April" in texts(page)
    assert "import_confirm" not in keys(page)


@pytest.mark.usefixtures("store_folder")
def test_text_and_names_of_a_file_reach_neither_markdown_nor_html() -> None:
    header = f'date,place,country,killed,"{HOSTILE}"\n'
    content = (header + f'2024-05-01,"{HOSTILE}",Iran,1,"{HOSTILE}"\n"{HOSTILE}",x,Iran,1,y\n').encode()
    page = brought((f"{HOSTILE}.csv", content))
    assert "onerror" in texts(page)
    for kind in ("markdown", "caption", "html", "info", "error", "warning", "button", "expander"):
        for found in page.get(kind):
            shown = getattr(found, "value", None) or getattr(found, "label", "") or getattr(found.proto, "body", "")
            assert "onerror" not in str(shown), kind


def test_a_fault_of_ours_is_one_sentence_with_an_id(
    store_folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError(f"SELECT secret FROM {store_folder}")

    monkeypatch.setattr("incidents.ui.import_files.examine", broken)
    page = brought(("may.csv", GOOD))
    said = re.search(r"the server's log has the details under ([0-9a-f]{8})\.", texts(page))
    assert said
    assert "SELECT" not in texts(page)
    assert str(store_folder) not in texts(page)
    assert said[1] in caplog.text


def test_a_fault_of_a_whole_page_is_one_sentence_too(store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError(f"SELECT secret FROM {store_folder}")

    monkeypatch.setattr("incidents.ui.explore.filter_panel.render_filters", broken)
    page = AppTest.from_file(str(APP), default_timeout=120).run()
    assert not page.exception
    assert [re.sub(r"[0-9a-f]{8}", "ID", found.value) for found in page.error] == [
        "Something went wrong that should not have; the server's log has the details under ID."
    ]
