"""Several people at once: as many browser pages, each changing its filter every ten seconds, on one server."""

import random
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser

from bench.browser import QUIET_MS, Timed, chromium
from bench.interactions import clear_if_set, filter_at_least
from bench.material import Material
from bench.page import APP
from bench.processes import Server, streamlit_server
from bench.results import Figures

SESSIONS = 20
EVERY = 10.0  # seconds between the changes of one session
WITHIN = 2.0  # seconds in which a change should be on every panel
SETTLED = 0.25  # share of the time after which the server's memory should grow no more


@dataclass(slots=True)
class Session:
    """One page. `waited` has the milliseconds of each change until the page was at rest; None: not before the next one."""

    timed: Timed
    chance: random.Random
    due: float
    asked: int = 0
    waited: list[float | None] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def change(self) -> None:
        """A filter other than the last; now and then all are cleared."""
        page = self.timed.page
        if self.asked:
            self.waited.append(self._waited())
        page.evaluate("seen.history.length = 0")
        if self.asked % 5 == 4:
            clear_if_set(page)
        else:
            filter_at_least(self.chance.randrange(1, 100) + 100 * (self.asked % 2))(page)
        self.asked += 1
        self.due += EVERY

    def _waited(self) -> float | None:
        """From the key or button to the first rest that lasts; of a run too short to be seen, to its sentence."""
        begun, history = self.timed.page.evaluate("[seen.input, seen.history]")
        sentences = [at for at, what in history if at > begun and what == "sentence"]
        after = [(at, state) for at, state in history if at > begun and state != "sentence"]
        if sentences and not after:
            return float(sentences[-1]) - float(begun)
        for number, (at, state) in enumerate(after):
            if state == "notRunning" and (number + 1 == len(after) or after[number + 1][0] - at >= QUIET_MS):
                return float(at) - float(begun)
        return None


def measure(material: Material, size: str, minutes: float) -> Figures:
    store = material.store(size)
    with (
        chromium() as browser,
        streamlit_server(APP, {**material.index, "INCIDENTS_STORE": str(store)}) as server,
    ):
        sessions = _opened(browser, server)
        settled, ended = _worked(sessions, server, 60.0 * minutes)
        broken = sum(session.timed.page.get_by_text("Something went wrong").count() for session in sessions)
        waited = [each for session in sessions for each in session.waited]
        seconds = [each / 1e3 for each in waited if each is not None]
        return {
            f"changes on every panel within {WITHIN:g} s (%)": 100.0 * sum(each <= WITHIN for each in seconds) / len(waited),
            "sessions": float(len(sessions)),
            "changes": float(len(waited)),
            "on every panel, median (s)": statistics.median(seconds),
            "on every panel, 95 of 100 (s)": statistics.quantiles(seconds, n=20)[-1],
            f"not within {EVERY:g} s": float(len(waited) - len(seconds)),
            "errors": float(broken + sum(len(session.faults) for session in sessions)),
            "server's memory after a quarter of the time (MB)": settled,
            "server's memory at the end (MB)": ended,
            "server's peak (MB)": server.peak_mb(),
        }  # fmt: skip


def _opened(browser: Browser, server: Server) -> list[Session]:
    """One after another, as people come; their turns are spread over the ten seconds."""
    sessions = []
    for number in range(SESSIONS):
        timed = Timed(browser, server.address)
        session = Session(timed, random.Random(number), 0.0)
        timed.page.on("pageerror", lambda problem, held=session: held.faults.append(str(problem)))  # type: ignore[misc]
        timed.open(Timed.marks_drawn)
        timed.page.evaluate("seen.watchSentence()")
        sessions.append(session)
    for number, session in enumerate(sessions):
        session.due = time.monotonic() + 1.0 + EVERY * number / SESSIONS
    return sessions


def _worked(sessions: list[Session], server: Server, seconds: float) -> tuple[float | None, float | None]:
    """The server's memory after a quarter of the time, and at its end."""
    begun, settled = time.monotonic(), None
    while (now := time.monotonic()) < begun + seconds:
        if settled is None and now >= begun + SETTLED * seconds:
            settled = _memory_mb(server)
        session = min(sessions, key=lambda each: each.due)
        session.timed.page.wait_for_timeout(max(0.0, 1e3 * (session.due - now)))
        session.change()
    return settled, _memory_mb(server)


def _memory_mb(server: Server) -> float | None:
    status = Path(f"/proc/{server.pid}/status")
    return int(status.read_text().split("VmRSS:")[1].split()[0]) / 1e3 if status.exists() else None
