"""One request a second for the whole machine: threads and processes take turns through a file."""

import errno
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from incidents.model.errors import GeocoderDown, StoreError

SPACING_S = 1.0  # Nominatim's policy: an absolute maximum of one request a second, one at a time
PATIENCE_S = 60.0  # longer queues are the sign of an outage
LONGEST_PAUSE_S = 3600.0  # a service that asks for more is asked again after this
_POLL_S = 0.02
_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


class Turn:
    """`with turn:` waits until nobody else on this machine is asking; `with turn.request():` around each request.

    The turn is kept until the answer is there, so that the next request, a second later, is a second later at the
    server too, however long each took to get there. The system ends the turn of a process that dies.
    """

    def __init__(self, folder: Path, service: str, *, patience_s: float = PATIENCE_S) -> None:
        self._path = folder / "online.lock"
        self._service = service
        self._patience_s = patience_s
        self._descriptor: int | None = None

    def __enter__(self) -> "Turn":
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as problem:
            raise StoreError(_unusable(self._path, problem)) from problem
        try:
            self._wait_for(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descriptor is not None:
            _unlock(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None

    @contextmanager
    def request(self) -> Iterator[None]:
        """Begins a second after the last request ended, or raises GeocoderDown where the service asked for a pause."""
        last, pauses = self._read()
        now = time.time()
        pause = pauses.get(self._service, 0.0) - now
        if 0 < pause <= LONGEST_PAUSE_S:
            raise GeocoderDown(
                f"The online geocoder asked for a pause; nothing was sent. Try again in {_duration(pause)}."
            )
        # Never longer than the spacing, also after the clock was set back.
        time.sleep(min(SPACING_S, max(0.0, last + SPACING_S - now)))
        self._write(time.time(), pauses)  # should this process die before the answer
        try:
            yield
        finally:
            self._write(time.time(), pauses)

    def pause(self, seconds: float) -> None:
        """Nobody on this machine asks the service again before then."""
        last, pauses = self._read()
        self._write(last, {**pauses, self._service: time.time() + min(seconds, LONGEST_PAUSE_S)})

    def _wait_for(self, descriptor: int) -> None:
        until = time.monotonic() + self._patience_s
        while True:
            try:
                _lock(descriptor)
            except OSError as problem:
                if problem.errno not in _BUSY:
                    raise StoreError(_unusable(self._path, problem)) from problem
            else:
                return
            if time.monotonic() >= until:
                raise GeocoderDown(
                    "Other look-ups on this machine have kept the online geocoder busy for "
                    f"{_duration(self._patience_s)}; nothing was sent. Try again later."
                )
            time.sleep(_POLL_S)

    def _read(self) -> tuple[float, dict[str, float]]:
        """When the last request ended, and each service's pause; nothing known where the file was cut off."""
        descriptor = self._held()
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            state = json.loads(os.read(descriptor, 1 << 16) or b"{}")
            return float(state["last"]), {str(name): float(until) for name, until in state["pauses"].items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            return 0.0, {}

    def _write(self, last: float, pauses: dict[str, float]) -> None:
        descriptor = self._held()
        now = time.time()
        state = {"last": last, "pauses": {name: until for name, until in pauses.items() if until > now}}
        try:
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.ftruncate(descriptor, 0)
            os.write(descriptor, json.dumps(state).encode())
        except OSError as problem:
            raise StoreError(_unusable(self._path, problem)) from problem

    def _held(self) -> int:
        if self._descriptor is None:
            raise RuntimeError("a request outside its turn")
        return self._descriptor


def _unusable(path: Path, problem: OSError) -> str:
    return (
        f"{path}: cannot be used to keep to one online look-up a second ({problem.strerror}); nothing was sent. "
        "Set INCIDENTS_INDEX to a folder that can be written."
    )


def _duration(seconds: float) -> str:
    whole = max(1, round(seconds))
    return f"{whole} s" if whole < 120 else f"{round(whole / 60)} minutes"
