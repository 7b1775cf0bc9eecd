"""The duplicate review, without a browser."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tests.views.made_data import at, figure, incident, put

from incidents.store import Store, open_store
from incidents.ui.pair_facts import facts
from incidents.views.duplicates import pair_view

HOSTILE = "<img src=x onerror=alert(1)> **bold** {{7*7}} `${1}` [a](javascript:alert(1))"
EVENT = {"event_date": date(2024, 4, 3), "event_type": "Battles", "actor1": "Jaish al-Adl", **at("Chabahar")}


def page() -> None:
    from incidents.ui.duplicates_review import render_duplicates

    render_duplicates()


@pytest.fixture
def store(store_folder: Path) -> Iterator[Store]:
    st.cache_resource.clear()
    with open_store(str(store_folder)) as opened:
        yield opened


def two_files(store: Store, **texts: str) -> None:
    for dataset_id, dead in (("older", (4, 7, 9)), ("newer", (5, 5, 5))):
        rows = [
            incident(number, dataset_id, **(EVENT | figure("fatalities", *dead) | place | texts))
            for number, place in ((1, {}), (2, at("Zahedan")))
        ]
        put(store, rows, dataset_id=dataset_id, layout=dataset_id)


def looked() -> AppTest:
    opened = AppTest.from_function(page, default_timeout=60).run()
    opened.button(key="duplicates_find").click().run()
    assert not opened.exception
    return opened


def said(opened: AppTest) -> str:
    return "\n".join(str(found.value) for found in opened.text)


def numbers(store: Store) -> list[int]:
    return [dataset.incidents for dataset in store.datasets()]


def test_nothing_is_compared_before_it_is_asked_for(store: Store) -> None:
    two_files(store)
    opened = AppTest.from_function(page, default_timeout=60).run()
    assert opened.selectbox(key="duplicates_compare").options == [
        "newer with older",
        "Within newer",
        "Within older",
    ]
    assert "pairs may be" not in said(opened)


def test_pairs_are_counted_and_nothing_is_linked_by_looking(store: Store) -> None:
    two_files(store)
    opened = looked()
    assert "2 pairs may be one event, 0 the same in every fact; the likeliest first." in said(opened)
    assert "Pair 1 of 2: same day, same point, same actors, tolls overlap, same type" in said(opened)
    assert numbers(store) == [2, 2]


def test_both_rows_are_side_by_side_with_what_differs_marked(store: Store) -> None:
    two_files(store)
    pair = pair_view(store.reader(), "older-1", "newer-1")
    assert pair
    shown = facts(pair).set_index("Fact")
    assert shown.loc["Reported dead"].tolist() == ["5", "7 (4 to 9)", "differs", "5 (4 to 9)"]
    assert shown.loc["Town"].tolist() == ["Chabahar", "Chabahar", "", "Chabahar"]
    assert shown.loc["File"].tolist() == ["newer.csv, line 1", "older.csv, line 1", "differs", "newer.csv, line 1"]
    assert "District" in shown.index
    assert "Address" not in shown.index


def test_a_link_counts_once_and_undo_brings_the_pair_back(store: Store) -> None:
    two_files(store)
    opened = looked()
    opened.button(key="duplicates_link").click().run()
    assert not opened.exception
    assert numbers(store) == [2, 1]
    assert "Pair 1 of 1" in said(opened)
    assert "older, line 1 is one incident with newer, line 1" in said(opened)
    opened.button(key="duplicates_undo_1").click().run()
    assert numbers(store) == [2, 2]
    assert "Pair 1 of 2" in said(opened)
    assert store.links() == ()


def test_a_pair_kept_stays_two_and_may_be_proposed_again(store: Store) -> None:
    two_files(store)
    opened = looked()
    opened.button(key="duplicates_keep").click().run()
    assert "Pair 1 of 1" in said(opened)
    assert numbers(store) == [2, 2]
    assert "1 pair may be" in said(looked())
    opened.button(key="duplicates_again").click().run()
    assert "2 pairs may be" in said(looked())


def test_steps_lead_through_the_pairs(store: Store) -> None:
    two_files(store)
    opened = looked()
    assert opened.button(key="duplicates_back").disabled
    opened.button(key="duplicates_on").click().run()
    assert "Pair 2 of 2" in said(opened)
    assert opened.button(key="duplicates_on").disabled


def test_pairs_of_other_data_are_not_shown(store: Store) -> None:
    two_files(store)
    opened = looked()
    store.delete("older")
    opened.run()
    assert not opened.exception
    assert "Pair" not in said(opened)


def test_a_pair_that_another_person_linked_is_refused_in_a_sentence(store: Store) -> None:
    two_files(store)
    opened = looked()
    held = opened.session_state["duplicates_found"]
    store.link("older-1", "newer-1")
    opened.session_state["duplicates_found"] = (held[0], store.version(), held[2])
    opened.run()
    assert not opened.exception
    assert any("no longer in the store" in found.value for found in opened.caption)


def test_text_from_a_file_reaches_neither_markdown_nor_html(store: Store) -> None:
    two_files(store, notes=HOSTILE, source=HOSTILE, location=HOSTILE, actor1=HOSTILE, source_id=HOSTILE)
    store.rename("older", HOSTILE)
    opened = looked()
    opened.button(key="duplicates_link").click().run()
    assert not opened.exception
    for kind in ("markdown", "caption", "html", "info", "error", "warning", "button"):
        for found in opened.get(kind):
            shown = f"{getattr(found, 'value', '')} {getattr(found, 'label', '')}"
            assert "onerror" not in shown, kind
