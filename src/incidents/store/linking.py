"""Linking: two rows become one in new generations of their datasets; undone, each is what it was."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from incidents.model.dataset import Dataset
from incidents.model.errors import StoreError
from incidents.model.schema import INCIDENTS, SITES
from incidents.store.catalogue_links import Exchanged, LinkingCatalogue
from incidents.store.catalogued import CataloguedStore
from incidents.store.contract import CompiledQuery, Link, Reader
from incidents.store.data_files import remove
from incidents.store.datasets import FileWriter
from incidents.store.linked_row import Row, further_sites, linked_row, order_of

_SCHEMAS = {"incidents": INCIDENTS, "sites": SITES}
_ROWS_OF = {
    table: CompiledQuery(f"SELECT * FROM {table} WHERE incident_id = $incident_id", frozenset(("incident_id",)))
    for table in _SCHEMAS
}


@dataclass(frozen=True, slots=True)
class _Exchange:
    """Of one dataset: incidents that leave with their sites, and rows that come."""

    leaving: tuple[str, ...]
    incidents: pa.Table
    sites: pa.Table


_NOTHING = _Exchange((), INCIDENTS.empty_table(), SITES.empty_table())


@dataclass(frozen=True, slots=True)
class _Stored:
    """One incident as the store has it."""

    incident_id: str
    dataset_id: str
    row: Row
    incidents: pa.Table
    sites: pa.Table


class FolderLinks(CataloguedStore):
    """The links of a folder store. All of a change is seen at once, when its row of the catalogue is written, last."""

    def __init__(self, files: Path, catalogue: LinkingCatalogue) -> None:
        super().__init__(catalogue)
        self._files = files
        self._catalogue = catalogue

    def reader(self) -> Reader:
        raise NotImplementedError

    def links(self) -> tuple[Link, ...]:
        return self._catalogue.links()

    def link(self, one_id: str, other_id: str) -> Link:
        if one_id == other_id:
            raise StoreError(f"{one_id}: an incident cannot be linked with itself.")
        files = self._data_files()
        kept, other = self._in_order(one_id, other_id)
        became = linked_row(kept.row, other.row, self.find(other.dataset_id))
        sites = further_sites(kept.row, kept.sites.to_pylist(), other.sites.to_pylist())
        came = _Exchange((kept.incident_id,), _table("incidents", [became]), _table("sites", sites))
        leaving = {kept.dataset_id: (kept.incident_id,)}
        leaving[other.dataset_id] = (*leaving.get(other.dataset_id, ()), other.incident_id)
        exchanges = {
            dataset_id: replace(came if dataset_id == kept.dataset_id else _NOTHING, leaving=ids)
            for dataset_id, ids in leaving.items()
        }
        made = Link(0, kept.incident_id, other.incident_id, kept.dataset_id, other.dataset_id, datetime.now(UTC))
        incidents = _stream(pa.concat_tables([kept.incidents, other.incidents]))
        further = _stream(pa.concat_tables([kept.sites, other.sites]))
        return self._exchange(files, exchanges, lambda done: self._catalogue.add_link(made, incidents, further, done))

    def unlink(self, link_id: int) -> None:
        link = next((each for each in self.links() if each.link_id == link_id), None)
        if link is None:
            raise StoreError("This link has been undone already.")
        if self._later(link):
            raise StoreError("One of these incidents was linked again later; undo that link first.")
        files = self._data_files()
        incidents, sites = (_read(stream) for stream in self._catalogue.originals(link_id))
        exchanges = {
            dataset_id: _Exchange((link.kept_id, link.other_id), _of(incidents, dataset_id), _of(sites, dataset_id))
            for dataset_id in {link.kept_dataset, link.other_dataset} & files.keys()
        }
        self._exchange(files, exchanges, lambda done: self._catalogue.remove_link(link, done))

    def kept_apart(self) -> frozenset[frozenset[str]]:
        return self._catalogue.kept_apart()

    def keep_apart(self, one_id: str, other_id: str) -> None:
        self._catalogue.keep_apart(one_id, other_id)

    def forget_apart(self, one_id: str, other_id: str) -> None:
        self._catalogue.forget_apart(one_id, other_id)

    def _dissolve(self) -> None:
        """Undoes links of datasets that left the store, so that the other dataset has its own row again."""
        while True:
            here = {dataset.dataset_id for dataset in self.datasets()}
            lost = next((each for each in self.links() if not {each.kept_dataset, each.other_dataset} <= here), None)
            if lost is None:
                return
            while later := self._later(lost):
                lost = later
            self.unlink(lost.link_id)

    def _later(self, link: Link) -> Link | None:
        ids = {link.kept_id, link.other_id}
        return next(
            (each for each in self.links() if each.link_id > link.link_id and ids & {each.kept_id, each.other_id}), None
        )

    def _data_files(self) -> dict[str, tuple[Dataset, str]]:
        return {dataset.dataset_id: (dataset, file) for dataset, file in self._catalogue.state()[1]}

    def _in_order(self, one_id: str, other_id: str) -> list["_Stored"]:
        """The incident that stays first: the newer import's, or the one that its file has first."""
        reader = self.reader()
        newest_first = [each.dataset_id for each in reader.datasets]
        found = [_stored(reader, each) for each in (one_id, other_id)]
        return sorted(found, key=lambda each: order_of(each.row, newest_first))

    def _exchange(
        self,
        files: Mapping[str, tuple[Dataset, str]],
        exchanges: Mapping[str, _Exchange],
        record: Callable[[list[Exchanged]], Link],
    ) -> Link:
        """Writes the new generations, then the catalogue; whatever fails before leaves all as it was."""
        stored: list[Exchanged] = []
        with ExitStack() as at_the_end:
            for dataset_id, exchange in exchanges.items():
                dataset, file = files[dataset_id]
                writer = FileWriter(self._files, self._catalogue, dataset_id)
                at_the_end.callback(writer.abandon)
                writer.follow(self._files / file, exchange.leaving)
                writer.add(exchange.incidents, exchange.sites)
                stored.append(Exchanged(writer.written(dataset), file, writer.file))
            made = record(stored)
        for each in stored:
            remove(self._files / each.old_file)
        return made


def _stored(reader: Reader, incident_id: str) -> _Stored:
    tables = {
        name: reader.run(query, {"incident_id": incident_id}).select(_SCHEMAS[name].names).cast(_SCHEMAS[name])
        for name, query in _ROWS_OF.items()
    }
    if len(tables["incidents"]) != 1:
        raise StoreError(f"{incident_id}: this incident is no longer in the store; it was linked or deleted meanwhile.")
    row: Row = tables["incidents"].to_pylist()[0]
    return _Stored(incident_id, row["dataset_id"], row, tables["incidents"], tables["sites"])


def _of(table: pa.Table, dataset_id: str) -> pa.Table:
    return table.filter(pc.equal(table["dataset_id"], dataset_id))


def _table(name: str, rows: list[Row]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=_SCHEMAS[name])


def _stream(table: pa.Table) -> bytes:
    target = pa.BufferOutputStream()
    with pa.ipc.new_stream(target, table.schema) as writer:
        writer.write_table(table)
    return bytes(target.getvalue())


def _read(stream: bytes) -> pa.Table:
    return pa.ipc.open_stream(stream).read_all()
