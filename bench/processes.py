"""Fresh processes: how long one took and how much memory it had at most, and servers that are started and ended."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60.0


# A process begins with the peak of the one that it was forked from: a small one stands between.
_LAUNCHER = """
import os, sys, time
started = time.perf_counter()
_, status, usage = os.wait4(os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ), 0)
with open(sys.argv[1], "w") as told:
    told.write(f"{time.perf_counter() - started} {usage.ru_maxrss}")
sys.exit(os.waitstatus_to_exitcode(status) and 1)
"""


@dataclass(frozen=True, slots=True)
class Finished:
    seconds: float
    peak_mb: float
    output: str


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def run_fresh(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Finished:
    """Runs to the end; raises RuntimeError with the last line of standard error where the exit status is not 0."""
    with (
        tempfile.TemporaryFile("w+") as out,
        tempfile.TemporaryFile("w+") as err,
        tempfile.NamedTemporaryFile() as told,
    ):
        launched = [sys.executable, "-I", "-S", "-c", _LAUNCHER, told.name, *command]
        done = subprocess.run(launched, env={**os.environ, **(environment or {})}, stdout=out, stderr=err, cwd=ROOT)
        out.seek(0)
        err.seek(0)
        if done.returncode:
            said = err.read().strip().splitlines() or ["nothing on standard error"]
            raise RuntimeError(f"{' '.join(command[:5])}: exit status {done.returncode}; {said[-1]}")
        seconds, peak = map(float, told.read().split())
        return Finished(seconds, peak / (1e6 if sys.platform == "darwin" else 1e3), out.read())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Server:
    address: str
    pid: int

    def peak_mb(self) -> float | None:
        """None where the system does not tell (it is read from /proc)."""
        status = Path(f"/proc/{self.pid}/status")
        if not status.exists():
            return None
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1e3


@contextmanager
def streamlit_server(page: Path, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """`streamlit run` of one page on a free port of this machine, ended at the end."""
    port = free_port()
    options = {
        "server.headless": "true",
        "server.address": "127.0.0.1",
        "server.port": str(port),
        "browser.gatherUsageStats": "false",
    }
    command = python(
        "-m", "streamlit", "run", str(page), *(part for name, value in options.items() for part in (f"--{name}", value))
    )
    process = subprocess.Popen(
        command,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield Server(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"{address}: the server did not start")
