"""A headless Chromium, and a page in it whose steps are timed from inside."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Frame, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

WATCH = Path(__file__).with_name("watch.js").read_text(encoding="utf-8")
FLAGS = (
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # the peers ask CDNs: they fail at once instead of waiting
)  # fmt: skip
WINDOW = {"width": 1440, "height": 1000}
LONGEST_SECONDS = 180.0
UNSEEN_MS = 1000
QUIET_MS = 150  # a script that rests this long is at rest


@contextmanager
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        raise FileNotFoundError("chromium: the page's parts need it on the PATH (Debian: apt-get install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True, slots=True)
class Step:
    """Milliseconds from the user's key or button to the map drawn anew (None: not waited for), and to the script at rest."""

    map_ms: float | None
    all_ms: float
    kb: float


class Timed:
    """One browser page."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._address = address
        self._received = 0
        self.outside: list[str] = []
        self.page = browser.new_context(viewport=WINDOW).new_page()  # type: ignore[arg-type]
        self.page.set_default_timeout(15_000)
        self.page.add_init_script(WATCH)
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._count))

    def close(self) -> None:
        self.page.context.close()

    def open(self, drawn: Callable[["Timed"], float | None]) -> float:
        """Seconds from the address to what `drawn` waits for."""
        self.page.goto(self._address, timeout=1e3 * LONGEST_SECONDS)
        begun = float(self.page.evaluate("performance.timeOrigin"))
        return (self._until(drawn) - begun) / 1e3

    def step(self, act: Callable[[Page], object], drawn: Callable[["Timed"], float | None] | None) -> Step:
        """One change by the user; `drawn` gives the time at which the map showed it, None while it does not."""
        self.page.evaluate("Object.assign(seen, {input: 0, rested: 0, instances: {}})")
        for frame in self.map_frames():
            frame.evaluate("seen.watch()")
        before = self._received
        given = act(self.page)
        begun = given if isinstance(given, float) else float(self.page.evaluate("seen.input"))
        at = self._until(drawn) if drawn else None
        rested = self.rest(begun, at)
        return Step(None if at is None else at - begun, max(rested, at or 0.0) - begun, (self._received - before) / 1e3)

    def rest(self, after: float, drawn: float | None = None) -> float:
        """When the script, having run since `after`, came to rest.

        A run too short to be seen on the page counts as ended when its result was drawn.
        """
        deadline = time.monotonic() + LONGEST_SECONDS
        while time.monotonic() < deadline:
            state, rested, now = self.page.evaluate("[seen.state, seen.rested, seen.now()]")
            if state == "notRunning" and rested > after and now - rested >= QUIET_MS:
                return float(rested)
            if drawn and state == "notRunning" and now - drawn >= UNSEEN_MS:
                return drawn
            self.page.wait_for_timeout(15)
        raise TimeoutError(f"the page's script did not come to rest within {LONGEST_SECONDS:.0f} s")

    def map_frames(self) -> list[Frame]:
        return [frame for frame in self.page.frames if "streamlit_folium" in frame.url]

    def marks_drawn(self) -> float | None:
        """The time at which incidents were on the map, all of them new."""
        return next((at for at, _ in self._frames_seen() if at), None)

    def clustered(self, count: int) -> float | None:
        """The time at which a marker cluster held that many markers."""
        return next((at for at, held in self._frames_seen() if at and held == count), None)

    def instances(self, count: int) -> float | None:
        """The time at which WebGL was told to draw that many points."""
        found = self.page.evaluate("count => seen.instances[count] || 0", count)
        return float(found) or None

    def settle(self, quiet_seconds: float = 1.2) -> None:
        """Waits for reruns that the map itself asks for some time after it was drawn."""
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < quiet_seconds:
            self.page.wait_for_timeout(100)
            if self.page.evaluate("seen.state") != "notRunning":
                quiet_since = time.monotonic()

    def _frames_seen(self) -> list[tuple[float, int]]:
        found = []
        for frame in self.map_frames():
            try:
                at, held = frame.evaluate("[seen.drawn, seen.clustered]")
                found.append((float(at), int(held)))
            except BrowserError:  # the frame is being replaced
                continue
        return found

    def _until(self, drawn: Callable[["Timed"], float | None]) -> float:
        deadline = time.monotonic() + LONGEST_SECONDS
        while time.monotonic() < deadline:
            at = drawn(self)
            if at:
                return at
            self.page.wait_for_timeout(10)
        raise TimeoutError(f"the map was not drawn anew within {LONGEST_SECONDS:.0f} s")

    def _note(self, url: str) -> None:
        if not url.startswith((self._address, "data:", "blob:")):
            self.outside.append(url)

    def _count(self, frame: str | bytes) -> None:
        self._received += len(frame)
