"""Data files: one immutable DuckDB file for each dataset, written under a temporary name and renamed."""

import os
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from incidents.model.dataset import Dataset
from incidents.model.errors import StoreError
from incidents.store.catalogue import Catalogue
from incidents.store.engines import attach_reading, open_writing
from incidents.store.incoming import TABLES, checked, checked_id, prepared
from incidents.store.locks import LockFile
from incidents.store.rewriting import rewrite
from incidents.store.staged import StagedIncidents

DATA = ".duckdb"
WRITING = ".writing"
LOCK = ".lock"
SPILL = ".spill"
STAGED = ".staged"

# n_sites is counted here, so that it cannot disagree with the sites.
_STORED = {
    "incidents": """
        SELECT incident.* REPLACE (CAST(1 + coalesce(further.number, 0) AS SMALLINT) AS n_sites)
        FROM staged_incidents AS incident
        LEFT JOIN (SELECT incident_id, count(*) AS number FROM staged_sites GROUP BY incident_id) AS further
        ON incident.incident_id = further.incident_id
        ORDER BY event_date, source_row
    """,
    "sites": "SELECT * FROM staged_sites ORDER BY incident_id, site_no",
    "rejected": "SELECT * FROM staged_rejected",
    "notes": "SELECT * FROM staged_notes",
}
_SMALL = tuple(name for name in TABLES if name != "incidents")  # staged in memory, asked more than once


class FileWriter:
    """One import on its way into the folder. Everything it writes begins with `stem`, and `stem`.lock is held."""

    ending = DATA

    def __init__(self, folder: Path, catalogue: Catalogue, dataset_id: str, replaces: str | None = None) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._dataset_id = checked_id(dataset_id)
        self._replaces = replaces
        self._stem = f"{dataset_id}-{secrets.token_hex(4)}"
        self._lock = LockFile(self._part(LOCK))
        self._lock.take()
        self._leaving: list[str] | None = None
        try:
            self._staging = open_writing(self._part(WRITING), self._part(SPILL))
            self._incidents = StagedIncidents(self._part(STAGED))
            for name in _SMALL:
                self._staging.register("empty", TABLES[name].empty_table())
                self._staging.execute(f"CREATE TABLE staged_{name} AS SELECT * FROM empty")
                self._staging.unregister("empty")
        except BaseException:
            self.abandon()
            raise

    def add(
        self,
        incidents: pa.Table | None = None,
        sites: pa.Table | None = None,
        rejected: pa.Table | None = None,
        notes: pa.Table | None = None,
    ) -> None:
        self._stage("incidents", incidents)
        self._stage("sites", sites)
        self._stage("rejected", rejected)
        self._stage("notes", notes)

    def follow(self, file: Path, leaving: Sequence[str]) -> None:
        """Makes this the next generation of a data file: all its rows but these incidents and their sites."""
        try:
            attach_reading(self._staging, file, "earlier")
        except duckdb.Error as problem:
            raise StoreError(f"The rows of a dataset could not be copied ({problem}).") from problem
        self._leaving = list(leaving)

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
            return self._write(dataset)
        except (duckdb.Error, OSError) as problem:
            raise StoreError(f"{dataset.file}: the data file could not be written ({problem}).") from problem

    def abandon(self) -> None:
        """Takes back what was not committed."""
        if hasattr(self, "_staging"):
            self._staging.close()
        if hasattr(self, "_incidents"):
            self._incidents.close()
        if self.file not in self._catalogue.data_files():
            remove(self._part(self.ending))
        for ending in (WRITING, WRITING + ".wal", SPILL, STAGED):
            remove(self._part(ending))
        self._lock.release()

    def _part(self, ending: str) -> Path:
        return self._folder / (self._stem + ending)

    def _stage(self, name: str, table: pa.Table | None) -> None:
        if table is None or table.num_rows == 0:
            return
        rows = prepared(name, table)
        try:
            if name == "incidents":
                self._incidents.add(rows)
            else:
                self._staging.register("batch", rows)
                self._staging.execute(f"INSERT INTO staged_{name} SELECT * FROM batch")
                self._staging.unregister("batch")
        except (duckdb.Error, OSError) as problem:
            raise StoreError(f"The import could not be written ({problem}).") from problem

    def _write(self, dataset: Dataset) -> Dataset:
        # SQL text: DuckDB's sort spills to disk within the memory limit, and Ibis has no word for where it writes.
        with self._incidents.rows() as rows:
            self._staging.register("staged_incidents", rows)
            if self._leaving is None:
                for name, select in _STORED.items():
                    self._staging.execute(f"CREATE TABLE file.{name} AS {select}")
            else:
                self._staging.execute(f"CREATE TABLE coming AS {_STORED['incidents']}")
                rewrite(self._staging, self._leaving, "SELECT * FROM coming")
            self._staging.unregister("staged_incidents")
        for name in _SMALL:
            self._staging.execute(f"DROP TABLE staged_{name}")
        stored = self._checked(dataset)
        self._put_down(self._staging)
        sync(self._folder)
        return stored

    def _put_down(self, staging: duckdb.DuckDBPyConnection) -> None:
        """What is in `file`, whole and under its own name."""
        staging.execute("CHECKPOINT file")
        staging.execute("DETACH file")
        staging.close()
        sync(self._part(WRITING))
        os.replace(self._part(WRITING), self._part(DATA))

    def _checked(self, dataset: Dataset) -> Dataset:
        row = self._staging.execute(
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
