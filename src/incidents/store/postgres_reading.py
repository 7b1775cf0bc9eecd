"""One version of a PostgreSQL store. While it is held, the tables that it reads are not dropped."""

import re
import weakref
from collections.abc import Iterator, Mapping
from contextlib import suppress

import pyarrow as pa

from incidents.model.dataset import Dataset
from incidents.store.contract import CompiledQuery
from incidents.store.incoming import TABLES
from incidents.store.postgres_schema import LOCKS, PATTERNS, SCHEMA, part_table
from incidents.store.postgres_sessions import DatabaseError, Session, Sessions, plain

STREAM_ROWS = 20_000
_IN_STORED_ORDER = (
    "SET LOCAL enable_indexscan = off",  # whole tables and bitmaps are read from front to back
    "SET LOCAL enable_indexonlyscan = off",
    "SET LOCAL cursor_tuple_fraction = 1",
)


class PostgresReader:
    """`mark` holds a shared lock on the version's number; closing it, however that happens, lets go."""

    dialect = "postgres"
    finds_words_once = False

    def __init__(
        self, version: int, datasets: tuple[tuple[Dataset, str], ...], sessions: Sessions, mark: Session
    ) -> None:
        self.version = version
        self.datasets = tuple(dataset for dataset, _ in datasets)
        self._parts = {dataset.dataset_id: int(part) for dataset, part in datasets}
        self._sessions = sessions
        weakref.finalize(self, mark.close)
        with_sites = [each.dataset_id for each in self.datasets if each.has_sites]
        self._tables = {
            "incidents": self._united("incidents", list(self._parts)),
            "sites": self._united("sites", with_sites),
        }

    def run(self, query: CompiledQuery, values: Mapping[str, object]) -> pa.Table:
        sql, given = self._statement(query, values)
        with self._sessions.one() as session:
            return plain(session.ask(sql, *given))

    def stream(
        self, query: CompiledQuery, values: Mapping[str, object], rows: int = STREAM_ROWS
    ) -> Iterator[pa.RecordBatch]:
        return self._stream(*self._statement(query, values), rows)

    def rows(self, dataset_id: str, table: str) -> Iterator[pa.RecordBatch]:
        columns = ", ".join(f'"{name}"' for name in TABLES[table].names)
        name = part_table(table, self._parts[dataset_id])
        return self._stream(f"SELECT {columns} FROM {SCHEMA}.{name}", (), STREAM_ROWS)

    def _stream(self, sql: str, given: tuple[object, ...], rows: int) -> Iterator[pa.RecordBatch]:
        """By a server-side cursor: neither side ever holds more than `rows` of the answer."""
        session = self._sessions.own()
        try:
            session.do("BEGIN READ ONLY")
            for statement in _IN_STORED_ORDER:
                session.do(statement)
            session.do(f"DECLARE streamed NO SCROLL CURSOR FOR {sql}", *given)
            while True:
                batch = plain(session.fetch("streamed", rows))
                yield from batch.combine_chunks().to_batches()
                if batch.num_rows < rows:
                    return
        finally:
            session.close()

    def _statement(self, query: CompiledQuery, values: Mapping[str, object]) -> tuple[str, tuple[object, ...]]:
        """The query with the tables of this version in front, and its values in the order of $1, $2 ..."""
        names = sorted(query.parameters)
        numbers = {name: f"${number}" for number, name in enumerate(names, start=1)}
        sql = re.sub(r"\$([a-z][a-z0-9_]*)", lambda found: numbers.get(found[1], found[0]), query.sql)
        needed = [f'"{name}" AS NOT MATERIALIZED (\n{text}\n)' for name, text in self._tables.items() if name in sql]
        if needed:
            rest = sql.removeprefix("WITH ")
            sql = f"WITH {', '.join(needed)}{', ' if rest != sql else ' '}{rest}"
        return sql, tuple(values[name] for name in names)

    def _united(self, name: str, dataset_ids: list[str]) -> str:
        columns = ", ".join(f'"{column}"' for column in TABLES[name].names)
        tables = [part_table(name, self._parts[each]) for each in dataset_ids] or [PATTERNS[name]]
        return " UNION ALL ".join(f"SELECT {columns} FROM {SCHEMA}.{table}" for table in tables)


def mark_version(session: Session, version: int) -> None:
    """Whoever holds this keeps the tables of that version."""
    session.ask(f"SELECT pg_advisory_lock_shared({LOCKS + 1}, {version})::text")


def unmark_version(session: Session, version: int) -> None:
    session.ask(f"SELECT pg_advisory_unlock_shared({LOCKS + 1}, {version})")


def sweep(sessions: Sessions) -> None:
    """Drops the tables of deleted and replaced datasets that no held version has; what is in use stays until later."""
    with suppress(_Later), sessions.one() as session:
        try:
            if session.rows(f"SELECT count(*) FROM {SCHEMA}.gone") == [(0,)]:
                return
            with session.changing():
                session.do("SET LOCAL lock_timeout = '2s'")
                for (part,) in session.rows(_NOT_HELD):
                    names = ", ".join(f"{SCHEMA}.{part_table(name, part)}" for name in TABLES)
                    session.do(f"DROP TABLE IF EXISTS {names}")
                    session.do(f"DELETE FROM {SCHEMA}.gone WHERE part = $1", part)
        except DatabaseError as problem:
            if problem.state not in _LATER:
                raise
            raise _Later from problem


class _Later(Exception):
    """Somebody is at work there; the next sweep takes it."""


_LATER = ("55P03", "40P01", "42501", "25006")  # locked, deadlock, another owner's, a read-only server
_NOT_HELD = f"""
    SELECT part FROM {SCHEMA}.gone WHERE NOT EXISTS (
        SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = {LOCKS + 1} AND objsubid = 2
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND objid::bigint < gone.version
    ) FOR UPDATE SKIP LOCKED
"""
