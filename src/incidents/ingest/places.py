"""Places of a batch: given coordinates as they are, names through the resolver, further towns as sites."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from incidents.ingest.own_places import decided, own_data, own_gazetteers
from incidents.model.mercator import project
from incidents.model.place import PlaceAnswer, PlaceQuery
from incidents.model.schema import NOTES, SITES
from incidents.model.settings import Settings
from incidents.normalise.rows import Batch
from incidents.places.gazetteer import Gazetteer, Progress, open_index
from incidents.places.given import check
from incidents.places.own_candidates import WithOwnPlaces
from incidents.places.resolver import Resolver
from incidents.store import Store

RADIUS_KM = {
    "town": 5.0,
    "near": 25.0,
    "line": 60.0,
    "district": 50.0,
    "province": 200.0,
    "country": 800.0,
    "sea": 200.0,
    "unstated": 25.0,
}
"""Radius of given coordinates by their stated precision: a town's extent, a day's walk, a district, and so on."""

ALLOWS = "The row says no more than {}."
_ALLOWED = re.compile(re.escape(ALLOWS).replace(r"\{\}", "([a-z]+)") + r"\Z")
WORSE = ("town", "near", "line", "district", "province", "country", "sea")
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


def no_better_than(answer: PlaceAnswer, precision: str | None) -> PlaceAnswer:
    """The answer with its precision lowered to what the file or the row's words allow; a person's choice stands, and keeps the words."""
    if precision not in WORSE or answer.geo_precision not in WORSE:
        return answer
    if answer.geo_source == "decision":
        return replace(answer, why=f"{answer.why} {ALLOWS.format(precision)}")
    if WORSE.index(precision) <= WORSE.index(answer.geo_precision):
        return answer
    return PlaceAnswer(
        status=answer.status,
        latitude=answer.latitude,
        longitude=answer.longitude,
        geo_precision=precision,
        geo_radius_km=max(answer.geo_radius_km or 0.0, RADIUS_KM[precision]),
        geo_source=answer.geo_source,
        matched_name=answer.matched_name,
        matched_admin1=answer.matched_admin1,
        matched_country=answer.matched_country,
        why=f"{answer.why} {ALLOWS.format(precision)}".strip(),
        candidates=answer.candidates,
    )


def allowed(geo_match: str | None) -> str | None:
    """The precision that `no_better_than` was told, as its answer keeps it."""
    found = _ALLOWED.search(geo_match or "")
    return found[1] if found and found[1] in WORSE else None


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
        columns = {name: table[name].to_pylist() for name in ("admin2", "admin1", "country", "geo_precision")}
        keys: list[Key] = [
            (
                batch.place_names[row][0] if batch.place_names[row] else None,
                columns["admin2"][row],
                columns["admin1"][row],
                columns["country"][row],
                _worse(columns["geo_precision"][row], batch.words_precision[row]),
            )
            for row in asked.tolist()
        ]
        answers = self._answers(keys)
        sites = pa.concat_tables([with_mercator(batch.sites), self._named_sites(batch, table, columns)])
        incidents = _with_places(table, given, asked, answers)
        incidents = _put(incidents, "n_sites", _counted(table["incident_id"], sites["incident_id"]))
        ambiguous = sum(answer.status == "ambiguous" for answer in answers)
        return Placed(incidents, sites, pa.concat_tables([batch.notes, doubts]), ambiguous)

    def _named_sites(self, batch: Batch, table: pa.Table, columns: dict[str, list[str | None]]) -> pa.Table:
        """Further towns that a cell names, each looked up; they carry no count."""
        rows = [
            (row, number, name)
            for row, names in enumerate(batch.place_names)
            if len(names) > 1
            for number, name in enumerate(names[1:], 2)
        ]
        if not rows:
            return SITES.empty_table()
        answers = self._answers(
            (
                name,
                columns["admin2"][row],
                columns["admin1"][row],
                columns["country"][row],
                columns["geo_precision"][row],
            )
            for row, _, name in rows
        )
        ids, datasets = table["incident_id"].to_pylist(), table["dataset_id"].to_pylist()
        made = [
            {
                "incident_id": ids[row],
                "dataset_id": datasets[row],
                "site_no": number,
                "country": columns["country"][row],
                "admin1": columns["admin1"][row],
                "admin2": columns["admin2"][row],
                "location": name,
                "latitude": answer.latitude,
                "longitude": answer.longitude,
                "geo_precision": answer.geo_precision,
                "geo_radius_km": answer.geo_radius_km,
                "geo_source": answer.geo_source,
                "geo_match": answer.why or None,
            }
            for (row, number, name), answer in zip(rows, answers, strict=True)
        ]
        return with_mercator(pa.Table.from_pylist(made, SITES))


def _checked(batch: Batch) -> tuple[pa.Table, pa.Table]:
    """The batch's incidents without impossible coordinates, and a note for each row whose coordinates are in doubt."""
    table = batch.incidents
    latitude, longitude = _degrees(table["latitude"]), _degrees(table["longitude"])
    found = check(latitude, longitude, table["country"].to_pylist())
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


