"""Places of a batch: given coordinates as they are, names through the resolver, further towns as sites."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from incidents.ingest.own_places import decided, own_data, own_gazetteers
from incidents.ingest.precision import RADIUS_KM, no_better_than, worse
from incidents.model.place import PlaceAnswer, PlaceQuery
from incidents.model.schema import ANSWERED, NOTES, SITES
from incidents.model.settings import Settings
from incidents.normalise.rows import Batch
from incidents.places.gazetteer import Gazetteer, Progress, open_index
from incidents.places.given import check
from incidents.places.own_candidates import WithOwnPlaces
from incidents.places.resolver import Resolver
from incidents.store import Store

AROUND = ("admin2", "admin1", "country", "geo_precision")
Around = tuple[str | None, str | None, str | None, str | None]
Key = tuple[str | None, str | None, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Placed:
    """A batch whose incidents and sites have their places; `ambiguous` counts incidents whose first name was so."""

    incidents: pa.Table
    sites: pa.Table
    notes: pa.Table
    ambiguous: int


@lru_cache(maxsize=4)
def _gazetteer(index_folder: Path) -> Gazetteer:
    return open_index(index_folder)


def resolver_for(
    chosen: Settings, progress: Progress | None = None, *, store: Store | None = None, with_own_data: bool = True
) -> Resolver:
    """A resolver over the offline index, which is built on first use (about 15 seconds, with `progress`).

    With what people decided and added in `store`; its datasets' own coordinates only `with_own_data`, and where the settings allow.
    """
    open_index(chosen.index_folder, progress)
    gazetteer = _gazetteer(chosen.index_folder)
    if store is None:
        return Resolver(gazetteer)
    if own := own_gazetteers(store):
        gazetteer = WithOwnPlaces(gazetteer, own)
    return Resolver(gazetteer, decided(store), own_data(store) if with_own_data and chosen.own_data else None)


class _Answers:
    """Each distinct question asked once over a whole import."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._known: dict[Key, PlaceAnswer] = {}

    def __call__(self, keys: Iterable[Key]) -> list[PlaceAnswer]:
        asked = list(keys)
        new = [key for key in dict.fromkeys(asked) if key not in self._known]
        answers = self._resolver.resolve_many([PlaceQuery(*key[:4]) for key in new])
        for key, answer in zip(new, answers, strict=True):
            self._known[key] = no_better_than(answer, key[4])
        return [self._known[key] for key in asked]


class Placer:
    """Places batch after batch of one import."""

    def __init__(self, resolver: Resolver) -> None:
        self._answers = _Answers(resolver)

    def place(self, batch: Batch) -> Placed:
        table, doubts = _checked(batch)
        given = pc.and_(pc.is_valid(table["latitude"]), pc.is_valid(table["longitude"])).to_numpy(zero_copy_only=False)
        asked = np.flatnonzero(~given)
        first, numbers = _distinct(batch.codes[asked], table.select(AROUND).take(pa.array(asked)))
        answers = self._answers(_first_sites(batch, table, asked[first]))
        sites = pa.concat_tables([batch.sites, self._named_sites(batch, table)])
        incidents = _with_places(table, given, answers, numbers)
        incidents = _put(incidents, "n_sites", _counted(table["incident_id"], sites["incident_id"]))
        is_ambiguous = np.array([answer.status == "ambiguous" for answer in answers], dtype=bool)[numbers]
        return Placed(incidents, sites, pa.concat_tables([batch.notes, doubts]), int(np.count_nonzero(is_ambiguous)))

    def _named_sites(self, batch: Batch, table: pa.Table) -> pa.Table:
        """Further towns that a cell names, each looked up; they carry no count."""
        further = [read.names[1:] for read in batch.places]
        rows = np.flatnonzero(np.array([bool(names) for names in further], dtype=bool)[batch.codes])
        if not len(rows):
            return SITES.empty_table()
        named = [further[code] for code in batch.codes[rows].tolist()]
        numbers = np.repeat(np.arange(len(rows)), [len(names) for names in named])
        around = _around(table, rows)
        keys: list[Key] = [
            (name, *around[number])
            for number, name in zip(numbers.tolist(), (n for names in named for n in names), strict=True)
        ]
        cells = [cells_of(answer) for answer in self._answers(keys)]
        owners = table.select(["incident_id", "dataset_id"]).take(rows[numbers])
        names, admin2, admin1, country, _ = zip(*keys, strict=True)
        columns = {
            "incident_id": owners["incident_id"],
            "dataset_id": owners["dataset_id"],
            "site_no": [number for each in named for number in range(2, 2 + len(each))],
            "country": country,
            "admin1": admin1,
            "admin2": admin2,
            "location": names,
            **{name: [each[name] for each in cells] for name in ANSWERED},
        }
        arrays = [columns.get(field.name, pa.nulls(len(keys), field.type)) for field in SITES]
        return pa.table(arrays, schema=SITES)


