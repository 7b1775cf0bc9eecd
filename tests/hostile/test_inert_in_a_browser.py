"""Payloads on every part of the page, in a real browser: no dialog, no request outside, no error, nothing made of them, page up."""

import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect
from tests.browser.conftest import ABORTED, Served, Visit
from tests.hostile.conftest import NAME
from tests.hostile.formulas import active, cells_of
from tests.hostile.payloads import PAYLOADS, RUNNING
from tests.hostile.rows import GOOD, OPTIONS, OWN_COLUMNS, TEXT, whole_csv

from incidents.ingest import import_file
from incidents.model.filters import IncidentFilter, Where
from incidents.model.links import Link, to_link
from incidents.store import open_store

pytestmark = pytest.mark.browser

HOSTILE = "{{7*7}}<img src=x onerror=window.pwned=1>"
HEADERS = ('{{7*7}}', "<img src=x onerror=window.pwned=1>", "${alert(1)}`", "</script><script>window.pwned=1</script>")  # fmt: skip
MADE = """() => {
    const found = [];
    const bad = ["img[src='x']", "[src*='outside.invalid']", "[href*='outside.invalid']", "[href^='javascript:']", "[href^='data:text']",
        "[onerror]", "[onload]", "[onfocus]", "iframe[srcdoc]", ".katex"].join();
    const look = root => {
        for (const made of root.querySelectorAll(bad)) found.push(made.outerHTML.slice(0, 200));
        for (const made of root.querySelectorAll("script")) if (made.textContent.includes("pwned")) found.push(made.outerHTML.slice(0, 200));
        for (const each of root.querySelectorAll("*")) if (each.shadowRoot) look(each.shadowRoot);
    };
    look(document);
    if (window.pwned !== undefined) found.push("window.pwned");
    if ({}.polluted !== undefined) found.push("polluted");
    return found;
}"""
"""What could be made of payloads only, in one frame, its shadow trees included."""


