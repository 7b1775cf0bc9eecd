"""An import into a data file: its rows staged, and sorted by date when they are all there."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from incidents.model.dataset import Dataset
from incidents.model.errors import StoreError
from incidents.model.schema import INCIDENTS
from incidents.store.catalogue import Catalogue
from incidents.store.data_files import SPILL, STAGED, WRITING, DataFile
from incidents.store.engines import ROW_GROUP, attach_reading, open_writing
from incidents.store.incoming import TABLES, prepared
from incidents.store.rewriting import rewrite
from incidents.store.staged import StagedIncidents

PART_ROWS = 3 * ROW_GROUP
"""Of wide rows some 100 MB; in whole row groups, so that nothing is packed twice."""

_STORED = {
    "sites": "SELECT * FROM staged_sites ORDER BY incident_id, site_no",
    "rejected": "SELECT * FROM staged_rejected",
    "notes": "SELECT * FROM staged_notes",
}
_SMALL = tuple(name for name in TABLES if name != "incidents")  # staged in memory, asked more than once


class FileWriter(DataFile):
    """One import: staged, then sorted into the file."""

    def __init__(self, folder: Path, catalogue: Catalogue, dataset_id: str, replaces: str | None = None) -> None:
        super().__init__(folder, catalogue, dataset_id, replaces)
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

    def _close(self) -> None:
        if hasattr(self, "_staging"):
            self._staging.close()
        if hasattr(self, "_incidents"):
            self._incidents.close()

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
        # SQL text: Ibis has no word for where DuckDB writes.
        if self._leaving is None:
            self._write_incidents("file.incidents")
            for name, select in _STORED.items():
                self._staging.execute(f"CREATE TABLE file.{name} AS {select}")
        else:
            self._write_incidents("coming")
            rewrite(self._staging, self._leaving, "SELECT * FROM coming")
        for name in _SMALL:
            self._staging.execute(f"DROP TABLE staged_{name}")
        stored = self._checked(self._staging, dataset)
        self._put_down(self._staging)
        return stored

    def _write_incidents(self, name: str) -> None:
        """Part by part: one statement over all would hold what it packs in memory until its end."""
        further = self._staging.execute(
            "SELECT incident_id, count(*)::SMALLINT AS number FROM staged_sites GROUP BY incident_id"
        ).to_arrow_table()
        self._staging.register("part", INCIDENTS.empty_table())
        self._staging.execute(f"CREATE TABLE {name} AS SELECT * FROM part")
        for part in self._incidents.parts(PART_ROWS):
            rows = _with_sites(part, further)
            self._staging.register("part", pa.Table.from_batches(rows.to_batches(max_chunksize=ROW_GROUP)))
            self._staging.execute(f"INSERT INTO {name} SELECT * FROM part")
        self._staging.unregister("part")


def _with_sites(rows: pa.Table, further: pa.Table) -> pa.Table:
    """n_sites is counted here, so that it cannot disagree with the sites. `further`: incident_id, number."""
    place = pc.index_in(rows["incident_id"], value_set=further["incident_id"])
    sites = pc.add(pc.fill_null(further["number"].take(place), 0), pa.scalar(1, pa.int16()))
    return rows.set_column(rows.column_names.index("n_sites"), INCIDENTS.field("n_sites"), sites.cast(pa.int16()))
