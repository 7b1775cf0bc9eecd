"""Bringing a file, as a person does it in a real browser."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.conftest import ABORTED, Served, Visit
from tests.browser.import_files import AMBIGUOUS, UNKNOWN, UNKNOWN_NEXT, known, slow

from incidents.ingest import import_file
from incidents.normalise.options import ImportOptions
from incidents.store import open_store

FILES = Path(__file__).resolve().parents[1] / "files"
pytestmark = pytest.mark.browser


@dataclass
class Desk:
    """The Import page of one session, and the store behind it."""

    page: Page
    served: Served
    faults: list[str]

    def brings(self, uploader: str = "upload", /, **files: bytes) -> None:
        self.page.locator(f".st-key-{uploader} input[type=file]").set_input_files(
            [{"name": f"{name}.csv", "mimeType": "text/csv", "buffer": content} for name, content in files.items()]
        )

    @property
    def confirm(self) -> Locator:
        return self.page.locator(".st-key-import_confirm button")

    def sees(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()

    def stands(self, sentence: str) -> None:
        """On Explore, under the sentence."""
        self.page.locator(".st-key-sentence", has_text=sentence).wait_for()

    def goes(self, page: str) -> None:
        self.page.get_by_role("link", name=page).click()

    def returns(self) -> None:
        self.goes("Import")
        self.sees("visible to everybody who uses this store")

    def chooses(self, field: str, column: str) -> None:
        self.page.get_by_role("combobox", name=field, exact=True).click()
        self.page.get_by_role("option", name=column, exact=True).click()

    def stored(self) -> list[tuple[str, int]]:
        """Name and incidents of every dataset, newest first."""
        with open_store(str(self.served.store)) as store:
            return [(dataset.name, dataset.incidents) for dataset in store.datasets()]

    def files(self) -> list[str]:
        return sorted(path.suffix for path in (self.served.store / "datasets").iterdir())


def emptied(served: Served) -> None:
    with open_store(str(served.store)) as store:
        for dataset in store.datasets():
            store.delete(dataset.dataset_id)
        for header in store.mappings():
            store.forget_mapping(header)


def opened(browser: Browser, served: Served, path: str = "/import") -> Desk:
    page = browser.new_page(viewport={"width": 1440, "height": 1000}, accept_downloads=True)
    page.set_default_timeout(90_000)
    desk = Desk(page, served, [])
    page.on("pageerror", lambda problem: desk.faults.append(str(problem)))
    page.on("requestfailed", lambda request: desk.faults.append(request.url) if request.failure != ABORTED else None)
    page.goto(served.address + path)
    return desk


@pytest.fixture
def desk(browser: Browser, served: Served) -> Iterator[Desk]:
    emptied(served)
    made = opened(browser, served)
    made.sees("visible to everybody who uses this store")
    yield made
    made.page.close()
    assert made.faults == []


def test_a_known_layout_takes_three_clicks(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("link", name="Import").click()
    page.get_by_text("visible to everybody who uses this store").wait_for()
    with page.expect_file_chooser() as chooser:
        page.locator(".st-key-upload button").first.click()
    chooser.value.set_files([{"name": "../../x.csv", "mimeType": "text/csv", "buffer": known(range(1, 31))}])
    page.locator(".st-key-import_confirm button").click()
    visit.sees("Showing 30 of 30 incidents")
    page.wait_for_function(
        "() => [...document.querySelectorAll('iframe')].some(frame => frame.src.includes('streamlit_folium'))"
    )
    visit.rests()
    visit.waits_for_marks(30)


def test_the_report_stands_before_anything_is_stored(desk: Desk) -> None:
    desk.brings(may=known(range(1, 31)))
    desk.confirm.wait_for()
    shown = desk.page.locator("[class*='st-key-file_']").inner_text()
    assert "30 kept + 1 rejected" in shown
    assert "1 May 2024 to 28 May 2024" in shown
    assert "Layout: ACLED" in shown
    assert "encoding utf-8; delimiter comma" in shown
    assert "Rejected: not a date (1)" in shown
    assert desk.stored() == []


def test_a_file_dropped_on_the_sample_goes_on_to_its_report(browser: Browser, served: Served) -> None:
    emptied(served)
    desk = opened(browser, served, "")
    desk.sees("Sample data. Drop your own file here.")
    desk.brings("sample_upload", may=known(range(1, 11)))
    desk.confirm.click()
    desk.stands("Showing 10 of 10 incidents")
    desk.page.close()
    assert desk.faults == []


DRAG_OVER_THE_PAGE = """(zone, dataTransfer) => {
  document.querySelector(".st-key-sentence").dispatchEvent(new DragEvent("dragover", {dataTransfer, bubbles: true}));
  const box = zone.getBoundingClientRect();
  return [box.x, box.y, box.width, box.height];
}"""


def test_the_whole_page_of_the_sample_takes_a_drop(browser: Browser, served: Served) -> None:
    emptied(served)
    desk = opened(browser, served, "")
    zone = desk.page.locator(".st-key-sample_drop [data-testid=stFileUploaderDropzone]")
    zone.wait_for()
    dragged = desk.page.evaluate_handle(
        "text => { const data = new DataTransfer(); data.items.add(new File([text], 'may.csv', {type: 'text/csv'})); return data }",
        known(range(1, 11)).decode(),
    )
    for _ in range(100):  # a person keeps dragging; the page answers when it has loaded
        box = zone.evaluate(DRAG_OVER_THE_PAGE, dragged)
        if box == [0, 0, 1440, 1000]:
            break
        desk.page.wait_for_timeout(200)
    assert box == [0, 0, 1440, 1000]
    zone.dispatch_event("drop", {"dataTransfer": dragged})
    desk.confirm.wait_for()
    desk.page.close()
    assert desk.faults == []


def test_an_unknown_layout_is_mapped_by_hand_and_remembered(desk: Desk) -> None:
    desk.brings(spring=UNKNOWN)
    desk.confirm.wait_for()
    desk.chooses("Town", "spot")
    desk.chooses("Country", "land")
    desk.chooses("Killed", "toll_b")
    desk.page.get_by_role("button", name="Check with these columns").click()
    desk.sees("low 60, high 60")
    desk.confirm.click()
    desk.stands("Showing 3 of 3 incidents")
    desk.returns()
    desk.brings(summer=UNKNOWN_NEXT)
    desk.sees("columns as they were mapped before for this header")
    desk.sees("low 300, high 300")
    desk.sees("Remembered columns: 1")


def test_ambiguous_dates_are_asked_and_answered(desk: Desk) -> None:
    desk.brings(slashes=AMBIGUOUS)
    desk.sees("How are the dates written?")
    expect(desk.confirm).to_have_count(0)
    desk.page.get_by_role("button", name="Month first").click()
    desk.sees("4 March 2024 to 6 May 2024")
    desk.confirm.click()
    desk.stands("Showing 2 of 2 incidents")


def test_of_three_sheets_the_one_with_incidents_is_found(desk: Desk) -> None:
    desk.page.locator(".st-key-upload input[type=file]").set_input_files(FILES / "sheet_behind_terms_of_use.xlsx")
    desk.confirm.wait_for()
    expect(desk.page.get_by_text("Which table holds the incidents?")).to_have_count(0)
    desk.confirm.click()
    desk.stands("Showing 3 of 3 incidents")


def test_of_two_sheets_with_incidents_one_is_asked_for(desk: Desk) -> None:
    desk.page.locator(".st-key-upload input[type=file]").set_input_files(FILES / "sheets_of_two_years.xlsx")
    desk.sees("Which table holds the incidents?")
    desk.chooses("Sheet or table", "2024")
    desk.confirm.click()
    desk.stands("Showing 3 of 3 incidents")


def test_a_check_and_an_import_can_be_stopped_and_leave_nothing(desk: Desk) -> None:
    desk.brings(long=slow(60_000))
    cancel = desk.page.locator(".st-key-import_cancel button")
    cancel.click()
    desk.sees("Stopped; nothing was stored.")
    assert desk.stored() == []
    desk.page.get_by_role("button", name="Check again").click()
    desk.confirm.click()
    cancel.click()
    desk.sees("Stopped; nothing was stored.")
    assert desk.stored() == []
    assert desk.files() == []


def test_two_files_are_stored_at_once_and_shown_together(desk: Desk) -> None:
    desk.brings(may=known(range(1, 11)), june=known(range(101, 121), bad=False))
    desk.page.get_by_role("button", name="Import 2 files, 30 incidents").click()
    desk.stands("Showing 30 of 30 incidents")
    assert sorted(desk.stored()) == [("june.csv", 20), ("may.csv", 10)]


def test_an_update_says_what_changes_and_takes_the_place(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "weekly.csv").write_bytes(known(range(1, 41)))
    with open_store(str(desk.served.store)) as store:
        import_file(store, tmp_path / "weekly.csv", ImportOptions(), name="Weekly")
    desk.brings(next=known(range(2, 44), changed=(5, 6)))
    desk.confirm.wait_for()
    desk.chooses("Store it as", "the next version of Weekly")
    desk.sees("3 new, 2 changed, 1 gone, 37 the same")
    desk.page.get_by_role("button", name="Replace with 3 new, 2 changed, 1 gone").click()
    desk.stands("Showing 42 of 42 incidents")
    assert desk.stored() == [("Weekly", 42)]


def test_the_report_files_hold_every_row_and_deleting_asks_once(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "may.csv").write_bytes(known(range(1, 13)))
    with open_store(str(desk.served.store)) as store:
        import_file(store, tmp_path / "may.csv", ImportOptions())
    desk.page.reload()
    rows: dict[str, list[dict[str, str]]] = {}
    for kind in ("kept", "rejected"):
        with desk.page.expect_download() as download:
            desk.page.locator(f".st-key-report_{kind} button").click()
        download.value.save_as(tmp_path / f"{kind}.csv")
        with (tmp_path / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            rows[kind] = list(csv.DictReader(file))
    assert len(rows["kept"]) + len(rows["rejected"]) == 13
    assert rows["rejected"][0]["line"] == "14"
    assert rows["rejected"][0]["value"] == "no day at all"
    desk.page.get_by_role("button", name="Delete this dataset").click()
    desk.page.locator(".st-key-dataset_delete button").click()
    expect(desk.page.get_by_role("button", name="Delete this dataset")).to_have_count(0)
    assert desk.stored() == []


def test_a_narrow_page_scrolls_in_one_direction_only(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 844})
    desk.brings(spring=UNKNOWN)
    desk.confirm.wait_for()
    assert desk.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth") <= 390


def test_two_sessions_import_while_a_third_filters(browser: Browser, served: Served, tmp_path: Path) -> None:
    emptied(served)
    (tmp_path / "first.csv").write_bytes(known(range(1, 31)))
    with open_store(str(served.store)) as store:
        first = import_file(store, tmp_path / "first.csv", ImportOptions()).dataset
    desks = [opened(browser, served) for _ in range(2)]
    third = opened(browser, served, f"/?dataset={first}")
    third.stands("Showing 30 of 30 incidents")
    for number, desk in enumerate(desks):
        desk.brings(**{f"part{number}": known(range(10_000 * number + 1, 10_000 * number + 5_001), bad=False)})
    for desk in desks:
        desk.confirm.click()
    for least, sentence in ((3, "Showing 0 of 30"), (2, "Showing 30 of 30"), (3, "Showing 0 of 30")):
        field = third.page.locator(".st-key-filter_fatalities input").first
        field.fill(str(least))
        field.press("Enter")
        third.stands(sentence)
    for desk in desks:
        desk.stands("Showing 5,000 of 5,000 incidents")
    assert sorted(desks[0].stored()) == [("first.csv", 30), ("part0.csv", 5_000), ("part1.csv", 5_000)]
    for desk in (*desks, third):
        assert desk.faults == []
        desk.page.close()
