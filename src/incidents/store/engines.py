"""Databases: the only module that opens them."""

import os
import sqlite3
from pathlib import Path

import duckdb

from incidents.model.errors import StoreError

MEMORY_READING = "2GB"  # a click's twelve queries over 3.4 million rows stay far below
MEMORY_STREAMING = "64MB"  # an export reads each block once: more would only fill with what is not needed again
MEMORY_WRITING = "512MB"  # beyond it an import waits on disk; what packs the columns of one part comes on top
MOST_THREADS = 4  # one laptop; more threads make a 5 ms query slower, not faster
BUSY_SECONDS = 30.0
_WITHOUT = "cte_filter_pusher"
"""An optimizer that makes a common table test each row for what its users ask of its few groups: a third of the time of
the counts of names."""

ROW_GROUP = 40_960
"""Rows that one thread reads at a time: DuckDB's 122,880 leave a second core idle at 345,000 rows, and skip less of a
file sorted by date."""

_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}
"""DuckDB downloads missing extensions unless told not to."""


def _threads() -> int:
    return max(1, min(MOST_THREADS, os.cpu_count() or 1))


def open_catalogue(path: Path) -> sqlite3.Connection:
    """SQLite in WAL mode: readers never wait for the one writer, and a killed writer leaves no trace."""
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error as problem:
        raise StoreError(f"{path}: the catalogue of the store cannot be opened ({problem}).") from problem
    return connection


def open_reading(files: dict[str, Path], memory: str = MEMORY_READING) -> duckdb.DuckDBPyConnection:
    """One root connection with each file attached READ_ONLY under its alias; then no other file can be opened.

    Raises FileNotFoundError where a file is gone: its dataset was deleted meanwhile.
    """
    root = duckdb.connect(
        ":memory:",
        config={**_OFFLINE, "memory_limit": memory, "temp_directory": "", "threads": _threads()},
    )
    try:
        for alias, path in files.items():
            if not path.exists():
                raise FileNotFoundError(path)
            attach_reading(root, path, alias)
        root.execute(f"SET disabled_optimizers = '{_WITHOUT}'")
        root.execute("SET enable_external_access = false")
        root.execute("SET lock_configuration = true")
    except FileNotFoundError:
        root.close()
        raise
    except duckdb.Error as problem:
        root.close()
        gone = [path for path in files.values() if not path.exists()]
        if gone:
            raise FileNotFoundError(gone[0]) from problem
        raise StoreError(f"The data files of the store cannot be read ({problem}).") from problem
    return root


def attach_reading(connection: duckdb.DuckDBPyConnection, path: Path, alias: str) -> None:
    connection.execute(f"ATTACH {_quoted(path)} AS {alias} (READ_ONLY)")


def open_writing(path: Path, spill: Path) -> duckdb.DuckDBPyConnection:
    """An in-memory staging area with a new data file attached as `file`; what exceeds the memory goes to `spill`."""
    try:
        staging = duckdb.connect(":memory:", config=_writing_to(spill))
        staging.execute(f"ATTACH {_quoted(path)} AS file (ROW_GROUP_SIZE {ROW_GROUP})")
    except duckdb.Error as problem:
        raise StoreError(f"{path}: the data file cannot be written ({problem}).") from problem
    return staging


def open_changing(path: Path, spill: Path) -> duckdb.DuckDBPyConnection:
    """A data file attached as `file`, to change cells of it."""
    try:
        connection = duckdb.connect(":memory:", config=_writing_to(spill))
        # With the size of the import, else DuckDB makes larger groups and writes every row anew.
        connection.execute(f"ATTACH {_quoted(path)} AS file (ROW_GROUP_SIZE {ROW_GROUP})")
    except duckdb.Error as problem:
        raise StoreError(f"{path}: the data file cannot be changed ({problem}).") from problem
    return connection


def _writing_to(spill: Path) -> dict[str, str | bool | int | float | list[str]]:
    return {**_OFFLINE, "memory_limit": MEMORY_WRITING, "temp_directory": str(spill), "threads": _threads()}


def _quoted(path: Path) -> str:
    text = str(path).replace("'", "''")
    return f"'{text}'"
