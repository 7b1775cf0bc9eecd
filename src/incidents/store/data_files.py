"""Data files: one immutable file for each dataset, written under a temporary name and renamed."""

import os
import secrets
import shutil
from pathlib import Path

import duckdb

from incidents.model.dataset import Dataset
from incidents.model.errors import StoreError
from incidents.store.catalogue import Catalogue
from incidents.store.incoming import checked, checked_id
from incidents.store.locks import LockFile

DATA = ".duckdb"
WRITING = ".writing"
LOCK = ".lock"
SPILL = ".spill"
STAGED = ".staged"


class DataFile:
    """One file on its way into the folder. Everything it writes begins with `stem`, and `stem`.lock is held."""

    ending = DATA

    def __init__(self, folder: Path, catalogue: Catalogue, dataset_id: str, replaces: str | None = None) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._dataset_id = checked_id(dataset_id)
        self._replaces = replaces
        self._stem = f"{dataset_id}-{secrets.token_hex(4)}"
        self._lock = LockFile(self._part(LOCK))
        self._lock.take()

    def commit(self, dataset: Dataset) -> Dataset:
        stored = self.written(dataset)
        old = self._catalogue.add(stored, self.file, self._replaces or dataset.updates)
        if old:
            remove(self._folder / old)
        self._lock.release()
        return stored

    @property
    def file(self) -> str:
        return self._stem + self.ending

    def written(self, dataset: Dataset) -> Dataset:
        """The data file under its own name, which the catalogue does not know yet."""
        if dataset.dataset_id != self._dataset_id:
            raise StoreError(f"The writer was opened for dataset {self._dataset_id}, not {dataset.dataset_id}.")
        try:
            stored = self._write(dataset)
            sync(self._folder)
            return stored
        except (duckdb.Error, OSError) as problem:
            raise StoreError(f"{dataset.file}: the data file could not be written ({problem}).") from problem

    def abandon(self) -> None:
        """Takes back what was not committed."""
        self._close()
        if self.file not in self._catalogue.data_files():
            remove(self._part(self.ending))
        for ending in (WRITING, WRITING + ".wal", SPILL):
            remove(self._part(ending))
        for path in self._folder.glob(f"{self._stem}{STAGED}*"):
            remove(path)
        self._lock.release()

    def _write(self, dataset: Dataset) -> Dataset:
        raise NotImplementedError

    def _close(self) -> None:
        """Lets go of what is being written."""
        raise NotImplementedError

    def _part(self, ending: str) -> Path:
        return self._folder / (self._stem + ending)

    def _put_down(self, staging: duckdb.DuckDBPyConnection) -> None:
        """What is in `file`, whole and under its own name."""
        staging.execute("CHECKPOINT file")
        staging.execute("DETACH file")
        staging.close()
        sync(self._part(WRITING))
        os.replace(self._part(WRITING), self._part(DATA))

    def _checked(self, staging: duckdb.DuckDBPyConnection, dataset: Dataset) -> Dataset:
        row = staging.execute(
            "SELECT (SELECT count(*) FROM file.sites), (SELECT count(*) FROM file.rejected),"
            " count(*), min(event_date), max(event_date_end) FROM file.incidents"
        ).fetchone()
        assert row is not None
        sites, rejected, incidents, first, last = row
        return checked(dataset, incidents=incidents, sites=sites, rejected=rejected, first=first, last=last)


def sweep(folder: Path, catalogue: Catalogue) -> None:
    """Removes what dead imports and deletions left; whatever a live import holds the lock of stays."""
    stems = {path.name.split(".")[0] for path in folder.iterdir()}
    finished = {file.split(".")[0]: file for file in catalogue.data_files()}
    for stem in stems:
        parts = [path for path in folder.iterdir() if path.name.split(".")[0] == stem]
        if stem in finished and [path.name for path in parts] == [finished[stem]]:
            continue
        lock = LockFile(folder / (stem + LOCK))
        if not lock.take():
            continue
        kept = catalogue.data_files()  # asked again under the lock: it may have been committed meanwhile
        for path in parts:
            if path.name not in kept and path != lock.path:
                remove(path)
        lock.release()


def remove(path: Path) -> None:
    """Windows refuses while somebody reads the file: the next sweep takes it."""
    try:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    except PermissionError:
        return


def sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return  # Windows cannot open folders; its renames are journalled
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
