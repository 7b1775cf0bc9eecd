"""One version of a folder store, read through DuckDB: a root connection, and a cursor for every call.

One connection shared by threads gives wrong counts; a cursor for each call does not.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Lock

import duckdb
import pyarrow as pa

from incidents.model.dataset import Dataset
from incidents.model.errors import StoreError
from incidents.model.schema import INCIDENTS, SITES
from incidents.store.contract import CompiledQuery
from incidents.store.engines import MEMORY_READING, MEMORY_STREAMING, open_reading
from incidents.store.incoming import TABLES
from incidents.store.words_found import LAST_ROW, ROWS, WordsFound

STREAM_ROWS = 10_000


class FileReader:
    """The views `incidents` and `sites` over every data file. The files stay open until nobody holds the reader."""

    dialect = "duckdb"
    finds_words_once = True

    def __init__(self, version: int, datasets: tuple[tuple[Dataset, str], ...], folder: Path) -> None:
        self.version = version
        self.datasets = tuple(dataset for dataset, _ in datasets)
        self._aliases = {dataset.dataset_id: f"d{number}" for number, (dataset, _) in enumerate(datasets)}
        self._files = {self._aliases[each.dataset_id]: folder / file for each, file in datasets}
        self._root = self._opened(MEMORY_READING)
        self._words_found = WordsFound(self._root)
        self._opening = Lock()
        self._streaming: duckdb.DuckDBPyConnection | None = None

    def run(self, query: CompiledQuery, values: Mapping[str, object]) -> pa.Table:
        alias = self._alone(query, values)
        cursor = self._cursor(alias)
        try:
            if ROWS in query.parameters:
                words = [str(value) for name, value in values.items() if name.startswith("word_")]
                values = {**values, ROWS: self._words_found.rows(lambda: self._cursor(alias), alias or "", words)}
            return _with_plain_numbers(cursor.execute(query.sql, _needed(query, values)).to_arrow_table())
        except duckdb.Error as problem:
            raise StoreError(f"The store could not answer ({problem}).") from problem
        finally:
            cursor.close()

    def stream(
        self, query: CompiledQuery, values: Mapping[str, object], rows: int = STREAM_ROWS
    ) -> Iterator[pa.RecordBatch]:
        return self._stream(query.sql, _needed(query, values), rows)

    def _alone(self, query: CompiledQuery, values: Mapping[str, object]) -> str | None:
        """The alias of the dataset that alone is asked for, None where several are."""
        chosen = {values[name] for name in query.parameters if name.startswith("dataset_")}
        aliases = {self._aliases.get(str(each)) for each in chosen} or set(self._aliases.values())
        return aliases.pop() if len(aliases) == 1 else None

    def _cursor(self, alone: str | None) -> duckdb.DuckDBPyConnection:
        """A cursor of its own for this call. Where one dataset alone is asked for, `incidents` is its table itself:
        the union of all of them costs 1 to 3 ms more to plan, and a sorted page is not cut short in it.
        """
        cursor = self._root.cursor()
        if alone:
            cursor.execute(f"USE {alone}")
        return cursor

    def rows(self, dataset_id: str, table: str) -> Iterator[pa.RecordBatch]:
        columns = ", ".join(f'"{name}"' for name in TABLES[table].names)
        return self._stream(f"SELECT {columns} FROM {self._aliases[dataset_id]}.{table}", {}, STREAM_ROWS)

    def _stream(self, sql: str, values: dict[str, object], rows: int) -> Iterator[pa.RecordBatch]:
        cursor = self._streaming_root().cursor()
        try:
            yield from cursor.execute(sql, values).to_arrow_reader(rows)
        except duckdb.Error as problem:
            raise StoreError(f"The store could not answer ({problem}).") from problem
        finally:
            cursor.close()

    def _streaming_root(self) -> duckdb.DuckDBPyConnection:
        """Another root connection, with a small cache: exports leave neither memory nor the page's own cache changed."""
        with self._opening:
            try:
                self._streaming = self._streaming or self._opened(MEMORY_STREAMING)
            except FileNotFoundError:  # a dataset was deleted meanwhile; this reader still has its file open
                return self._root
            return self._streaming

    def _opened(self, memory: str) -> duckdb.DuckDBPyConnection:
        root = open_reading(self._files, memory)
        self._create_view(root, "incidents", INCIDENTS, [each.dataset_id for each in self.datasets])
        self._create_view(root, "sites", SITES, [each.dataset_id for each in self.datasets if each.has_sites])
        return root

    def _create_view(
        self, root: duckdb.DuckDBPyConnection, name: str, schema: pa.Schema, dataset_ids: list[str]
    ) -> None:
        # SQL text: attaching and views are this engine's own affair.
        if not dataset_ids:
            root.register("empty", schema.empty_table())
            root.execute(f"CREATE TABLE {name} AS SELECT * FROM empty")
            root.unregister("empty")
            return
        columns = ", ".join(f'"{column}"' for column in schema.names)
        parts, rows = [], 0
        for each in dataset_ids:
            table = f"{self._aliases[each]}.{name}"
            parts.append(f"SELECT {columns}, rowid + {rows} AS rowid FROM {table}")
            rows += root.execute(LAST_ROW.format(table)).fetchall()[0][0]
        root.execute(f"CREATE VIEW {name} AS {' UNION ALL '.join(parts)}")


def _needed(query: CompiledQuery, values: Mapping[str, object]) -> dict[str, object]:
    return {name: values[name] for name in query.parameters}


def _with_plain_numbers(table: pa.Table) -> pa.Table:
    """DuckDB sums whole numbers to 128 bits, which Arrow knows only as decimals."""
    for number, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type) and field.type.scale == 0:
            table = table.set_column(number, field.name, table.column(number).cast(pa.int64()))
    return table
