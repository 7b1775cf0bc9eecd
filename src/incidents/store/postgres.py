"""The store of a team: catalogue and rows in one PostgreSQL database."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

import pyarrow as pa

from incidents.model.dataset import Dataset
from incidents.store.catalogued import CataloguedStore
from incidents.store.contract import DatasetWriter, GenerationWriter
from incidents.store.postgres_catalogue import PostgresCatalogue
from incidents.store.postgres_changing import PostgresChange
from incidents.store.postgres_import import PostgresWriter
from incidents.store.postgres_reading import PostgresReader, mark_version, sweep, unmark_version
from incidents.store.postgres_schema import migrate
from incidents.store.postgres_sessions import Session, Sessions


class PostgresStore(CataloguedStore):
    """Any number of these, on any number of machines, may be open on one database."""

    def __init__(self, location: str) -> None:
        self._sessions = Sessions(location)
        try:
            with self._sessions.one() as session:
                migrate(session, self._sessions.name)
            self._catalogue = PostgresCatalogue(self._sessions)
            super().__init__(self._catalogue)
            self._opening = RLock()
            self._reader: PostgresReader | None = None
            sweep(self._sessions)
        except BaseException:
            self._sessions.close()
            raise

    def reader(self) -> PostgresReader:
        with self._opening:
            if self._reader is None or self._reader.version != self._catalogue.version():
                self._reader = None
                self._reader = self._newest()
            return self._reader

    def delete(self, name_or_id: str) -> Dataset:
        dataset = self.find(name_or_id)
        self._catalogue.remove(dataset.dataset_id)
        self._let_go()
        return dataset

    def rows(self, dataset_id: str, table: str) -> Iterator[pa.RecordBatch]:
        reader = self.reader()
        yield from reader.rows(self.find(dataset_id).dataset_id, table)

    def close(self) -> None:
        with self._opening:
            self._reader = None
        self._sessions.close()

    @contextmanager
    def _writing(self, dataset_id: str) -> Iterator[DatasetWriter]:
        with self._own_session() as session:
            yield PostgresWriter(session, self._catalogue, dataset_id)

    @contextmanager
    def _changing(self, dataset_id: str, held_by: str) -> Iterator[GenerationWriter]:
        with self._own_session() as session:
            yield PostgresChange(session, self._catalogue, dataset_id, int(held_by))

    @contextmanager
    def _own_session(self) -> Iterator[Session]:
        session = self._sessions.own()
        try:
            yield session
        finally:
            session.close()
        self._let_go()

    def _newest(self) -> PostgresReader:
        """The version is marked and then looked at again: what was dropped between the two is not read."""
        mark = self._sessions.own()
        try:
            while True:
                version, datasets = self._catalogue.state()
                mark_version(mark, version)
                if self._catalogue.version() == version:
                    return PostgresReader(version, datasets, self._sessions, mark)
                unmark_version(mark, version)
        except BaseException:
            mark.close()
            raise

    def _let_go(self) -> None:
        """Of a version that is past, so that its tables can be dropped."""
        with self._opening:
            if self._reader is not None and self._reader.version != self._catalogue.version():
                self._reader = None
        sweep(self._sessions)
