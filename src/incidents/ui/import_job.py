"""One piece of work in a thread of its own, which the page watches and may stop."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from incidents.ingest.progress import Progress
from incidents.model.errors import Cancelled, IncidentsError, StoreError
from incidents.ui.faults import fault

_T = TypeVar("_T")

AT_ONCE = 3
"""Pieces of work over all sessions; the others wait."""

INDEX = "building"
"""How the stage begins that is counted in hundredths and not in rows."""

SOONEST_ESTIMATE = 2.0  # seconds of a stage before its pace says anything

_turns = threading.BoundedSemaphore(AT_ONCE)


class Job(Generic[_T]):
    """Ends with one of `outcome`, `refusal` (a sentence for the user) and `is_cancelled`.

    A daemon thread: a server that is stopped does not wait, and an import that is not committed leaves nothing.
    """

    def __init__(self, work: Callable[[Progress], _T]) -> None:
        self.outcome: _T | None = None
        self.refusal: str | None = None
        self.is_cancelled = False
        self._stage, self._done = "waiting for its turn", 0
        self._of: int | None = None
        self._since = time.monotonic()
        self._stop, self._ended = threading.Event(), threading.Event()
        threading.Thread(target=self._run, args=(work,), daemon=True, name="import").start()

    @property
    def is_running(self) -> bool:
        return not self._ended.is_set()

    @property
    def is_stopping(self) -> bool:
        return self._stop.is_set() and self.is_running

    def cancel(self) -> None:
        """It stops at the next step; where the last one is done already, it is done."""
        self._stop.set()

    def wait(self, seconds: float) -> None:
        self._ended.wait(seconds)

    def progress(self) -> tuple[float | None, str]:
        """(share of the stage, words): "Placing 12,000 of 40,000 rows, about 20 s left"."""
        stage, done, of, seconds = self._stage, self._done, self._of, time.monotonic() - self._since
        words = stage[:1].upper() + stage[1:]
        if not of:
            return None, words
        if done >= of and not stage.startswith(INDEX):
            return 1.0, f"{words} {of:,} rows"
        words = f"{words}, {done / of:.0%}" if stage.startswith(INDEX) else f"{words} {done:,} of {of:,} rows"
        if done and seconds >= SOONEST_ESTIMATE:
            words += f", about {left(seconds / done * (of - done))} left"
        return done / of, words

    def _run(self, work: Callable[[Progress], _T]) -> None:
        try:
            with _turns:
                self.outcome = work(self._tell)
        except Cancelled:
            self.is_cancelled = True
        except StoreError as problem:  # its text may name folders and files
            self.refusal = fault(problem)
        except IncidentsError as problem:
            self.refusal = str(problem)
        except Exception as problem:  # noqa: BLE001 - a thread has nobody above it; the log and the user are told
            self.refusal = fault(problem)
        finally:
            self._ended.set()

    def _tell(self, stage: str, done: int, of: int | None) -> None:
        if self._stop.is_set():
            raise Cancelled("The import was stopped; nothing was stored.")
        if stage != self._stage:
            self._since = time.monotonic()
        self._stage, self._done, self._of = stage, done, of


def left(seconds: float) -> str:
    """ "40 s", "3 min"."""
    return f"{max(1, round(seconds))} s" if seconds < 90 else f"{round(seconds / 60)} min"