def _first_sites(batch: Batch, table: pa.Table, rows: np.ndarray) -> list[Key]:
    """What is asked of these rows: the first name, with the worse of the stated precision and that of the words."""
    keys: list[Key] = []
    for code, (admin2, admin1, country, stated) in zip(batch.codes[rows].tolist(), _around(table, rows), strict=True):
        read = batch.places[code]
        name = read.names[0] if read.names else None
        keys.append((name, admin2, admin1, country, worse(stated, read.precision)))
    return keys


def _around(table: pa.Table, rows: np.ndarray) -> list[Around]:
    """The cells of AROUND in these rows."""
    admin2, admin1, country, stated = (table[name].take(pa.array(rows)).to_pylist() for name in AROUND)
    return list(zip(admin2, admin1, country, stated, strict=True))


def _distinct(codes: np.ndarray, table: pa.Table) -> tuple[np.ndarray, np.ndarray]:
    """The first row of each combination of a code with the cells beside it, and the number of each row's combination."""
    numbers = codes.astype(np.int64)
    for column in table.columns:
        encoded = _whole(column).dictionary_encode()
        own = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False) + 1
        _, numbers = np.unique(numbers * (len(encoded.dictionary) + 1) + own, return_inverse=True)
    _, first, numbers = np.unique(numbers, return_index=True, return_inverse=True)
    return first, numbers


def _checked(batch: Batch) -> tuple[pa.Table, pa.Table]:
    """The batch's incidents without impossible coordinates, and a note for each row whose coordinates are in doubt."""
    table = batch.incidents
    latitude, longitude = _degrees(table["latitude"]), _degrees(table["longitude"])
    found = check(latitude, longitude, table["country"])
    doubtful = [row for row, reason in enumerate(found.reason) if reason]
    if not doubtful:
        return table, NOTES.empty_table()
    notes = [
        {
            "dataset_id": table["dataset_id"][row].as_py(),
            "line": table["source_row"][row].as_py(),
            "kind": "repaired" if found.is_repaired[row] else "note",
            "column": "coordinates",
            "value": f"{latitude[row]:g}, {longitude[row]:g}",
            "repaired_to": f"{found.latitude[row]:g}, {found.longitude[row]:g}" if found.is_repaired[row] else None,
            "reason": found.reason[row],
        }
        for row in doubtful
    ]
    precision = pa.array(
        np.where(found.is_dropped, None, table["geo_precision"].to_numpy(zero_copy_only=False)), pa.string()
    )
    table = _put(table, "latitude", pa.array(found.latitude, from_pandas=True))
    table = _put(table, "longitude", pa.array(found.longitude, from_pandas=True))
    return _put(table, "geo_precision", precision), pa.Table.from_pylist(notes, NOTES)


def _counted(incidents: pa.ChunkedArray, sites: pa.ChunkedArray) -> pa.Array:
    """Sites of each incident: its own and the further ones."""
    further = {pair["values"]: pair["counts"] for pair in pc.value_counts(sites).to_pylist()}
    if not further:
        return pa.array(np.ones(len(incidents), dtype=np.int16))
    return pa.array([1 + further.get(incident, 0) for incident in incidents.to_pylist()], pa.int16())


def _degrees(column: pa.ChunkedArray) -> np.ndarray:
    return np.array(column.to_numpy(zero_copy_only=False), dtype=np.float64)


def _put(table: pa.Table, name: str, values: pa.Array) -> pa.Table:
    place = table.schema.get_field_index(name)
    return table.set_column(place, table.schema.field(place), values)


def _with_places(table: pa.Table, given: np.ndarray, answers: list[PlaceAnswer], numbers: np.ndarray) -> pa.Table:
    """In the rows that are not given, in their order, the answers of these numbers."""
    precision = pc.fill_null(table["geo_precision"], "unstated")
    usual = pa.array([0.0, *RADIUS_KM.values()]).take(
        pc.add(pc.fill_null(pc.index_in(precision, pa.array(list(RADIUS_KM))), -1), 1)
    )
    columns = {
        "latitude": table["latitude"],
        "longitude": table["longitude"],
        "geo_precision": precision,
        "geo_radius_km": pc.coalesce(table["geo_radius_km"], usual),  # stated in exports of this program alone
        "geo_source": pc.fill_null(table["geo_source"], "given"),
        "geo_match": pa.repeat("The file gives these coordinates.", len(table)),
    }
    is_asked = pa.array(~given)
    cells = [cells_of(answer) for answer in answers]
    for name, column in columns.items():
        type_ = table.schema.field(name).type
        answered = pa.array([each[name] for each in cells], type_).take(pa.array(numbers))
        table = _put(table, name, pc.replace_with_mask(_whole(column), is_asked, answered))
    return table


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    if isinstance(column, pa.Array):
        return column
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def cells_of(answer: PlaceAnswer) -> dict[str, object]:
    """What an answer puts into the columns of ANSWERED."""
    return {name: getattr(answer, name) for name in ANSWERED[:-1]} | {"geo_match": answer.why or None}
