"""Reviewing duplicates in a real browser: two files with the same events, linked, and undone."""

from datetime import date
from typing import Any

import pytest
from tests.browser.conftest import Served, Visit
from tests.views.made_data import at, figure, incident, put

from incidents.store import open_store

pytestmark = pytest.mark.browser

AT_CHABAHAR: dict[str, Any] = {"event_date": date(2024, 4, 3), "actor1": "Jaish al-Adl", **at("Chabahar")}
AT_ZAHEDAN: dict[str, Any] = {"event_date": date(2024, 5, 6), "actor1": "Jundallah", **at("Zahedan")}


def test_a_pair_is_linked_and_the_link_undone(visit: Visit, served: Served) -> None:
    page = visit.page
    with open_store(str(served.store)) as store:
        for name, dead in (("first", (10, 10, 15)), ("second", (11, 11, 11))):
            rows = [AT_CHABAHAR | figure("fatalities", *dead), AT_ZAHEDAN | figure("fatalities", 3, 3, 3)]
            put(store, [incident(n, name, **row) for n, row in enumerate(rows, 1)], dataset_id=name, layout=name)
    visit.sees("Showing 2 of 2 incidents")
    page.get_by_role("link", name="Review").click()
    page.get_by_role("radio", name="Duplicates").or_(page.get_by_role("button", name="Duplicates")).click()
    page.locator(".st-key-duplicates_find button").click()
    page.get_by_text("2 pairs may be one event").wait_for()
    visit.rests()
    page.locator(".st-key-duplicates_on button").click()
    page.get_by_text("Pair 2 of 2").wait_for()
    page.locator(".st-key-duplicates_link button").click()
    page.get_by_text("1 linked").wait_for()
    visit.rests()
    with open_store(str(served.store)) as store:
        assert [(dataset.name, dataset.incidents) for dataset in store.datasets()] == [("second", 2), ("first", 1)]
        assert [(link.kept_id, link.other_id) for link in store.links()] == [("second-1", "first-1")]
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("1 linked").wait_for(state="detached")
    page.get_by_text("Pair 1 of 2").wait_for()
    with open_store(str(served.store)) as store:
        assert [dataset.incidents for dataset in store.datasets()] == [2, 2]
        assert store.links() == ()
