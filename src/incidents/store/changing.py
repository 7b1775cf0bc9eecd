"""A new generation of a data file in which cells change: a copy of the file, changed in its place."""

import shutil
from pathlib import Path

import duckdb
import pyarrow as pa

from incidents.model.dataset import Dataset
from incidents.model.errors import StoreError
from incidents.store.catalogue import Catalogue
from incidents.store.data_files import SPILL, WRITING, DataFile
from incidents.store.engines import open_changing
from incidents.store.incoming import CHANGING, KEYS, changes


class ChangedFile(DataFile):
    """The engine writes anew only the blocks of the columns that change; the rows stay in their order."""

    def __init__(self, folder: Path, catalogue: Catalogue, dataset_id: str, earlier: str) -> None:
        super().__init__(folder, catalogue, dataset_id, replaces=dataset_id)
        try:
            shutil.copyfile(folder / earlier, self._part(WRITING))
            self._copy = open_changing(self._part(WRITING), self._part(SPILL))
        except OSError as problem:
            self.abandon()
            raise StoreError(f"The rows of a dataset could not be copied ({problem}).") from problem
        except BaseException:
            self.abandon()
            raise

    def change(self, table: str, rows: pa.Table) -> None:
        # SQL text: Ibis has no word for UPDATE.
        cells = ", ".join(f"{name} = coming.{name}" for name in CHANGING)
        is_same = " AND ".join(f"{table}.{name} = coming.{name}" for name in KEYS[table])
        self._copy.register("coming", changes(table, rows))
        try:
            self._copy.execute(f"UPDATE file.{table} SET {cells} FROM coming WHERE {is_same}")
        except duckdb.Error as problem:
            raise StoreError(f"The rows of a dataset could not be changed ({problem}).") from problem
        finally:
            self._copy.unregister("coming")

    def _write(self, dataset: Dataset) -> Dataset:
        stored = self._checked(self._copy, dataset)
        self._put_down(self._copy)
        return stored

    def _close(self) -> None:
        if hasattr(self, "_copy"):
            self._copy.close()
