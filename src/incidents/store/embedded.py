"""The embedded store: a folder with a catalogue and one data file for each dataset."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

import pyarrow as pa

from incidents.model.dataset import Dataset
from incidents.model.errors import StoreError
from incidents.store.catalogue_links import LinkingCatalogue
from incidents.store.changing import ChangedFile
from incidents.store.contract import DatasetWriter, GenerationWriter
from incidents.store.data_files import DataFile, remove, sweep
from incidents.store.datasets import FileWriter
from incidents.store.linking import FolderLinks
from incidents.store.reading import FileReader


class FolderStore(FolderLinks):
    """Several of these, in several processes, may be open on one folder."""

    def __init__(self, folder: Path) -> None:
        files = folder / "datasets"
        try:
            files.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise StoreError(f"{folder}: the store's folder cannot be made ({problem.strerror}).") from problem
        super().__init__(files, LinkingCatalogue(folder / "catalogue.sqlite"))
        self._opening = RLock()
        self._reader: FileReader | None = None
        sweep(self._files, self._catalogue)
        self._dissolve()

    def reader(self) -> FileReader:
        with self._opening:
            while self._reader is None or self._reader.version != self._catalogue.version():
                version, datasets = self._catalogue.state()
                try:
                    self._reader = FileReader(version, datasets, self._files)
                except FileNotFoundError as gone:
                    if self._catalogue.version() == version:
                        raise StoreError(f"{gone}: this data file is missing from the store.") from gone
            return self._reader

    def delete(self, name_or_id: str) -> Dataset:
        dataset = self.find(name_or_id)
        file = next((file for each, file in self._catalogue.state()[1] if each.dataset_id == dataset.dataset_id), None)
        self._catalogue.remove(dataset.dataset_id)
        with self._opening:
            self._reader = None
        if file:
            remove(self._files / file)
        self._dissolve()
        return dataset

    def rows(self, dataset_id: str, table: str) -> Iterator[pa.RecordBatch]:
        return self.reader().rows(self.find(dataset_id).dataset_id, table)

    def close(self) -> None:
        with self._opening:
            self._reader = None
        self._catalogue.close()

    @contextmanager
    def _writing(self, dataset_id: str) -> Iterator[DatasetWriter]:
        writer = FileWriter(self._files, self._catalogue, dataset_id)
        with self._closing(writer):
            yield writer

    @contextmanager
    def _changing(self, dataset_id: str, held_by: str) -> Iterator[GenerationWriter]:
        writer = ChangedFile(self._files, self._catalogue, dataset_id, held_by)
        with self._closing(writer):
            yield writer

    @contextmanager
    def _closing(self, writer: DataFile) -> Iterator[None]:
        try:
            yield
        finally:
            writer.abandon()
            self._dissolve()
