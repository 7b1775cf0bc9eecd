"""Imports killed at any moment leave whole datasets, lose none, and leave nothing behind."""

import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from incidents.model.filters import ALL_DATASETS, EVERYTHING
from incidents.store import open_store
from incidents.views.facets import facet

ROOT = Path(__file__).resolve().parents[2]
ROWS = 400
ALL = EVERYTHING.with_(dataset=ALL_DATASETS)


class Watching(threading.Thread):
    """Reads all the time, as an open page would."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._ended = threading.Event()
        self.reads = 0
        self.faults: list[object] = []

    def run(self) -> None:
        with open_store(str(self._folder)) as store:
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
                time.sleep(0.01)

    def end(self) -> None:
        self._ended.set()
        self.join()


def kill_imports(folder: Path, times: int) -> None:
    chance = random.Random(times)
    committed: set[str] = set()
    watching = Watching(folder)
    open_store(str(folder)).close()
    watching.start()
    try:
        for kill in range(times):
            command = [
                sys.executable,
                "-m",
                "tests.engines.importing_process",
                str(folder),
                str(kill * 1000),
                str(ROWS),
            ]
            process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0.0, 0.8))
            process.kill()
            said = process.communicate()[0].split("\n")
            committed |= {line for line in said[:-1] if line}
    finally:
        watching.end()
    assert watching.faults == []
    assert watching.reads > times
    with open_store(str(folder)) as store:
        stored = {each.dataset_id for each in store.datasets()}
        assert committed <= stored
        assert len(stored - committed) <= times  # a commit just before the kill may not have been said
        assert {each.value: each.incidents for each in facet(store.reader(), ALL, "dataset")} == dict.fromkeys(
            stored, ROWS
        )
        left = sorted(path.name.partition("-")[0] for path in (folder / "datasets").iterdir())
        assert left == sorted(stored)
        assert all(path.suffix == ".duckdb" for path in (folder / "datasets").iterdir())


def test_five_killed_imports_leave_the_store_whole(tmp_path: Path) -> None:
    kill_imports(tmp_path, 5)


@pytest.mark.soak
def test_thirty_killed_imports_leave_the_store_whole(tmp_path: Path) -> None:
    kill_imports(tmp_path, 30)


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