class Watch(Visit):
    """A page of which everything is noted that a payload could do."""

    def __init__(self, page: Page, address: str) -> None:
        super().__init__(page, [], [])
        self.address = address
        page.on("dialog", lambda dialog: (self.faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda problem: self.faults.append(f"page error {problem}"))
        page.on("console", self._said)
        page.on(
            "requestfailed", lambda request: self.faults.append(request.url) if request.failure != ABORTED else None
        )
        page.context.on("request", self._asked)
        page.context.on("page", lambda opened: self.faults.append(f"window {opened.url}"))

    def _said(self, said: ConsoleMessage) -> None:
        """Errors; but a page opened by its own address has Streamlit look for `_stcore` beside it first."""
        if said.type == "error" and "/_stcore/" not in said.location["url"]:
            self.faults.append(f"console {said.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address + "/", "data:", "blob:")):
            self.requests.append(request.url)

    def opens(self, path: str = "", **parameters: object) -> None:
        self.page.goto(f"{self.address}/{path}?{urlencode(parameters, doseq=True)}")

    def harm(self) -> list[str]:
        """All that was done, or made, up to now."""
        found = [made for frame in self.page.frames for made in frame.evaluate(MADE)]
        if (
            self.page.locator("[data-testid=stException]").count()
            or self.page.get_by_text("Something went wrong").count()
        ):
            found.append("the page failed")
        return [*found, *self.faults, *self.requests]

    def steps_over(self, x: float, y: float, width: float, height: float) -> None:
        """The mouse over a part of the page, where tooltips are."""
        for place in range(1, 12):
            self.page.mouse.move(x + width * place / 12, y + height * (0.5 + 0.3 * (-1) ** place))
            self.page.wait_for_timeout(40)


@dataclass(frozen=True)
class Datasets:
    each: str  # every payload in every column alone
    whole: str  # every payload in all columns at once: the newest
    incidents: int  # of the second
    last: str  # the last incident of `whole` that has coordinates


@pytest.fixture(scope="module")
def datasets(served: Served, hostile_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Datasets:
    whole = tmp_path_factory.mktemp("whole") / "whole.csv"
    whole.write_bytes(whole_csv())
    with open_store(str(served.store)) as store:
        made = [str(import_file(store, file, OPTIONS, file=NAME).dataset) for file in (hostile_file, whole)]
        rows = [row for batch in store.rows(made[1], "incidents") for row in batch.to_pylist()]
    return Datasets(
        *made, len(rows), last=next(row["incident_id"] for row in rows if row["source_id"] == f"W{len(PAYLOADS)}a")
    )


@pytest.fixture
def watch(browser: Browser, served: Served, datasets: Datasets, canary: Path) -> Iterator[Watch]:
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, accept_downloads=True)
    made = Watch(context.new_page(), served.address)
    made.faults.clear()  # the window of our own page
    made.page.set_default_timeout(60_000)
    yield made
    assert made.harm() == []
    context.close()
    assert not canary.exists()
    with urllib.request.urlopen(f"{served.address}/_stcore/health", timeout=5) as answer:
        assert answer.status == 200


def test_the_map_and_its_heap(watch: Watch, datasets: Datasets) -> None:
    watch.opens()
    watch.sees(f"Showing {datasets.incidents} of {datasets.incidents} incidents")
    watch.waits_for_map()
    watch.rests()
    listed = watch.page.get_by_text("incidents at one place")
    for _ in range(8):
        mark = max(watch.marks(), key=lambda each: int(each["n"]))
        box = watch.frame.frame_element().bounding_box()
        assert box
        watch.steps_over(box["x"] + mark["x"] - 20, box["y"] + mark["y"] - 20, 40, 40)
        watch.clicks(mark)
        watch.page.wait_for_timeout(500)
        watch.rests()
        if listed.count():
            break
    assert "{{7*7}}" in watch.page.locator(".st-key-listed_rows tbody").inner_text()


def test_the_details_of_every_payload(watch: Watch, datasets: Datasets) -> None:
    watch.opens(near="25.2919,60.643,1", incident=datasets.last)
    watch.waits_for_map()
    origin, earlier = watch.page.locator(".st-key-detail_origin"), watch.page.locator(".st-key-details_previous button")
    seen: list[str] = []
    while not seen or earlier.is_enabled():
        if seen:
            earlier.click()
        watch.page.wait_for_function(
            "before => (document.querySelector('.st-key-detail_origin')?.innerText ?? before) !== before",
            arg=seen[-1] if seen else "",
        )
        seen.append(origin.inner_text())
        watch.is_drawn()  # the button may still be the last incident's
        watch.page.wait_for_timeout(150)  # and the map, moving to it, may ask once more
        watch.is_drawn()
    assert len(seen) > 40
    assert "${alert(1)}" in "".join(seen)
    assert watch.harm() == []


def other_than(place: Locator, text: str) -> str:
    """What the place says once it says something else: the table follows its caption."""
    deadline = time.monotonic() + 30
    while (now := place.inner_text()) == text:
        assert time.monotonic() < deadline, "the table stayed as it was"
        place.page.wait_for_timeout(50)
    return now


def test_the_table_with_every_column_on_every_page(watch: Watch, datasets: Datasets) -> None:
    watch.opens(dataset=datasets.each, columns=[name for name in (*GOOD, *OWN_COLUMNS) if name != "event_id"])
    watch.sees("Showing 1,975 of 1,975 incidents")
    seen, number = watch.page.locator(".st-key-table tbody"), watch.page.locator(".st-key-table_page input")
    seen.wait_for()
    texts = [seen.inner_text()]
    for page in range(2, 41):
        number.fill(str(page))
        number.press("Enter")
        watch.page.locator(".st-key-table").get_by_text(f"Rows {50 * page - 49:,} to").wait_for()
        texts.append(other_than(seen, texts[-1]))
    assert "".join(texts).count("{{7*7}}") >= len(TEXT)


def test_a_top_list_filters_by_a_payload(watch: Watch) -> None:
    watch.opens()
    watch.waits_for_map()
    watch.rests()
    for name in ("Pairs", "Provinces", "Towns", "Types"):
        watch.page.locator(".st-key-top_list button", has_text=name).click()
        watch.rests()
    watch.page.locator(".st-key-details tbody button").nth(3).click()
    watch.page.locator(".st-key-chips").get_by_label("Remove Type: ").wait_for()
    watch.rests()


def test_every_mode_of_the_map_and_the_timeline_by_actor(watch: Watch) -> None:
    watch.opens(by="actor")
    watch.waits_for_map()
    for mode in ("Heat", "Provinces"):
        watch.page.locator(".st-key-map_mode button", has_text=mode).click()
        watch.page.wait_for_timeout(300)
        watch.rests()
        box = watch.frame.frame_element().bounding_box()
        assert box
        watch.steps_over(box["x"], box["y"], box["width"], box["height"])
    watch.page.get_by_role("button", name="Provinces not on the base map").click()
    chart = watch.page.locator(".st-key-timeline [data-testid=stVegaLiteChart]").first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box
    watch.steps_over(box["x"], box["y"], box["width"], box["height"])


def test_a_link_with_a_payload_for_every_value_it_has(watch: Watch, datasets: Datasets) -> None:
    texts = tuple(text for text in PAYLOADS.values() if len(text) < 1_000)
    wanted = IncidentFilter(
        actor=texts, country=texts, admin1=texts, location=texts, event_type=texts, words=RUNNING["image"],
        where=tuple(Where(column, text) for column in ("notes", *OWN_COLUMNS) for text in (RUNNING["product"], RUNNING["image"], RUNNING["literal"])),
        dataset=(datasets.each, datasets.whole),
    )  # fmt: skip
    watch.opens(**to_link(Link(wanted, sort=OWN_COLUMNS[2], columns=OWN_COLUMNS)))
    watch.page.locator(".st-key-chips").get_by_label("Remove Actor: {{7*7}}", exact=True).wait_for()
    watch.sees("Showing ")
    watch.rests()
    assert RUNNING["literal"] in watch.page.locator(".st-key-export").inner_text()


@pytest.mark.parametrize("name", ["image", "if never ends", "literal, alert", "picture in Markdown", "prototype"])
def test_a_link_with_a_payload_in_every_parameter(name: str, watch: Watch) -> None:
    link = to_link(Link(IncidentFilter(country=("x",), actor=("x",), words="x"), "x", "x", (1.0, 2.0, 3), "x", "x", "x", "x", True, 2, ("x",), "x"))  # fmt: skip
    names = [*link, "from", "to", "killed_from", "killed_to", "near", "box", "where", "dataset", "geo_precision", name]
    watch.opens(**dict.fromkeys(names, PAYLOADS[name]))
    watch.sees("Showing ")
    watch.rests()


def test_review_and_about(watch: Watch) -> None:
    watch.opens("review")
    page = watch.page
    page.get_by_text("rows read =").wait_for()
    for rows in ("Repaired", "Notes"):
        page.locator(".st-key-review_rows button", has_text=rows).click()
        watch.rests()
    for panel in ("Places", "Duplicates"):
        page.locator(".st-key-review_panel button", has_text=panel).click()
        watch.rests()
        assert watch.harm() == []
    page.locator(".st-key-duplicates_find button").click()
    watch.rests()
    page.get_by_role("link", name="About").click()
    page.get_by_text("Data shown").wait_for()
    page.get_by_text(f"{NAME}; accessed").first.wait_for()
    watch.rests()


def test_a_file_with_a_hostile_name_and_headers_is_mapped_and_stored(watch: Watch) -> None:
    lines = [
        ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in cells)
        for cells in (
            ("day it was", "spot", "land", "toll", *HEADERS),
            *((f"2024-04-{3 + n:02}", "Rask", "Iran", "1", *HEADERS) for n in range(5)),
            ("{{7*7}}", "Rask", "Iran", "1", *HEADERS),
        )
    ]
    watch.opens("import")
    watch.page.get_by_text("visible to everybody who uses this store").wait_for()
    content = "\n".join(lines).encode()
    watch.page.locator(".st-key-upload input[type=file]").set_input_files(
        [{"name": f"../../{HOSTILE}.csv", "mimeType": "text/csv", "buffer": content}]
    )
    watch.page.locator(".st-key-import_confirm button").wait_for()
    watch.rests()
    field = watch.page.get_by_role("combobox", name="Source", exact=True)
    field.fill(HEADERS[1])
    field.press("Enter")
    watch.page.get_by_role("button", name="Check with these columns").click()
    watch.rests()
    assert watch.harm() == []
    watch.page.locator(".st-key-import_confirm button").click()
    watch.sees("Showing 5 of 5 incidents")
    watch.rests()


def test_files_with_hostile_names_are_refused_in_plain_text(watch: Watch) -> None:
    watch.opens("import")
    watch.page.get_by_text("visible to everybody who uses this store").wait_for()
    names = [
        HOSTILE,
        "{% if %}.csv",
        "![x](http://outside.invalid/a.png).csv",
        "${alert(1)}`.csv",
        "\u202evsc.exe",
        "=1+1.csv",
    ]
    watch.page.locator(".st-key-upload input[type=file]").set_input_files(
        [{"name": name, "mimeType": "text/csv", "buffer": f"no table {n}".encode()} for n, name in enumerate(names)]
    )
    refused = watch.page.get_by_text("This file cannot be imported; nothing was stored.")
    expect(refused).to_have_count(len(names))
    watch.rests()


def test_what_the_page_exports_is_inert(watch: Watch, datasets: Datasets, tmp_path: Path) -> None:
    watch.opens(dataset=datasets.each)
    watch.sees("Showing 1,975 of 1,975 incidents")
    for kind in ("csv", "geojson", "parquet", "about"):
        with watch.page.expect_download() as download:
            watch.page.locator(f".st-key-export_{kind} button").first.click()
        download.value.save_as(tmp_path / kind)
    cells = cells_of((tmp_path / "csv").read_bytes())
    assert len(cells) == 1976
    assert active(cells) == []
    assert b"{{7*7}}" in (tmp_path / "geojson").read_bytes()
