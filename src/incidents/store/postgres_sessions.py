"""PostgreSQL connections: opened, lent to one thread at a time, and closed; the only module that speaks to the driver."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pyarrow as pa

from incidents.model.errors import StoreError
from incidents.model.schema import INCIDENTS

try:
    import adbc_driver_manager
    from adbc_driver_postgresql import dbapi
except ImportError as absent:  # an optional part: the message names the install line
    raise StoreError(
        'A postgresql:// store needs the driver; install it with: pip install "incidents[postgres]".'
    ) from absent

IDLE_MOST = 8
CONNECT_SECONDS = 10
TRUSTED_SECONDS = 1.0
"""A connection that waited longer is tried first: the server may have been started anew."""

_SESSION = {
    "default_transaction_read_only": "on",  # a change says READ WRITE; a panel's query cannot make one
    "synchronize_seqscans": "off",  # exports come in stored order
    "jit": "off",  # compiling costs more than a panel's query
    "work_mem": "64MB",
    "timezone": "UTC",
    "datestyle": "ISO",
    "client_min_messages": "warning",
}


class DatabaseError(StoreError):
    """`state` is the SQLSTATE, None where the connection itself failed."""

    def __init__(self, message: str, state: str | None) -> None:
        super().__init__(message)
        self.state = state


class Session:
    """One connection. After an error it is good only for `close`."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def ask(self, sql: str, *values: object) -> pa.Table:
        """The answer to one statement; values stand for $1, $2 ..."""
        with _saying(), self._connection.cursor() as cursor:
            cursor.execute(sql, _record(values) if values else None)
            return cursor.fetch_arrow_table()

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        columns = [column.to_pylist() for column in self.ask(sql, *values).columns]
        return list(zip(*columns, strict=True))

    def do(self, sql: str, *values: object) -> None:
        with _saying(), self._connection.cursor() as cursor:
            cursor.execute(sql, _record(values) if values else None)

    def fetch(self, cursor_name: str, rows: int) -> pa.Table:
        """The next rows of a server-side cursor. They cannot go by COPY, which knows no FETCH."""
        with _saying(), self._connection.cursor() as cursor:
            cursor.adbc_statement.set_options(**{"adbc.postgresql.use_copy": "false"})
            cursor.execute(f"FETCH FORWARD {rows} FROM {cursor_name}")
            return cursor.fetch_arrow_table()

    def copy_in(self, table: str, rows: pa.Table, schema: str | None) -> None:
        """COPY into a table; without a schema a temporary one."""
        with _saying(), self._connection.cursor() as cursor:
            cursor.adbc_ingest(table, rows, mode="append", db_schema_name=schema, temporary=schema is None)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """One transaction, undone by any error."""
        self.do("BEGIN READ WRITE")
        try:
            yield
        except BaseException:
            with suppress(DatabaseError):
                self.do("ROLLBACK")
            raise
        self.do("COMMIT")

    def is_alive(self) -> bool:
        try:
            self.do("SELECT 1")
        except DatabaseError:
            return False
        return True

    def close(self) -> None:
        with suppress(adbc_driver_manager.Error):
            self._connection.close()


class Sessions:
    """Connections to one database: any number at a time, a few kept for the next call."""

    def __init__(self, location: str) -> None:
        self.name = without_password(location)
        self._idle: list[tuple[Session, float]] = []
        self._lock = Lock()
        with _saying():
            self._root = dbapi.connect(_with_settings(location), autocommit=True)

    def own(self) -> Session:
        """A connection that the caller closes."""
        with _saying():
            connection = self._root.adbc_clone()
            connection.adbc_connection.set_autocommit(True)
        return Session(connection)

    @contextmanager
    def one(self) -> Iterator[Session]:
        """A connection for one call."""
        session = self._rested() or self.own()
        try:
            yield session
        except BaseException:
            session.close()
            raise
        with self._lock:
            keep = len(self._idle) < IDLE_MOST
            if keep:
                self._idle.append((session, monotonic()))
        if not keep:
            session.close()

    def _rested(self) -> Session | None:
        """A connection that waited, unless the server has ended it meanwhile."""
        while True:
            with self._lock:
                if not self._idle:
                    return None
                session, since = self._idle.pop()
            if monotonic() - since < TRUSTED_SECONDS or session.is_alive():
                return session
            session.close()

    def close(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for session, _ in idle:
            session.close()
        with suppress(adbc_driver_manager.Error):
            self._root.close()


def plain(table: pa.Table) -> pa.Table:
    """Arrow's own types: whole numbers that PostgreSQL summed as `numeric` become 64 bits, json becomes a map."""
    columns = [_plain(column) for column in table.columns]
    return pa.table(columns, names=table.column_names)


def without_password(location: str) -> str:
    """For sentences: the address without user, password and settings."""
    parts = urlsplit(location)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not isinstance(column.type, pa.BaseExtensionType):
        return column
    stored = column.cast(column.type.storage_type)
    if column.type.extension_name == "arrow.json":
        maps = [None if text is None else json.loads(text, object_pairs_hook=list) for text in stored.to_pylist()]
        return pa.chunked_array([pa.array(maps, INCIDENTS.field("extra").type)])
    return stored.cast(pa.int64())


def _record(values: tuple[object, ...]) -> pa.RecordBatch:
    columns = [pa.array([value], pa.string() if value is None else None) for value in values]
    return pa.RecordBatch.from_arrays(columns, names=[f"p{number}" for number in range(len(values))])


def _with_settings(location: str) -> str:
    parts = urlsplit(location)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    query.setdefault("application_name", "incidents")
    query.setdefault("connect_timeout", str(CONNECT_SECONDS))
    ours = " ".join(f"-c {name}={value}" for name, value in _SESSION.items())
    query["options"] = f"{ours} {query.get('options', '')}".strip()
    return f"{parts.scheme}://{parts.netloc}{parts.path}?{urlencode(query, quote_via=quote)}"


@contextmanager
def _saying() -> Iterator[None]:
    try:
        yield
    except adbc_driver_manager.Error as problem:
        raise DatabaseError(f"The database could not answer ({_reason(str(problem))}).", problem.sqlstate) from problem


def _reason(text: str) -> str:
    """The server's own sentence, without the query around it."""
    said = re.findall(r"(?:ERROR|FATAL|PANIC): +(.*)", text)
    return str(said[-1] if said else text.splitlines()[0].rpartition("[libpq] ")[2]).strip()
