"""Imports killed at any moment, three at work and two dashboards reading: whole datasets, none lost, nothing left behind."""

import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.engines.reading_process import ALL

from incidents.store import open_store
from incidents.views.facets import facet

ROOT = Path(__file__).resolve().parents[2]
ROWS = 400
IMPORTERS = 3
DASHBOARDS = 2
SECONDS_TO_NOTICE = 15


class Dashboard:
    """A process that reads all the time."""

    def __init__(self, location: str) -> None:
        command = [sys.executable, "-m", "tests.engines.reading_process", location, str(ROWS)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def wait(self) -> None:
        """Until it reads."""
        assert self._process.stdout
        assert self._process.stdout.readline() == "ready\n"

    def end(self) -> tuple[int, list[str]]:
        """How often it read, and every fault."""
        *faults, last = self._process.communicate("")[0].splitlines() or [""]
        reads = re.fullmatch(r"reads (\d+)", last)
        return (int(reads[1]), faults) if reads else (0, [*faults, last])


class Importer:
    """A process that imports one dataset after another. `first` is the number of its first."""

    def __init__(self, location: str, first: int) -> None:
        command = [sys.executable, "-m", "tests.engines.importing_process", location, str(first), str(ROWS)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self._committed: set[str] = set()

    def wait(self) -> None:
        """Until it imports."""
        assert self._process.stdout
        assert self._process.stdout.readline() == "ready\n"

    def wait_for_a_commit(self) -> None:
        assert self._process.stdout
        self._committed.add(self._process.stdout.readline().rstrip("\n"))

    def kill(self) -> set[str]:
        """The datasets that it said it had committed."""
        self._process.kill()
        said = self._process.communicate()[0].split("\n")
        return self._committed | (set(said[:-1]) - {"ready"})


def kill_imports(location: str, left: Callable[[], list[str]], times: int) -> None:
    chance = random.Random(times)
    committed: set[str] = set()
    open_store(location).close()
    dashboards = [Dashboard(location) for _ in range(DASHBOARDS)]
    for each in dashboards:
        each.wait()
    importers = [Importer(location, number * 1000) for number in range(IMPORTERS)]
    try:
        for kill in range(times):
            oldest = importers.pop(0)
            oldest.wait()
            if kill % 2:
                oldest.wait_for_a_commit()  # on a busy machine a new process commits nothing within the next moment
            time.sleep(chance.uniform(0.0, 0.8))
            committed |= oldest.kill()
            importers.append(Importer(location, (IMPORTERS + kill) * 1000))
    finally:
        for importer in importers:
            committed |= importer.kill()
        ended = [each.end() for each in dashboards]
    assert [faults for _, faults in ended] == [[]] * DASHBOARDS
    assert min(reads for reads, _ in ended) > times
    with open_store(location) as store:
        stored = {each.dataset_id for each in store.datasets()}
        assert committed <= stored
        assert len(stored - committed) <= times + IMPORTERS  # a commit just before the kill may not have been said
        assert len(stored) >= times // 2
        assert {each.value: each.incidents for each in facet(store.reader(), ALL, "dataset")} == dict.fromkeys(
            stored, ROWS
        )
    end = time.monotonic() + SECONDS_TO_NOTICE  # a server notices a dead importer within seconds
    while len(left()) != len(stored) and time.monotonic() < end:
        time.sleep(0.2)
    assert len(left()) == len(stored)


@pytest.mark.cannot(engine="spark", reason="a read takes seconds; its import is the folder store's up to the rename")
def test_killed_imports_leave_the_store_whole(location: str, left: Callable[[], list[str]]) -> None:
    kill_imports(location, left, 5)


@pytest.mark.cannot(engine="spark", reason="a read takes seconds; its import is the folder store's up to the rename")
@pytest.mark.soak
def test_thirty_killed_imports_leave_the_store_whole(location: str, left: Callable[[], list[str]]) -> None:
    kill_imports(location, left, 30)


def test_a_live_import_is_not_swept(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    with store.new_dataset("a"):
        before = sorted((tmp_path / "datasets").iterdir())
        open_store(str(tmp_path)).close()
        assert sorted((tmp_path / "datasets").iterdir()) == before
        assert len(before) >= 2
    store.close()


def test_what_a_dead_import_left_is_swept(tmp_path: Path) -> None:
    open_store(str(tmp_path)).close()
    for name in ("a-1.writing", "a-1.writing.wal", "a-1.lock", "b-2.duckdb"):
        (tmp_path / "datasets" / name).write_bytes(b"half")
    (tmp_path / "datasets" / "a-1.spill").mkdir()
    open_store(str(tmp_path)).close()
    assert list((tmp_path / "datasets").iterdir()) == []
