"""A server of its own with an empty store, and a page that notes every request."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Frame, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = (
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
STARTS_WITHIN = 60.0
AT_REST = (
    "() => document.querySelector('[data-test-script-state]')?.getAttribute('data-test-script-state') === 'notRunning'"
)
ABORTED = "net::ERR_ABORTED"  # the browser itself gave up: the frame was left


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Served:
    """A running dashboard and the folder of its store."""

    address: str
    store: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """It ends with the module."""
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    environment = dict(os.environ, INCIDENTS_STORE=str(folder / "store"))
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true", "--server.port", str(port)],
            cwd=ROOT, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", folder / "server.log")
            yield Served(f"http://127.0.0.1:{port}", folder / "store")
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


@pytest.fixture(scope="module")
def address(served: Served) -> str:
    return served.address


def _wait_for(health: str, log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(health, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"the server did not start: {log.read_text(encoding='utf-8', errors='replace')}")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield started
        started.close()


@dataclass
class Visit:
    """One page, and what a person does on it."""

    page: Page
    requests: list[str]
    faults: list[str]

    @property
    def frame(self) -> Frame:
        return next(frame for frame in self.page.frames if "streamlit_folium" in frame.url)

    def waits_for_map(self) -> None:
        """Until its scripts have run: before that, `map_div` is the bare element."""
        deadline = time.monotonic() + 60
        while not any(
            "streamlit_folium" in frame.url and frame.evaluate("() => Boolean(window.map)")
            for frame in self.page.frames
        ):
            assert time.monotonic() < deadline, "no map after a minute"
            self.page.wait_for_timeout(100)

    def sees(self, sentence: str) -> None:
        self.page.locator(".st-key-sentence", has_text=sentence).wait_for()

    def is_drawn(self) -> None:
        """Until the script has ended."""
        self.page.wait_for_function(AT_REST)

    def rests(self) -> None:
        """Until the script has ended and stays so for half a second, longer than the map's debounce."""
        quiet = 0
        while quiet < 5:
            self.is_drawn()
            self.page.wait_for_timeout(100)
            quiet = quiet + 1 if self.page.evaluate(AT_REST) else 0

    def map(self, script: str) -> Any:
        return self.frame.evaluate(f"() => {{ {script} }}")

    def marks(self) -> list[dict[str, Any]]:
        """Incidents on the map: their numbers, and where they are in the frame."""
        return list(
            self.map(
                # Until Leaflet has made the map, the name is that of its element.
                "const found = []; if (map_div.eachLayer) map_div.eachLayer(layer => { if (layer.feature && 'n' in layer.feature.properties) {"
                " const at = map_div.latLngToContainerPoint(layer.getLatLng()); found.push({...layer.feature.properties, x: at.x, y: at.y}) } });"
                " return found"
            )
        )

    def waits_for_marks(self, total: int) -> None:
        deadline = time.monotonic() + 30
        while (counted := self._counted()) != total:
            assert time.monotonic() < deadline, f"the map counts {counted}, expected {total}"
            self.page.wait_for_timeout(100)

    def _counted(self) -> int | None:
        """Incidents on the map; None while the page puts another map in its place."""
        try:
            return sum(mark["n"] for mark in self.marks())
        except (Error, StopIteration) as problem:
            if isinstance(problem, Error) and "detached" not in str(problem):
                raise
            return None

    def clicks(self, mark: dict[str, Any]) -> None:
        box = self.frame.frame_element().bounding_box()
        assert box
        self.page.mouse.click(box["x"] + mark["x"], box["y"] + mark["y"])


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """The Explore page, open on the sample; afterwards nothing was asked of any other machine and nothing failed."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000}, accept_downloads=True)
    page.set_default_timeout(60_000)
    made = Visit(page, [], [])
    page.on("request", lambda request: made.requests.append(request.url))
    page.on("requestfailed", lambda request: made.faults.append(request.url) if request.failure != ABORTED else None)
    page.on("pageerror", lambda problem: made.faults.append(str(problem)))
    page.goto(address)
    made.sees("Showing 40 of 40 incidents")
    made.waits_for_map()
    made.rests()
    yield made
    page.close()
    assert [url for url in made.requests if not url.startswith((address, "data:", "blob:"))] == []
    assert made.faults == []
