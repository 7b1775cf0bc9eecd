"""A real PostgreSQL server for the tests: made in a folder of its own, heard on the loopback only, gone at the end."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.engines.processes import end_with_this_process

START_SECONDS = 30
QUICK = (
    "listen_addresses=127.0.0.1",
    "fsync=off",
    "full_page_writes=off",
    "max_connections=60",
    "shared_buffers=256MB",
)


class PostgresServer:
    """`owner` may do anything; the program connects as `analyst`, who owns its databases and nothing else."""

    def __init__(self, binaries: Path, folder: Path, port: int) -> None:
        self._binaries = binaries
        self._made = 0
        self.folder = folder
        self.port = port

    def new_database(self) -> str:
        self._made += 1
        name = f"incidents_{self._made}"
        self.sql("postgres", f"CREATE DATABASE {name} OWNER analyst")
        return self.location(name)

    def location(self, database: str, user: str = "analyst") -> str:
        return f"postgresql://{user}:no-secret@127.0.0.1:{self.port}/{database}"

    def parts(self, location: str) -> list[str]:
        """The numbers in the names of the tables that hold rows: one for each dataset."""
        names = (
            "SELECT DISTINCT substring(relname, '_([0-9]+)$') FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
        )
        return self.sql(
            location.rpartition("/")[2],
            f"{names} WHERE nspname = 'incidents' AND relkind = 'r' AND relname ~ '_[0-9]+$'",
        )

    def sql(self, database: str, statement: str) -> list[str]:
        """As `owner`; the lines of the answer."""
        command = [self._binaries / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.port)]
        done = subprocess.run(
            [*command, "-U", "owner", "-d", database, "-c", statement], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()


def find_binaries() -> Path | None:
    """The folder of the newest server; Debian keeps it off the path."""
    found = shutil.which("postgres")
    if found:
        return Path(found).resolve().parent
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "postgres").exists()]
    return max(versions, key=lambda path: float(path.parent.name), default=None)


@contextmanager
def running(binaries: Path, given: Sequence[str] = QUICK) -> Iterator[PostgresServer]:
    """`given` are the server's settings; those of QUICK lose data when the machine stops, and tests keep none."""
    # Not in pytest's folder, which other users cannot enter: as root the server must run as somebody else.
    folder = Path(tempfile.mkdtemp(prefix="incidents-postgres-"))
    who = _somebody_else(folder)
    data, log = folder / "data", folder / "log"
    locale = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US"]
    initdb = [binaries / "initdb", "-D", data, "-U", "owner", "-A", "trust", "--no-sync", *locale]
    subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **who)
    port = _free_port()
    settings = [part for setting in (*given, f"unix_socket_directories={folder}") for part in ("-c", setting)]
    with log.open("wb") as said:
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-p", str(port), *settings],
            stderr=said,
            cwd=folder,
            preexec_fn=end_with_this_process,
            **who,
        )
    try:
        started = PostgresServer(binaries, folder, port)
        _wait(binaries, port, server, log)
        started.sql("postgres", "CREATE ROLE analyst LOGIN")
        yield started
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
        server.wait(START_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


def _somebody_else(folder: Path) -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    import pwd

    names = {each.pw_name for each in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(binaries: Path, port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    ready = [binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    end = time.monotonic() + START_SECONDS
    while subprocess.run(ready, check=False).returncode != 0:
        assert server.poll() is None, log.read_text(errors="replace")
        assert time.monotonic() < end, "the server does not start"
        time.sleep(0.1)
