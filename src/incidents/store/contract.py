"""What every store offers, whatever engine is behind it."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, Self

import pyarrow as pa

from incidents.model.dataset import Dataset
from incidents.model.place import Candidate, PlaceQuery


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """SQL of one filter shape. `parameters` are the names whose values each run binds."""

    sql: str
    parameters: frozenset[str]


@dataclass(frozen=True, slots=True)
class Link:
    """Two incidents that a person found to be one: `kept_id` stands for both, `other_id` is in no view, count or export."""

    link_id: int
    kept_id: str
    other_id: str
    kept_dataset: str
    other_dataset: str
    linked_at: datetime


class Reader(Protocol):
    """One version of the data, which does not change under its user; any thread may use it."""

    @property
    def version(self) -> int: ...

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        """Newest first."""

    @property
    def dialect(self) -> str:
        """The SQL dialect that `run` expects, as Ibis names it."""

    @property
    def finds_words_once(self) -> bool:
        """Whether `run` knows the value store.words_found.ROWS."""

    def run(self, query: CompiledQuery, values: Mapping[str, object]) -> pa.Table: ...

    def stream(self, query: CompiledQuery, values: Mapping[str, object], rows: int = ...) -> Iterator[pa.RecordBatch]:
        """Batches in stored order, for results that may be as long as the data."""


class DatasetWriter(Protocol):
    """Collects one import; nothing is visible before `commit`."""

    def add(
        self,
        incidents: pa.Table | None = None,
        sites: pa.Table | None = None,
        rejected: pa.Table | None = None,
        notes: pa.Table | None = None,
    ) -> None: ...

    def commit(self, dataset: Dataset) -> Dataset:
        """Makes the import visible, all of it at once, and says how it was stored.

        The dataset that `dataset.updates` names leaves the store at the same moment.
        """


class GenerationWriter(Protocol):
    """The next generation of a dataset: its rows as they are, in their order, but for cells that change."""

    def change(self, table: str, rows: pa.Table) -> None:
        """Of incidents or sites, once each: `rows` has their incident_id (and site_no) and the columns schema.ANSWERED."""

    def commit(self, dataset: Dataset) -> Dataset:
        """Makes all of it visible at once."""


class Store(Protocol):
    def version(self) -> int:
        """Grows with every change; cheap enough to ask on every step of the page."""

    def datasets(self) -> tuple[Dataset, ...]:
        """Newest first."""

    def find(self, name_or_id: str) -> Dataset:
        """Raises NoSuchDataset. Of several with one name, the newest."""

    def reader(self) -> Reader: ...

    def new_dataset(self, dataset_id: str, sha256: str | None = None) -> AbstractContextManager[DatasetWriter]:
        """A writer for one import. Raises AlreadyImported where that id or content is in the store."""

    def new_generation(self, dataset_id: str) -> AbstractContextManager[GenerationWriter]:
        """A writer whose commit changes cells of a dataset that is in the store."""

    def delete(self, name_or_id: str) -> Dataset: ...

    def rename(self, name_or_id: str, name: str) -> Dataset: ...

    def rows(self, dataset_id: str, table: str) -> Iterator[pa.RecordBatch]:
        """Every row of one table of a dataset: incidents, sites, rejected or notes."""

    def rejected(self, dataset_id: str) -> Iterator[pa.RecordBatch]: ...

    def notes(self, dataset_id: str) -> Iterator[pa.RecordBatch]: ...

    def decisions(self) -> dict[PlaceQuery, Candidate]: ...

    def decide(self, query: PlaceQuery, chosen: Candidate) -> None: ...

    def undecide(self, query: PlaceQuery) -> None: ...

    def links(self) -> tuple[Link, ...]:
        """The latest first."""

    def link(self, one_id: str, other_id: str) -> Link:
        """Makes two incidents one, on the row of the newer import, or the earlier row within one file.

        Low and high span both, sources and texts are joined; store.linked_row has the rule for best. Raises StoreError
        where one of them is gone. Deleting or updating a dataset undoes its links.
        """

    def unlink(self, link_id: int) -> None:
        """Puts both rows back as they were. Raises StoreError where one of them was linked again later."""

    def kept_apart(self) -> frozenset[frozenset[str]]:
        """Pairs of incident ids that a person found to be two incidents."""

    def keep_apart(self, one_id: str, other_id: str) -> None: ...

    def forget_apart(self, one_id: str, other_id: str) -> None: ...

    def mapping(self, header: tuple[str, ...]) -> dict[str, str] | None:
        """The columns that a person mapped for a file with this header."""

    def remember_mapping(self, header: tuple[str, ...], mapping: Mapping[str, str]) -> None: ...

    def mappings(self) -> dict[tuple[str, ...], dict[str, str]]:
        """Header -> column -> field, of every header that a person mapped."""

    def forget_mapping(self, header: tuple[str, ...]) -> None: ...

    def saved_views(self) -> dict[str, str]:
        """Name -> link, by name."""

    def save_view(self, name: str, link: str) -> None: ...

    def delete_view(self, name: str) -> None: ...

    def gazetteers(self) -> dict[str, str]:
        """The user's own gazetteers, by name: their places as one text, which places.own_gazetteer writes and reads."""

    def keep_gazetteer(self, name: str, places: str) -> None: ...

    def delete_gazetteer(self, name: str) -> None: ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exception: object) -> None: ...
