"""Imports killed at any moment, three at work and two readers watching: whole datasets, none lost, nothing left behind."""

import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from incidents.model.filters import ALL_DATASETS, EVERYTHING
from incidents.store import open_store
from incidents.views.facets import facet

ROOT = Path(__file__).resolve().parents[2]
ROWS = 400
IMPORTERS = 3
READERS = 2
SECONDS_TO_NOTICE = 15
ALL = EVERYTHING.with_(dataset=ALL_DATASETS)


class Watching(threading.Thread):
    """Reads all the time, as an open page would."""

    def __init__(self, location: str) -> None:
        super().__init__()
        self._location = location
        self._ended = threading.Event()
        self.reads = 0
        self.faults: list[object] = []

    def run(self) -> None:
        with open_store(self._location) as store:
            while not self._ended.is_set():
                try:
                    reader = store.reader()
                    counted = {each.value: each.incidents for each in facet(reader, ALL, "dataset")}
                except Exception as problem:  # noqa: BLE001 any fault is the test's result
                    self.faults.append(problem)
                    continue
                if counted != {each.dataset_id: ROWS for each in reader.datasets}:
                    self.faults.append(counted)
                self.reads += 1
                time.sleep(0.05)

    def end(self) -> None:
        self._ended.set()
        self.join()


class Importer:
    """A process that imports one dataset after another. `first` is the number of its first."""

    def __init__(self, location: str, first: int) -> None:
        command = [sys.executable, "-m", "tests.engines.importing_process", location, str(first), str(ROWS)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def wait(self) -> None:
        """Until it imports."""
        assert self._process.stdout
        assert self._process.stdout.readline() == "ready\n"

    def kill(self) -> set[str]:
        """The datasets that it said it had committed."""
        self._process.kill()
        said = self._process.communicate()[0].split("\n")
        return set(said[:-1]) - {"ready"}


def kill_imports(location: str, left: Callable[[], list[str]], times: int) -> None:
    chance = random.Random(times)
    committed: set[str] = set()
    open_store(location).close()
    watching = [Watching(location) for _ in range(READERS)]
    for each in watching:
        each.start()
    importers = [Importer(location, number * 1000) for number in range(IMPORTERS)]
    try:
        for kill in range(times):
            oldest = importers.pop(0)
            oldest.wait()
            time.sleep(chance.uniform(0.0, 0.8))
            committed |= oldest.kill()
            importers.append(Importer(location, (IMPORTERS + kill) * 1000))
    finally:
        for importer in importers:
            committed |= importer.kill()
        for each in watching:
            each.end()
    assert [each.faults for each in watching] == [[]] * READERS
    assert min(each.reads for each in watching) > times
    with open_store(location) as store:
        stored = {each.dataset_id for each in store.datasets()}
        assert committed <= stored
        assert len(stored - committed) <= times + IMPORTERS  # a commit just before the kill may not have been said
        assert len(stored) > IMPORTERS
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