@cache
def _worse(one: str | None, other: str | None) -> str | None:
    known = [precision for precision in (one, other) if precision in WORSE]
    return max(known, key=WORSE.index) if known else None


def _with_places(table: pa.Table, given: np.ndarray, asked: np.ndarray, answers: list[PlaceAnswer]) -> pa.Table:
    latitude, longitude = _degrees(table["latitude"]), _degrees(table["longitude"])
    stated = pc.fill_null(table["geo_precision"], "unstated")
    precision = _where(given, stated.to_numpy(zero_copy_only=False))
    usual = np.array([RADIUS_KM.get(value, 0.0) if value else np.nan for value in precision.tolist()], dtype=np.float64)
    stated_radius = _degrees(table["geo_radius_km"])  # a radius and a source are in exports of this program alone
    radius = np.where(given & ~np.isnan(stated_radius), stated_radius, usual)
    source = _where(given, pc.fill_null(table["geo_source"], "given").to_numpy(zero_copy_only=False))
    match = _where(given, "The file gives these coordinates.")
    latitude[asked] = [np.nan if answer.latitude is None else answer.latitude for answer in answers]
    longitude[asked] = [np.nan if answer.longitude is None else answer.longitude for answer in answers]
    radius[asked] = [np.nan if answer.geo_radius_km is None else answer.geo_radius_km for answer in answers]
    precision[asked] = [answer.geo_precision for answer in answers]
    source[asked] = [answer.geo_source for answer in answers]
    match[asked] = [answer.why or None for answer in answers]
    arrays = {
        "latitude": pa.array(latitude, from_pandas=True),
        "longitude": pa.array(longitude, from_pandas=True),
        "geo_precision": pa.array(precision, pa.string()),
        "geo_radius_km": pa.array(radius, from_pandas=True),
        "geo_source": pa.array(source, pa.string()),
        "geo_match": pa.array(match, pa.string()),
    }
    for name, array in arrays.items():
        table = _put(table, name, array)
    return with_mercator(table)


def _where(rows: np.ndarray, value: object) -> np.ndarray:
    """`value` in these rows, None in the others."""
    made = np.full(len(rows), None, dtype=object)
    made[rows] = value[rows] if isinstance(value, np.ndarray) else value
    return made


def with_mercator(table: pa.Table) -> pa.Table:
    """The table with `merc_x` and `merc_y` from its latitude and longitude."""
    xs, ys = project(_degrees(table["latitude"]), _degrees(table["longitude"]))
    for name, values in (("merc_x", xs), ("merc_y", ys)):
        table = _put(table, name, pa.array(values.astype(np.int32), mask=values < 0))
    return table
