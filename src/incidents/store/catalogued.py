"""What a store answers from its catalogue alone, whichever engine keeps the rows."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol, Self

import pyarrow as pa

from incidents.model.dataset import Dataset
from incidents.model.errors import AlreadyImported, NoSuchDataset, StoreError
from incidents.model.place import Candidate, PlaceQuery
from incidents.store.contract import DatasetWriter, GenerationWriter, Link

_NO_LINKS = "Duplicates can be decided in a store that is a folder; this one is not."


class CatalogueContract(Protocol):
    """A version counter, datasets with the name of what holds their rows, and what people decided."""

    def version(self) -> int: ...

    def state(self) -> tuple[int, tuple[tuple[Dataset, str], ...]]: ...

    def same_content(self, dataset_id: str, sha256: str | None) -> Dataset | None: ...

    def change(self, dataset: Dataset) -> None: ...

    def remove(self, dataset_id: str) -> None: ...

    def decisions(self) -> dict[PlaceQuery, Candidate]: ...

    def decide(self, query: PlaceQuery, chosen: Candidate, when: datetime) -> None: ...

    def undecide(self, query: PlaceQuery) -> None: ...

    def mapping(self, header: tuple[str, ...]) -> dict[str, str] | None: ...

    def remember_mapping(self, header: tuple[str, ...], mapping: Mapping[str, str]) -> None: ...

    def mappings(self) -> dict[tuple[str, ...], dict[str, str]]: ...

    def forget_mapping(self, header: tuple[str, ...]) -> None: ...

    def saved_views(self) -> dict[str, str]: ...

    def save_view(self, name: str, link: str) -> None: ...

    def delete_view(self, name: str) -> None: ...

    def gazetteers(self) -> dict[str, str]: ...

    def keep_gazetteer(self, name: str, places: str) -> None: ...

    def delete_gazetteer(self, name: str) -> None: ...

    def close(self) -> None: ...


class CataloguedStore:
    """An engine adds `reader`, `rows`, `delete`, `close`, `_writing` and `_changing`."""

    def __init__(self, catalogue: CatalogueContract) -> None:
        self._entries = catalogue

    def version(self) -> int:
        return self._entries.version()

    def datasets(self) -> tuple[Dataset, ...]:
        return tuple(dataset for dataset, _ in self._entries.state()[1])

    def find(self, name_or_id: str) -> Dataset:
        datasets = self.datasets()
        same_id = [dataset for dataset in datasets if dataset.dataset_id == name_or_id]
        same_name = [dataset for dataset in datasets if dataset.name == name_or_id]
        if same_id or same_name:
            return [*same_id, *same_name][0]
        names = ", ".join(f'"{dataset.name}"' for dataset in datasets) or "none"
        raise NoSuchDataset(f'"{name_or_id}": no dataset has that name or id; in the store: {names}.')

    @contextmanager
    def new_dataset(self, dataset_id: str, sha256: str | None = None) -> Iterator[DatasetWriter]:
        same = self._entries.same_content(dataset_id, sha256)
        if same:
            raise already_imported(same.file, same)
        with self._writing(dataset_id) as writer:
            yield writer

    @contextmanager
    def new_generation(self, dataset_id: str) -> Iterator[GenerationWriter]:
        dataset_id = self.find(dataset_id).dataset_id
        held_by = next(where for dataset, where in self._entries.state()[1] if dataset.dataset_id == dataset_id)
        with self._changing(dataset_id, held_by) as writer:
            yield writer

    def rename(self, name_or_id: str, name: str) -> Dataset:
        renamed = replace(self.find(name_or_id), name=name)
        self._entries.change(renamed)
        return renamed

    def rejected(self, dataset_id: str) -> Iterator[pa.RecordBatch]:
        return self.rows(dataset_id, "rejected")

    def notes(self, dataset_id: str) -> Iterator[pa.RecordBatch]:
        return self.rows(dataset_id, "notes")

    def decisions(self) -> dict[PlaceQuery, Candidate]:
        return self._entries.decisions()

    def decide(self, query: PlaceQuery, chosen: Candidate) -> None:
        self._entries.decide(query, chosen, datetime.now(UTC))

    def undecide(self, query: PlaceQuery) -> None:
        self._entries.undecide(query)

    def links(self) -> tuple[Link, ...]:
        return ()

    def link(self, one_id: str, other_id: str) -> Link:
        raise StoreError(_NO_LINKS)

    def unlink(self, link_id: int) -> None:
        raise StoreError(_NO_LINKS)

    def kept_apart(self) -> frozenset[frozenset[str]]:
        return frozenset()

    def keep_apart(self, one_id: str, other_id: str) -> None:
        raise StoreError(_NO_LINKS)

    def forget_apart(self, one_id: str, other_id: str) -> None:
        raise StoreError(_NO_LINKS)

    def mapping(self, header: tuple[str, ...]) -> dict[str, str] | None:
        return self._entries.mapping(header)

    def remember_mapping(self, header: tuple[str, ...], mapping: Mapping[str, str]) -> None:
        self._entries.remember_mapping(header, mapping)

    def mappings(self) -> dict[tuple[str, ...], dict[str, str]]:
        return self._entries.mappings()

    def forget_mapping(self, header: tuple[str, ...]) -> None:
        self._entries.forget_mapping(header)

    def saved_views(self) -> dict[str, str]:
        return self._entries.saved_views()

    def save_view(self, name: str, link: str) -> None:
        self._entries.save_view(name, link)

    def delete_view(self, name: str) -> None:
        self._entries.delete_view(name)

    def gazetteers(self) -> dict[str, str]:
        return self._entries.gazetteers()

    def keep_gazetteer(self, name: str, places: str) -> None:
        self._entries.keep_gazetteer(name, places)

    def delete_gazetteer(self, name: str) -> None:
        self._entries.delete_gazetteer(name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def rows(self, dataset_id: str, table: str) -> Iterator[pa.RecordBatch]:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def _writing(self, dataset_id: str) -> AbstractContextManager[DatasetWriter]:
        raise NotImplementedError

    def _changing(self, dataset_id: str, held_by: str) -> AbstractContextManager[GenerationWriter]:
        """`held_by` names what holds the rows now, as the catalogue has it."""
        raise NotImplementedError


def already_imported(file: str, same: Dataset) -> AlreadyImported:
    when = f", imported {same.imported_at:%d %B %Y}" if same.imported_at else ""
    return AlreadyImported(f'{file}: this content is already in the store as dataset "{same.name}"{when}.')
