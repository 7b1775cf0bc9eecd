"""The map's modes, and the filters that are set on the map itself."""

import re

import pytest
from playwright.sync_api import Browser
from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.soak]  # long: `make soak`

SISTAN = "Sistan and Baluchestan"
SHADED = (
    "const found = []; map_div.eachLayer(layer => { if (layer instanceof L.Polygon && layer.getTooltip() && layer.options.fillColor) {"
    " const text = layer.getTooltip().getContent()(layer).textContent;"
    " const at = map_div.latLngToContainerPoint(layer.getBounds().getCenter()); found.push({text, x: at.x, y: at.y}) } }); return found"
)


def turn_to(visit: Visit, mode: str) -> None:
    visit.page.locator(".st-key-map_mode button", has_text=mode).click()
    visit.page.wait_for_function(f"() => new URL(location).searchParams.get('map') === '{mode.lower()}'")
    visit.rests()


def shaded(visit: Visit, words: str) -> dict[str, float]:
    """The province on the map whose tooltip has these words."""
    for _ in range(100):
        for province in visit.map(SHADED):
            if words in province["text"]:
                return dict(province)
        visit.page.wait_for_timeout(200)
    raise AssertionError(f"no province says {words!r}: {[each['text'] for each in visit.map(SHADED)][:5]}")


def test_heat_counts_what_is_shown_and_leaves_areas_as_rings(visit: Visit) -> None:
    turn_to(visit, "Heat")
    visit.waits_for_marks(40)
    heat = [mark for mark in visit.marks() if "heat" in mark]
    assert len(heat) == 1
    assert all(mark.get("area") for mark in visit.marks() if "heat" not in mark and mark["n"])
    dots = visit.map(
        "const canvas = map_div.getPane('heat').querySelector('canvas');"
        " return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(value => value > 0)"
    )
    assert dots


def test_provinces_say_their_numbers_and_drill_down_and_back(visit: Visit) -> None:
    turn_to(visit, "Provinces")
    sistan = shaded(visit, f"{SISTAN}: 33 incidents")
    visit.clicks(sistan)
    visit.sees("Showing 33 of 40 incidents")
    visit.rests()
    assert "admin1=" in visit.page.url
    visit.waits_for_marks(33)
    field = visit.page.locator(".st-key-filter_location input").first
    field.click()
    field.fill("Rask")
    visit.page.get_by_role("option", name="Rask", exact=True).click()
    visit.page.wait_for_function("() => !document.querySelector('.st-key-sentence').innerText.includes('Showing 33')")
    visit.rests()
    assert re.search("location=Rask", visit.page.url)
    visit.page.locator(".st-key-map_climb button").click()
    visit.sees("Showing 40 of 40 incidents")
    visit.rests()
    shaded(visit, f"{SISTAN}: 33 incidents")


def test_only_what_the_map_shows_is_a_filter(visit: Visit) -> None:
    visit.map("map_div.setView([29.5, 60.86], 9, {animate: false})")
    visit.rests()
    visit.page.wait_for_timeout(600)
    visit.rests()
    inside = sum(mark["n"] for mark in visit.marks())
    visit.page.locator(".st-key-map_only button").first.click()
    visit.page.wait_for_function("() => new URL(location).searchParams.has('box')")
    visit.rests()
    shown = int(visit.page.locator(".st-key-sentence").inner_text().split()[1])
    assert 0 < shown <= inside < 40


def test_a_clicked_point_with_so_many_km_is_a_filter(visit: Visit) -> None:
    visit.map("map_div.setView([29.496, 60.863], 8, {animate: false})")
    visit.rests()
    visit.page.locator(".st-key-map_pick label").first.click()
    visit.page.get_by_text("Click the map.").wait_for()
    visit.rests()
    size = visit.map("const size = map_div.getSize(); return [size.x, size.y]")
    visit.clicks({"x": size[0] / 2, "y": size[1] / 2})
    visit.page.wait_for_function("() => new URL(location).searchParams.has('near')")
    visit.rests()
    first = int(visit.page.locator(".st-key-sentence").inner_text().split()[1])
    km = visit.page.locator(".st-key-map_km input")
    km.fill("400")
    km.press("Enter")
    visit.page.wait_for_function("() => new URL(location).searchParams.get('near').includes(',400')")
    visit.rests()
    assert 0 < first < int(visit.page.locator(".st-key-sentence").inner_text().split()[1])


def test_online_pictures_are_asked_for_only_when_turned_on(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.set_default_timeout(60_000)
    outside: list[str] = []

    def answer(route: object) -> None:
        outside.append(route.request.url)  # type: ignore[attr-defined]
        route.fulfill(status=204)  # type: ignore[attr-defined]

    page.route(lambda url: not url.startswith((address, "data:", "blob:")), answer)
    page.goto(address)
    visit = Visit(page, [], [])
    visit.sees("Showing 40 of 40 incidents")
    visit.waits_for_map()
    visit.waits_for_marks(40)
    assert outside == []
    page.locator(".st-key-map_tiles label").first.click()
    page.wait_for_timeout(500)
    visit.rests()
    assert outside
    assert all(url.startswith("https://tile.openstreetmap.org/") for url in outside)
    assert "OpenStreetMap" in visit.map("return map_div.getContainer().innerText")
    page.close()
