"""The catalogue: which datasets there are, and what people decided. A dataset is in the store when its row is here."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any

from incidents.model.dataset import Dataset
from incidents.model.errors import StoreError
from incidents.model.place import Candidate, PlaceQuery
from incidents.store.catalogued import already_imported
from incidents.store.engines import open_catalogue

FORMAT = 1
"""Of the whole store; a program that finds a higher one refuses, rather than misreads."""

_TABLES = """
CREATE TABLE IF NOT EXISTS counter (version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS dataset (
    position INTEGER PRIMARY KEY AUTOINCREMENT, -- order of import
    dataset_id TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL UNIQUE,
    data_file TEXT NOT NULL UNIQUE,
    facts TEXT NOT NULL -- the Dataset, as JSON
);
CREATE TABLE IF NOT EXISTS decision (
    name TEXT, admin2 TEXT, admin1 TEXT, country TEXT, chosen TEXT NOT NULL, decided_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS mapping (header TEXT PRIMARY KEY, mapping TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS saved_view (name TEXT PRIMARY KEY, link TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS gazetteer (name TEXT PRIMARY KEY, places TEXT NOT NULL);
"""
_DATASET_FIELDS = frozenset(field.name for field in fields(Dataset))
_SAME_PLACE = "name IS ? AND admin2 IS ? AND admin1 IS ? AND country IS ?"


class Catalogue:
    """One connection, one user at a time; other processes have their own."""

    def __init__(self, path: Path) -> None:
        self._lock = RLock()
        self._connection = open_catalogue(path)
        with self._changing() as connection:
            found = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if found > FORMAT:
                raise StoreError(f"{path}: the store was written by a newer version of this program; update it.")
            for statement in _TABLES.split(";\n"):
                connection.execute(statement)
            connection.execute("INSERT INTO counter SELECT 0 WHERE NOT EXISTS (SELECT * FROM counter)")
            connection.execute(f"PRAGMA user_version = {FORMAT}")

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def version(self) -> int:
        with self._lock:
            return int(self._connection.execute("SELECT version FROM counter").fetchone()[0])

    def state(self) -> tuple[int, tuple[tuple[Dataset, str], ...]]:
        """The version with its datasets, newest first, and their data files, all of one moment."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT version, facts, data_file FROM counter LEFT JOIN dataset ON true ORDER BY position DESC"
            ).fetchall()
        return int(rows[0][0]), tuple((dataset_of(facts), file) for _, facts, file in rows if facts is not None)

    def data_files(self) -> frozenset[str]:
        with self._lock:
            return frozenset(file for (file,) in self._connection.execute("SELECT data_file FROM dataset"))

    def same_content(self, dataset_id: str, sha256: str | None) -> Dataset | None:
        with self._lock:
            row = self._connection.execute(
                "SELECT facts FROM dataset WHERE dataset_id = ? OR sha256 = ?", (dataset_id, sha256)
            ).fetchone()
        return dataset_of(row[0]) if row else None

    def add(self, dataset: Dataset, data_file: str, replaces: str | None = None) -> str | None:
        """Adds a dataset in place of another or of none, in one transaction; returns the other's data file."""
        with self._changing() as connection:
            old = connection.execute(
                "SELECT position, data_file FROM dataset WHERE dataset_id = ?", (replaces,)
            ).fetchone()
            connection.execute("DELETE FROM dataset WHERE dataset_id = ?", (replaces,))
            same = self.same_content(dataset.dataset_id, dataset.sha256)
            if same:
                raise already_imported(dataset.file, same)
            position = old[0] if old and replaces == dataset.dataset_id else None
            connection.execute(
                "INSERT INTO dataset (position, dataset_id, sha256, data_file, facts) VALUES (?, ?, ?, ?, ?)",
                (position, dataset.dataset_id, dataset.sha256, data_file, facts_of(dataset)),
            )
            connection.execute("UPDATE counter SET version = version + 1")
        return str(old[1]) if old else None

    def change(self, dataset: Dataset) -> None:
        with self._changing() as connection:
            connection.execute(
                "UPDATE dataset SET facts = ? WHERE dataset_id = ?", (facts_of(dataset), dataset.dataset_id)
            )
            connection.execute("UPDATE counter SET version = version + 1")

    def remove(self, dataset_id: str) -> None:
        with self._changing() as connection:
            connection.execute("DELETE FROM dataset WHERE dataset_id = ?", (dataset_id,))
            connection.execute("UPDATE counter SET version = version + 1")

    def decisions(self) -> dict[PlaceQuery, Candidate]:
        with self._lock:
            rows = self._connection.execute(
                "SELECT name, admin2, admin1, country, chosen FROM decision ORDER BY rowid"
            ).fetchall()
        return {PlaceQuery(*place): Candidate(**json.loads(chosen)) for *place, chosen in rows}

    def decide(self, query: PlaceQuery, chosen: Candidate, when: datetime) -> None:
        place = (query.name, query.admin2, query.admin1, query.country)
        with self._changing() as connection:
            connection.execute(f"DELETE FROM decision WHERE {_SAME_PLACE}", place)
            connection.execute(
                "INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?)", (*place, json.dumps(asdict(chosen)), when.isoformat())
            )

    def undecide(self, query: PlaceQuery) -> None:
        with self._changing() as connection:
            connection.execute(
                f"DELETE FROM decision WHERE {_SAME_PLACE}", (query.name, query.admin2, query.admin1, query.country)
            )

    def mapping(self, header: tuple[str, ...]) -> dict[str, str] | None:
        with self._lock:
            row = self._connection.execute(
                "SELECT mapping FROM mapping WHERE header = ?", (json.dumps(header),)
            ).fetchone()
        return dict(json.loads(row[0])) if row else None

    def remember_mapping(self, header: tuple[str, ...], mapping: Mapping[str, str]) -> None:
        with self._changing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO mapping VALUES (?, ?)", (json.dumps(header), json.dumps(dict(mapping)))
            )

    def mappings(self) -> dict[tuple[str, ...], dict[str, str]]:
        with self._lock:
            rows = self._connection.execute("SELECT header, mapping FROM mapping ORDER BY rowid").fetchall()
        return {tuple(json.loads(header)): dict(json.loads(mapping)) for header, mapping in rows}

    def forget_mapping(self, header: tuple[str, ...]) -> None:
        with self._changing() as connection:
            connection.execute("DELETE FROM mapping WHERE header = ?", (json.dumps(header),))

    def saved_views(self) -> dict[str, str]:
        with self._lock:
            return dict(self._connection.execute("SELECT name, link FROM saved_view ORDER BY name").fetchall())

    def save_view(self, name: str, link: str) -> None:
        with self._changing() as connection:
            connection.execute("INSERT OR REPLACE INTO saved_view VALUES (?, ?)", (name, link))

    def delete_view(self, name: str) -> None:
        with self._changing() as connection:
            connection.execute("DELETE FROM saved_view WHERE name = ?", (name,))

    def gazetteers(self) -> dict[str, str]:
        with self._lock:
            return dict(self._connection.execute("SELECT name, places FROM gazetteer ORDER BY name").fetchall())

    def keep_gazetteer(self, name: str, places: str) -> None:
        with self._changing() as connection:
            connection.execute("INSERT OR REPLACE INTO gazetteer VALUES (?, ?)", (name, places))

    def delete_gazetteer(self, name: str) -> None:
        with self._changing() as connection:
            connection.execute("DELETE FROM gazetteer WHERE name = ?", (name,))

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, that waits for other writers and is undone by any error."""
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
            except sqlite3.Error as problem:
                raise StoreError(f"The catalogue of the store cannot be written ({problem}).") from problem
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")


def facts_of(dataset: Dataset) -> str:
    """As JSON."""
    return json.dumps(asdict(dataset), default=datetime.isoformat)


def dataset_of(facts: str) -> Dataset:
    """Facts that this program does not know are left aside."""
    known: dict[str, Any] = {name: value for name, value in json.loads(facts).items() if name in _DATASET_FIELDS}
    when = known.get("imported_at")
    return Dataset(
        **{
            **known,
            "imported_at": datetime.fromisoformat(when) if when else None,
            "columns": tuple(known.get("columns", ())),
        }
    )
