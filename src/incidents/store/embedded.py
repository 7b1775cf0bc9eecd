"""The embedded store: a folder with a catalogue and one data file for each dataset."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Self

import pyarrow as pa

from incidents.model.dataset import Dataset
from incidents.model.errors import NoSuchDataset, StoreError
from incidents.model.place import Candidate, PlaceQuery
from incidents.store.catalogue import Catalogue, already_imported
from incidents.store.contract import DatasetWriter, Store
from incidents.store.datasets import FileWriter, remove, sweep
from incidents.store.reading import FileReader


def open_store(location: str) -> Store:
    """The store at a folder, which is made where there is none."""
    if "://" in location:
        raise StoreError(f"{location}: this version keeps its store in a folder; give the path of one.")
    return FolderStore(Path(location))


class FolderStore:
    """Several of these, in several processes, may be open on one folder."""

    def __init__(self, folder: Path) -> None:
        self._files = folder / "datasets"
        try:
            self._files.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise StoreError(f"{folder}: the store's folder cannot be made ({problem.strerror}).") from problem
        self._catalogue = Catalogue(folder / "catalogue.sqlite")
        self._opening = RLock()
        self._reader: FileReader | None = None
        sweep(self._files, self._catalogue)

    def version(self) -> int:
        return self._catalogue.version()

    def datasets(self) -> tuple[Dataset, ...]:
        return tuple(dataset for dataset, _ in self._catalogue.state()[1])

    def find(self, name_or_id: str) -> Dataset:
        datasets = self.datasets()
        same_id = [dataset for dataset in datasets if dataset.dataset_id == name_or_id]
        same_name = [dataset for dataset in datasets if dataset.name == name_or_id]
        if same_id or same_name:
            return [*same_id, *same_name][0]
        names = ", ".join(f'"{dataset.name}"' for dataset in datasets) or "none"
        raise NoSuchDataset(f'"{name_or_id}": no dataset has that name or id; in the store: {names}.')

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

    @contextmanager
    def new_dataset(self, dataset_id: str, sha256: str | None = None) -> Iterator[DatasetWriter]:
        same = self._catalogue.same_content(dataset_id, sha256)
        if same:
            raise already_imported(same.file, same)
        with self._writing(dataset_id) as writer:
            yield writer

    @contextmanager
    def new_generation(self, dataset_id: str) -> Iterator[DatasetWriter]:
        with self._writing(self.find(dataset_id).dataset_id, replaces=dataset_id) as writer:
            yield writer

    def delete(self, name_or_id: str) -> Dataset:
        dataset = self.find(name_or_id)
        file = next((file for each, file in self._catalogue.state()[1] if each.dataset_id == dataset.dataset_id), None)
        self._catalogue.remove(dataset.dataset_id)
        with self._opening:
            self._reader = None
        if file:
            remove(self._files / file)
        return dataset

    def rename(self, name_or_id: str, name: str) -> Dataset:
        renamed = replace(self.find(name_or_id), name=name)
        self._catalogue.change(renamed)
        return renamed

    def rows(self, dataset_id: str, table: str) -> Iterator[pa.RecordBatch]:
        return self.reader().rows(self.find(dataset_id).dataset_id, table)

    def rejected(self, dataset_id: str) -> Iterator[pa.RecordBatch]:
        return self.rows(dataset_id, "rejected")

    def notes(self, dataset_id: str) -> Iterator[pa.RecordBatch]:
        return self.rows(dataset_id, "notes")

    def decisions(self) -> dict[PlaceQuery, Candidate]:
        return self._catalogue.decisions()

    def decide(self, query: PlaceQuery, chosen: Candidate) -> None:
        self._catalogue.decide(query, chosen, datetime.now(UTC))

    def undecide(self, query: PlaceQuery) -> None:
        self._catalogue.undecide(query)

    def mapping(self, header: tuple[str, ...]) -> dict[str, str] | None:
        return self._catalogue.mapping(header)

    def remember_mapping(self, header: tuple[str, ...], mapping: Mapping[str, str]) -> None:
        self._catalogue.remember_mapping(header, mapping)

    def saved_views(self) -> dict[str, str]:
        return self._catalogue.saved_views()

    def save_view(self, name: str, link: str) -> None:
        self._catalogue.save_view(name, link)

    def delete_view(self, name: str) -> None:
        self._catalogue.delete_view(name)

    def close(self) -> None:
        with self._opening:
            self._reader = None
        self._catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @contextmanager
    def _writing(self, dataset_id: str, replaces: str | None = None) -> Iterator[DatasetWriter]:
        writer = FileWriter(self._files, self._catalogue, dataset_id, replaces)
        try:
            yield writer
        finally:
            writer.abandon()
