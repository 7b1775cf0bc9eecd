"""Answers of the online geocoder, kept so that nothing is asked twice, and readable offline."""

import json
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from incidents.model.errors import StoreError
from incidents.model.place import Candidate, PlaceQuery

_LAYOUT = 1  # of the file; raise it when the table or Candidate changes
_KEY = "service = ? and name = ? and admin2 = ? and admin1 = ? and country = ?"
_TABLE = """create table if not exists answer (
    service text, name text, admin2 text, admin1 text, country text, asked_at text not null, candidates text not null,
    primary key (service, name, admin2, admin1, country)) without rowid"""


@dataclass(frozen=True, slots=True)
class Kept:
    """No candidates: the geocoder answered that there is no such place."""

    candidates: tuple[Candidate, ...]
    asked_at: datetime


class Answers:
    """One file in the index folder, shared by threads and processes; a connection per call."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"online-answers-{_LAYOUT}.sqlite"

    def find(self, service: str, query: PlaceQuery) -> Kept | None:
        """None where it was never asked; makes no file."""
        if not self.path.exists():
            return None
        with self._connection(f"{self.path.resolve().as_uri()}?mode=ro") as connection:
            if not connection.execute("select 1 from sqlite_master where name = 'answer'").fetchone():
                return None
            row = connection.execute(
                f"select asked_at, candidates from answer where {_KEY}", _key(service, query)
            ).fetchone()
        if row is None:
            return None
        return Kept(tuple(Candidate(**fields) for fields in json.loads(row[1])), datetime.fromisoformat(row[0]))

    def make_ready(self) -> None:
        """Raises StoreError where answers cannot be kept: to be known before a request is sent, not after."""
        with self._connection(self.path.resolve().as_uri()) as connection:
            connection.execute("begin immediate")
            connection.execute(_TABLE)

    def keep(self, service: str, query: PlaceQuery, candidates: tuple[Candidate, ...]) -> None:
        found = json.dumps([asdict(candidate) for candidate in candidates], ensure_ascii=False)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._connection(self.path.resolve().as_uri()) as connection:
            connection.execute(
                "insert or replace into answer values (?, ?, ?, ?, ?, ?, ?)", (*_key(service, query), now, found)
            )

    def forget(self, service: str, query: PlaceQuery) -> None:
        if self.path.exists():
            with self._connection(self.path.resolve().as_uri()) as connection:
                connection.execute(_TABLE)
                connection.execute(f"delete from answer where {_KEY}", _key(service, query))

    @contextmanager
    def _connection(self, uri: str) -> Iterator[sqlite3.Connection]:
        try:
            if not uri.endswith("mode=ro"):
                self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(uri, uri=True, timeout=10)) as connection, connection:
                yield connection
        except (sqlite3.Error, OSError) as problem:
            raise StoreError(
                f"{self.path}: the kept answers of the online geocoder cannot be used ({problem}). "
                "Make the folder writable, or remove the file to begin it anew."
            ) from problem


def _key(service: str, query: PlaceQuery) -> tuple[str, ...]:
    return (service, *(_plain(part) for part in (query.name, query.admin2, query.admin1, query.country)))


def _plain(text: str | None) -> str:
    """The same question in other capitals or with more blanks is the same question."""
    return " ".join(unicodedata.normalize("NFC", text or "").casefold().split())
