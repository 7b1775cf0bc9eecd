"""The store of a data centre: a catalogue and Parquet files in a folder that every worker sees, read by a cluster."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyarrow as pa

from incidents.model.dataset import Dataset
from incidents.model.errors import StoreError
from incidents.store.catalogue import Catalogue
from incidents.store.catalogued import CataloguedStore
from incidents.store.contract import DatasetWriter, GenerationWriter
from incidents.store.data_files import remove, sweep
from incidents.store.spark_import import ParquetDatasetWriter
from incidents.store.spark_reading import SparkReader
from incidents.store.spark_session import start
from incidents.store.written_again import WrittenAgain


class SparkStore(CataloguedStore):
    """`spark://HOST:PORT?store=/folder`. Importing and looking at the catalogue start no cluster; questions do."""

    def __init__(self, location: str) -> None:
        folder = parse_qs(urlsplit(location).query).get("store", [""])[0]
        if not folder:
            raise StoreError(
                f"{location}: the folder of the data is missing; say spark://HOST:PORT?store=FOLDER, with a folder that"
                " every worker sees."
            )
        self._location = location
        self._folder = Path(folder).absolute()
        self._files = self._folder / "datasets"
        try:
            self._files.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise StoreError(f"{folder}: the store's folder cannot be made ({problem.strerror}).") from problem
        self._catalogue = Catalogue(self._folder / "catalogue.sqlite")
        super().__init__(self._catalogue)
        self._opening = RLock()
        self._spark: Any = None
        self._reader: SparkReader | None = None
        sweep(self._files, self._catalogue)

    def reader(self) -> SparkReader:
        with self._opening:
            if self._reader is None or self._reader.version != self._catalogue.version():
                self._spark = self._spark or start(self._location)
                self._reader = SparkReader(*self._catalogue.state(), self._folder, self._spark)
            return self._reader

    def delete(self, name_or_id: str) -> Dataset:
        dataset = self.find(name_or_id)
        file = next((file for each, file in self._catalogue.state()[1] if each.dataset_id == dataset.dataset_id), None)
        self._catalogue.remove(dataset.dataset_id)
        if file:
            remove(self._files / file)
        return dataset

    def rows(self, dataset_id: str, table: str) -> Iterator[pa.RecordBatch]:
        return self.reader().rows(self.find(dataset_id).dataset_id, table)

    def close(self) -> None:
        """The cluster's session stays, for the next store of this process."""
        with self._opening:
            self._reader = None
        self._catalogue.close()

    @contextmanager
    def _writing(self, dataset_id: str, replaces: str | None = None) -> Iterator[DatasetWriter]:
        writer = ParquetDatasetWriter(self._files, self._catalogue, dataset_id, replaces)
        try:
            yield writer
        finally:
            writer.abandon()

    @contextmanager
    def _changing(self, dataset_id: str, held_by: str) -> Iterator[GenerationWriter]:
        with self._writing(dataset_id, dataset_id) as writer:
            yield WrittenAgain(writer, lambda table: self.rows(dataset_id, table))
