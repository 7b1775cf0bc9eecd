"""Places of a batch: given coordinates as they are, names through the resolver, further towns as sites."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from incidents.model.mercator import project
from incidents.model.place import PlaceAnswer, PlaceQuery
from incidents.model.schema import INCIDENTS, SITES
from incidents.model.settings import Settings
from incidents.normalise.rows import Batch
from incidents.places.gazetteer import Gazetteer, Progress, open_index
from incidents.places.resolver import Resolver

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

WORSE = ("town", "near", "line", "district", "province", "country", "sea")
Key = tuple[str | None, str | None, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Placed:
    """A batch whose incidents and sites have their places; `ambiguous` counts incidents whose first name was so."""

    incidents: pa.Table
    sites: pa.Table
    ambiguous: int


@lru_cache(maxsize=4)
def _gazetteer(index_folder: Path) -> Gazetteer:
    return open_index(index_folder)


def resolver_for(chosen: Settings, progress: Progress | None = None) -> Resolver:
    """A resolver over the offline index, which is built on first use (about 15 seconds, with `progress`)."""
    open_index(chosen.index_folder, progress)
    return Resolver(_gazetteer(chosen.index_folder))


def no_better_than(answer: PlaceAnswer, precision: str | None) -> PlaceAnswer:
    """The answer with its precision lowered to what the file or the row's words allow."""
    if precision not in WORSE or answer.geo_precision not in WORSE:
        return answer
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
        why=f"{answer.why} The row says no more than {precision}.".strip(),
        candidates=answer.candidates,
    )


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
        table = batch.incidents
        given = np.asarray(batch.given, dtype=bool)
        names: Sequence[tuple[str, ...]] = batch.place_names
        asked = np.flatnonzero(~given)
        columns = {name: table[name].to_pylist() for name in ("admin2", "admin1", "country", "geo_precision")}
        keys: list[Key] = [
            (
                names[row][0] if names[row] else None,
                columns["admin2"][row],
                columns["admin1"][row],
                columns["country"][row],
                _worse(columns["geo_precision"][row], batch.words_precision[row]),
            )
            for row in asked.tolist()
        ]
        answers = self._answers(keys)
        incidents = _with_places(table, given, asked, answers)
        sites = self._sites(table, names, columns)
        counts = np.ones(len(table), dtype=np.int16)
        if len(sites):
            extra_ids, extra_counts = np.unique(
                np.asarray(sites["incident_id"].to_pylist(), dtype=object), return_counts=True
            )
            extra = dict(zip(extra_ids.tolist(), extra_counts.tolist(), strict=True))
            counts = np.array([1 + extra.get(i, 0) for i in table["incident_id"].to_pylist()], dtype=np.int16)
        incidents = incidents.set_column(
            incidents.schema.get_field_index("n_sites"), INCIDENTS.field("n_sites"), pa.array(counts)
        )
        return Placed(incidents, sites, sum(answer.status == "ambiguous" for answer in answers))

    def _sites(
        self, table: pa.Table, names: Sequence[tuple[str, ...]], columns: dict[str, list[str | None]]
    ) -> pa.Table:
        rows = [
            (row, number, name)
            for row, those in enumerate(names)
            if len(those) > 1
            for number, name in enumerate(those[1:], 2)
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


def _worse(one: str | None, other: str | None) -> str | None:
    known = [precision for precision in (one, other) if precision in WORSE]
    return max(known, key=WORSE.index) if known else None


def _with_places(table: pa.Table, given: np.ndarray, asked: np.ndarray, answers: list[PlaceAnswer]) -> pa.Table:
    latitude = table["latitude"].to_numpy(zero_copy_only=False).astype(np.float64, copy=True)
    longitude = table["longitude"].to_numpy(zero_copy_only=False).astype(np.float64, copy=True)
    stated = pc.fill_null(table["geo_precision"], "unstated")
    precision = np.where(given, stated.to_numpy(zero_copy_only=False), None).astype(object)
    radius = np.array(
        [RADIUS_KM.get(value, 0.0) if value else np.nan for value in precision.tolist()], dtype=np.float64
    )
    source = np.where(given, "given", None).astype(object)
    match = np.where(given, "The file gives these coordinates.", None).astype(object)
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
        table = table.set_column(table.schema.get_field_index(name), INCIDENTS.field(name), array)
    return with_mercator(table)


def with_mercator(table: pa.Table) -> pa.Table:
    """The table with `merc_x` and `merc_y` from its latitude and longitude."""
    xs, ys = project(
        table["latitude"].to_numpy(zero_copy_only=False).astype(np.float64),
        table["longitude"].to_numpy(zero_copy_only=False).astype(np.float64),
    )
    for name, values in (("merc_x", xs), ("merc_y", ys)):
        array = pa.array(values.astype(np.int32), mask=values < 0)
        table = table.set_column(table.schema.get_field_index(name), table.schema.field(name), array)
    return table


__all__ = ["Placed", "Placer", "no_better_than", "resolver_for", "with_mercator"]
