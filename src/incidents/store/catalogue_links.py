"""The catalogue's links: which incidents a person found to be one, and which to be two."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from incidents.model.dataset import Dataset
from incidents.model.errors import StoreError
from incidents.store.catalogue import Catalogue, facts_of
from incidents.store.contract import Link

_TABLES = """
CREATE TABLE IF NOT EXISTS link (
    link_id INTEGER PRIMARY KEY AUTOINCREMENT,
    kept_id TEXT NOT NULL, other_id TEXT NOT NULL, kept_dataset TEXT NOT NULL, other_dataset TEXT NOT NULL,
    linked_at TEXT NOT NULL,
    incidents BLOB NOT NULL, sites BLOB NOT NULL -- both rows and their sites as they were, as Arrow streams
);
CREATE TABLE IF NOT EXISTS kept_apart (one_id TEXT, other_id TEXT, PRIMARY KEY (one_id, other_id));
"""
_COLUMNS = "link_id, kept_id, other_id, kept_dataset, other_dataset, linked_at"


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A dataset whose rows are now in another file."""

    dataset: Dataset
    old_file: str
    new_file: str


class LinkingCatalogue(Catalogue):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        with self._changing() as connection:
            for statement in _TABLES.split(";\n"):
                connection.execute(statement)

    def links(self) -> tuple[Link, ...]:
        with self._lock:
            rows = self._connection.execute(f"SELECT {_COLUMNS} FROM link ORDER BY link_id DESC").fetchall()
        return tuple(Link(*ids, datetime.fromisoformat(when)) for (*ids, when) in rows)  # type: ignore[call-arg]

    def originals(self, link_id: int) -> tuple[bytes, bytes]:
        """Incidents and sites."""
        with self._lock:
            row = self._connection.execute("SELECT incidents, sites FROM link WHERE link_id = ?", (link_id,)).fetchone()
        if row is None:
            raise StoreError("This link has been undone already.")
        return bytes(row[0]), bytes(row[1])

    def add_link(self, link: Link, incidents: bytes, sites: bytes, exchanged: Sequence[Exchanged]) -> Link:
        """The link and the new files of its datasets, in one transaction."""
        values = (link.kept_id, link.other_id, link.kept_dataset, link.other_dataset, link.linked_at.isoformat())
        with self._changing() as connection:
            _exchange(connection, exchanged)
            made = connection.execute(
                f"INSERT INTO link ({_COLUMNS}, incidents, sites) VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
                (*values, incidents, sites),
            )
            return replace(link, link_id=int(made.lastrowid or 0))

    def remove_link(self, link: Link, exchanged: Sequence[Exchanged]) -> Link:
        with self._changing() as connection:
            _exchange(connection, exchanged)
            if connection.execute("DELETE FROM link WHERE link_id = ?", (link.link_id,)).rowcount != 1:
                raise StoreError("This link has been undone already.")
        return link

    def kept_apart(self) -> frozenset[frozenset[str]]:
        with self._lock:
            return frozenset(map(frozenset, self._connection.execute("SELECT one_id, other_id FROM kept_apart")))

    def keep_apart(self, one_id: str, other_id: str) -> None:
        with self._changing() as connection:
            connection.execute("INSERT OR IGNORE INTO kept_apart VALUES (?, ?)", sorted((one_id, other_id)))

    def forget_apart(self, one_id: str, other_id: str) -> None:
        with self._changing() as connection:
            connection.execute("DELETE FROM kept_apart WHERE one_id = ? AND other_id = ?", sorted((one_id, other_id)))


def _exchange(connection: sqlite3.Connection, exchanged: Sequence[Exchanged]) -> None:
    for each in exchanged:
        changed = connection.execute(
            "UPDATE dataset SET data_file = ?, facts = ? WHERE dataset_id = ? AND data_file = ?",
            (each.new_file, facts_of(each.dataset), each.dataset.dataset_id, each.old_file),
        )
        if changed.rowcount != 1:
            raise StoreError(f"{each.dataset.name}: the dataset was changed meanwhile; nothing was done. Try again.")
    connection.execute("UPDATE counter SET version = version + 1")
