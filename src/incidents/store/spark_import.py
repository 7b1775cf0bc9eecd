"""One import on its way to a cluster: Parquet files in a folder, incidents partitioned by year."""

import os

import duckdb

from incidents.store.data_files import remove, sync
from incidents.store.datasets import FileWriter
from incidents.store.incoming import TABLES

DATA = ".parquet"
YEAR = "event_year"


class ParquetDatasetWriter(FileWriter):
    """Sorted and checked as for the folder store, then written as Parquet under a temporary name and renamed."""

    ending = DATA

    def _put_down(self, staging: duckdb.DuckDBPyConnection) -> None:
        # SQL text: where and in which parts DuckDB writes, Ibis cannot say.
        unfinished = self._part(f"{DATA}.part")
        staging.execute("SET threads = 1")  # the order of the rows is that of the table
        for name in TABLES:
            (unfinished / name).mkdir(parents=True)
            if name == "incidents":
                rows = f"SELECT *, coalesce(CAST(year(event_date) AS VARCHAR), 'none') AS {YEAR} FROM file.incidents"
                target, how = unfinished / name, f"FORMAT parquet, PARTITION_BY ({YEAR}), OVERWRITE_OR_IGNORE"
            else:
                rows, target, how = f"SELECT * FROM file.{name}", unfinished / name / "rows.parquet", "FORMAT parquet"
            written_to = str(target).replace("'", "''")
            staging.execute(f"COPY ({rows}) TO '{written_to}' ({how}, COMPRESSION zstd)")
        staging.execute("DETACH file")
        staging.close()
        for path in unfinished.rglob("*.parquet"):
            sync(path)
        os.replace(unfinished, self._part(DATA))

    def abandon(self) -> None:
        super().abandon()
        remove(self._part(f"{DATA}.part"))
