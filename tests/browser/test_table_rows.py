"""The table: a real table of text, whose rows select."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import Visit
from tests.browser.steps import details, opens

from incidents.ui.rows import HTML, static

pytestmark = [pytest.mark.browser, pytest.mark.soak]  # long: `make soak`

HOSTILE = "<img src=x onerror='window.attacked = 1'>"


@pytest.fixture
def alone(browser: Browser) -> Iterator[Page]:
    """The component by itself, with what it was told in `window.told`."""
    page = browser.new_page()
    page.set_content(f"<style>{static('rows.css')}</style><main>{HTML}</main>")
    yield page
    page.close()


def draws(page: Page, rows: list[dict[str, object]]) -> None:
    data = {
        "label": "Rows", "columns": [{"name": "a", "label": "Name", "number": False}, {"name": "b", "label": "Notes", "number": False}],
        "rows": rows, "sort": "a", "descending": True, "selected": "2", "height": 300, "page": 0,
    }  # fmt: skip
    page.evaluate(
        """async ([script, data]) => {
            const drawn = await import('data:text/javascript,' + encodeURIComponent(script));
            window.told = [];
            const parentElement = document.querySelector('main');
            drawn.default({data, parentElement, setTriggerValue: (...told) => window.told.push(told)});
        }""",
        [static("rows.js"), data],
    )


def test_text_is_inert_and_runs_from_the_right_where_its_script_does(alone: Page) -> None:
    draws(alone, [{"id": "1", "cells": ["one", "حمله به پاسگاه"]}, {"id": "2", "cells": ["two", HOSTILE]}])
    sides = alone.evaluate("() => [...document.querySelectorAll('td')].map(cell => getComputedStyle(cell).direction)")
    assert sides == ["rtl", "ltr"]
    assert alone.evaluate("() => getComputedStyle(document.querySelector('td')).textAlign") == "start"
    assert alone.locator("td").nth(1).inner_text() == HOSTILE
    assert alone.evaluate("() => window.attacked") is None


def test_keys_move_along_the_rows_and_choose(alone: Page) -> None:
    draws(alone, [{"id": "1", "cells": ["one", ""]}, {"id": "2", "cells": ["two", ""]}])
    alone.locator("tbody button").first.focus()
    alone.keyboard.press("ArrowDown")
    alone.keyboard.press("Enter")
    assert alone.evaluate("() => JSON.stringify(window.told)") == json.dumps([["chosen", "2"]], separators=(",", ":"))
    assert alone.locator("tr[aria-current]").inner_text().startswith("two")


def test_a_row_selects_on_the_map(visit: Visit) -> None:
    opens(visit, "2024-04-03")
    assert "From sample_incidents.csv, line" in details(visit)
    assert visit.page.locator(".st-key-table tr[aria-current]").count() == 1
    assert any(mark.get("selected") or mark.get("halo") for mark in visit.marks())


def test_a_heading_sorts_in_both_directions(visit: Visit) -> None:
    heading = visit.page.locator(".st-key-table thead th", has_text="Dead")
    heading.get_by_role("button").click()
    visit.page.locator(".st-key-table th[aria-sort=descending]", has_text="Dead").wait_for()
    visit.rests()
    assert "sort=fatalities" in visit.page.url
    heading.get_by_role("button").click()
    visit.page.locator(".st-key-table th[aria-sort=ascending]", has_text="Dead").wait_for()
    visit.rests()
    assert "order=up" in visit.page.url
    first = visit.page.locator(".st-key-table tbody tr").first.locator("td").nth(3).inner_text()
    assert first == "0"


def test_any_column_can_be_shown(visit: Visit) -> None:
    visit.page.locator(".st-key-table").get_by_role("button", name="Columns").click()
    field = visit.page.locator(".st-key-table_columns input").first
    field.fill("place_remark")
    visit.page.get_by_role("option", name="place_remark").click()
    visit.page.locator(".st-key-table th", has_text="place_remark").wait_for()
    visit.rests()
    assert "columns=" in visit.page.url
