"""One version of the Parquet store, asked through Spark: seconds for an answer, for batches and not for clicks."""

import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from incidents.model.dataset import Dataset
from incidents.model.schema import INCIDENTS
from incidents.store.contract import CompiledQuery
from incidents.store.data_files import remove
from incidents.store.incoming import TABLES
from incidents.store.spark_session import faults_told

STREAM_ROWS = 20_000
_TYPES = {
    pa.string(): "string",
    pa.date32(): "date",
    pa.float64(): "double",
    pa.int16(): "smallint",
    pa.int32(): "int",
    pa.int64(): "bigint",
    pa.bool_(): "boolean",
    INCIDENTS.field("extra").type: "map<string, string>",
}


class SparkReader:
    """The views `incidents` and `sites` in a session of its own."""

    dialect = "pyspark"
    finds_words_once = False

    def __init__(self, version: int, datasets: tuple[tuple[Dataset, str], ...], folder: Path, spark: Any) -> None:
        self.version = version
        self.datasets = tuple(dataset for dataset, _ in datasets)
        self._folders = {dataset.dataset_id: folder / "datasets" / name for dataset, name in datasets}
        self._exports = folder / "exports"
        with faults_told("The cluster could not open the store"):
            self._spark = spark.newSession()
            self._create_view("incidents", [each.dataset_id for each in self.datasets])
            self._create_view("sites", [each.dataset_id for each in self.datasets if each.has_sites])

    def run(self, query: CompiledQuery, values: Mapping[str, object]) -> pa.Table:
        with faults_told("The cluster could not answer"):
            return _with_plain_types(self._ask(query, values).toArrow())

    def stream(
        self, query: CompiledQuery, values: Mapping[str, object], rows: int = STREAM_ROWS
    ) -> Iterator[pa.RecordBatch]:
        """The workers write the answer beside the store; it is read from there, in order, and taken away."""
        written = self._exports / secrets.token_hex(8)
        try:
            with faults_told("The cluster could not finish, so nothing of the answer is used"):
                self._in_stored_order(self._ask(query, values)).write.parquet(str(written))
            for part in sorted(written.glob("part-*.parquet")):
                for batch in pq.ParquetFile(part).iter_batches(rows):
                    yield _with_plain_types(pa.Table.from_batches([batch])).to_batches()[0]
        finally:
            remove(written)

    def rows(self, dataset_id: str, table: str) -> Iterator[pa.RecordBatch]:
        """Read here: no cluster is needed to look at one table from front to back."""
        schema = TABLES[table]
        for part in sorted((self._folders[dataset_id] / table).rglob("*.parquet")):
            for batch in pq.ParquetFile(part).iter_batches(STREAM_ROWS, columns=schema.names):
                yield from pa.Table.from_batches([batch]).select(schema.names).cast(schema).to_batches()

    def _ask(self, query: CompiledQuery, values: Mapping[str, object]) -> Any:
        return self._spark.sql(query.sql, args={name: values[name] for name in query.parameters})

    def _in_stored_order(self, answer: Any) -> Any:
        """Newest dataset first, each by date, as the other engines have it."""
        from pyspark.sql import functions as f

        if not {"dataset_id", "event_date", "source_row"} <= set(answer.columns) or not self.datasets:
            return answer
        ids = f.array(*(f.lit(each.dataset_id) for each in self.datasets))
        return answer.orderBy(
            f.array_position(ids, f.col("dataset_id")),
            f.col("event_date").asc_nulls_last(),
            f.col("source_row").asc_nulls_last(),
        )

    def _create_view(self, name: str, dataset_ids: list[str]) -> None:
        schema = ", ".join(f"`{field.name}` {_TYPES[field.type]}" for field in TABLES[name])
        read = self._spark.read.schema(schema).option("recursiveFileLookup", "true")
        paths = [str(self._folders[each] / name) for each in dataset_ids]
        table = read.parquet(*paths) if paths else self._spark.createDataFrame([], schema)
        table.createOrReplaceTempView(name)


def _with_plain_types(table: pa.Table) -> pa.Table:
    """Whole numbers that Spark summed as decimals become 64 bits; what marks a column as never null is left out."""
    for number, field in enumerate(table.schema):
        column = table.column(number)
        if pa.types.is_decimal(field.type) and field.type.scale == 0:
            column = column.cast(pa.int64())
        elif pa.types.is_map(field.type):
            column = column.cast(INCIDENTS.field("extra").type)
        table = table.set_column(number, pa.field(field.name, column.type), column)
    return table
