"""Keyboard alone, and what an accessibility checker says."""

import csv
import shutil
import subprocess
from pathlib import Path

import platformdirs
import pytest
from tests.browser.conftest import ROOT, Visit
from tests.browser.steps import opens
from tests.conftest import absent

pytestmark = pytest.mark.browser

MOST_TABS = 200
GRAVE = ("serious", "critical")


@pytest.fixture(scope="session")
def axe() -> str:
    """The checker's script; npm brings it once into the user's cache."""
    folder = Path(platformdirs.user_cache_dir("incidents")) / "axe"
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        if not shutil.which("npm"):
            absent("npm")
        installed = subprocess.run(
            ["bash", str(ROOT / ".ci" / "install-axe"), str(folder)], capture_output=True, text=True
        )
        if installed.returncode or not script.exists():
            absent(f"axe-core ({installed.stderr.strip()[-200:]})")
    return script.read_text(encoding="utf-8")


def grave_faults(visit: Visit, axe: str) -> list[str]:
    for frame in visit.page.frames:
        frame.evaluate(axe)
    found = visit.page.evaluate(
        "() => axe.run(document, {resultTypes: ['violations']})"
        ".then(found => found.violations.map(each => [each.impact, each.id, each.nodes.map(node => node.html.slice(0, 160) + ' @ ' + node.target.join(' '))]))"
    )
    return [f"{impact} {rule}: {nodes[:4]}" for impact, rule, nodes in found if impact in GRAVE]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_grave_fault(visit: Visit, axe: str, scheme: str) -> None:
    visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visit.page.wait_for_timeout(500)
    opens(visit, "2024-04-03")
    assert grave_faults(visit, axe) == []


def test_the_checker_can_fail(visit: Visit, axe: str) -> None:
    visit.page.evaluate("() => { const made = document.createElement('button'); document.body.append(made) }")
    assert any("button-name" in fault for fault in grave_faults(visit, axe))


def tabs_to(visit: Visit, selector: str) -> None:
    """Presses Tab until the focus is inside; components have roots of their own."""
    for _ in range(MOST_TABS):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate("selector => !!document.activeElement?.closest(selector)", selector):
            return
    raise AssertionError(f"{MOST_TABS} steps of Tab did not lead to {selector}")


def test_keyboard_alone_from_filter_to_export(visit: Visit, tmp_path: Path) -> None:
    visit.page.evaluate("() => document.activeElement?.blur()")
    tabs_to(visit, ".st-key-filter_words")
    visit.page.keyboard.type("courthouse")
    visit.page.keyboard.press("Enter")
    visit.sees("Showing 1 of 40 incidents")
    visit.rests()
    tabs_to(visit, ".st-key-table_rows")
    while visit.page.evaluate("() => document.activeElement.shadowRoot?.activeElement?.closest('tbody') == null"):
        visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    visit.page.locator(".st-key-details").get_by_text("Reported dead").first.wait_for()
    visit.rests()
    tabs_to(visit, ".st-key-export_csv")
    with visit.page.expect_download() as download:
        visit.page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["location"] for row in csv.DictReader(file)] == ["Zahedan"]
