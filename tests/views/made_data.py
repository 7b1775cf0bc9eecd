"""Made incidents as Arrow tables: with several sites, without coordinates, without figures, all of them seeded."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from incidents.model.dataset import Dataset
from incidents.model.schema import AREA_PRECISIONS, FIGURES, INCIDENTS, SITES, figure_columns
from incidents.normalise.folding import fold_words
from incidents.store import Store, open_store

TOWNS = {
    "Chabahar": ("Iran", "Sistan and Baluchestan", "Chabahar", 25.29, 60.64),
    "Rask": ("Iran", "Sistan and Baluchestan", "Rask", 26.24, 61.40),
    "Zahedan": ("Iran", "Sistan and Baluchestan", "Zahedan", 29.50, 60.86),
    "Kerman": ("Iran", "Kerman", "Kerman", 30.28, 57.08),
    "Quetta": ("Pakistan", "Balochistan", None, 30.19, 67.00),
    "Suva": ("Fiji", "Rewa", None, -18.14, 178.44),
    "Apia": ("Samoa", "Tuamasaga", None, -13.83, -171.77),
}
ACTORS = ("Jaish al-Adl", "Police of Iran", "Jundallah", "Civilians (Iran)", None)
TYPES = ("Battles", "Explosions/Remote violence", "Violence against civilians", "other", None)
WEAPONS = ("rifle", "bomb", "=cmd()", None)
WORDS = ("ambush", "naïve", "50% off_", "«گشت»", "police post", "")


def incident(number: int = 1, dataset_id: str = "made", **values: Any) -> dict[str, Any]:
    """A row with the keys that must be there; all else null unless given."""
    row: dict[str, Any] = dict.fromkeys(INCIDENTS.names)
    day = values.get("event_date", date(2024, 4, 3))
    row |= {
        "incident_id": f"{dataset_id}-{number}",
        "dataset_id": dataset_id,
        "event_date": day,
        "event_date_end": day,
        "time_precision": "day",
        "n_sites": 1,
        "source_row": number,
    }
    return row | values


def site(incident_row: dict[str, Any], number: int, **values: Any) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(SITES.names)
    row |= {name: incident_row[name] for name in ("incident_id", "dataset_id")}
    return row | {"site_no": number} | values


def at(town: str, precision: str = "town") -> dict[str, Any]:
    country, admin1, admin2, latitude, longitude = TOWNS[town]
    return {
        "country": country,
        "admin1": admin1,
        "admin2": admin2,
        "location": town,
        "latitude": latitude,
        "longitude": longitude,
        "geo_precision": precision,
        "geo_source": "given",
    }


def figure(name: str, low: int | None, best: int | None, high: int | None) -> dict[str, int | None]:
    return dict(zip(figure_columns(name), (low, best, high), strict=True))


def random_rows(count: int, seed: int, dataset_id: str = "made") -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Incidents and further sites; a fifth have several sites, a fifth no coordinates, a fifth no figure."""
    chance = random.Random(seed)
    incidents: list[dict[str, Any]] = []
    sites: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        start = date(2015, 1, 1) + timedelta(days=chance.randrange(4000))
        row = incident(
            number,
            dataset_id,
            event_date=start,
            event_date_end=start + timedelta(days=chance.choice((0, 0, 0, 1, 40))),
            time_precision=chance.choice(("day", "day", "week", "month", "year")),
            event_type=chance.choice(TYPES),
            actor1=chance.choice(ACTORS),
            actor2=chance.choice(ACTORS),
            from_words=chance.choice((True, False, None)),
            source=chance.choice(("A", "B", None)),
            notes=" ".join(chance.choices(WORDS, k=3)),
        )
        row |= _random_place(chance)
        for name in FIGURES:
            row |= _random_figure(chance, name)
        if chance.random() < 0.2:
            further = [site(row, 2 + each, **_random_place(chance)) for each in range(chance.choice((1, 2)))]
            row["n_sites"] = 1 + len(further)
            sites += further
        weapon = chance.choice(WEAPONS)
        row["extra"] = [("Weapon", weapon)] if weapon else []
        texts = (row["notes"], row["actor1"], row["actor2"], row["location"])
        row["folded"] = " ".join(fold_words(text) for text in texts if text)
        incidents.append(row)
    return incidents, sites


def _random_place(chance: random.Random) -> dict[str, Any]:
    kind = chance.random()
    place = at(chance.choice(list(TOWNS)), chance.choice(("town", "near", "unstated")))
    if kind < 0.2:
        return place | dict.fromkeys(("latitude", "longitude", "geo_precision", "geo_source"))
    if kind < 0.4:
        return place | {"geo_precision": chance.choice(AREA_PRECISIONS), "location": None}
    if kind < 0.5:
        return place | {"latitude": chance.uniform(-80, 80), "longitude": chance.uniform(-180, 180)}
    return place


def _random_figure(chance: random.Random, name: str) -> dict[str, int | None]:
    low = chance.randrange(6)
    return figure(
        name,
        *chance.choice(
            ((None, None, None), (low, low, low), (low, low + 2, None), (low, low, low + 5), (low, None, None))
        ),
    )


def put(
    store: Store,
    incidents: Sequence[dict[str, Any]],
    sites: Sequence[dict[str, Any]] = (),
    dataset_id: str = "made",
    **values: Any,
) -> Dataset:
    facts: dict[str, Any] = {
        "name": dataset_id,
        "file": f"{dataset_id}.csv",
        "sha256": f"sha of {dataset_id}",
        "layout": "incidents",
        "encoding": "utf-8",
        "delimiter": ",",
        "read": len(incidents),
        "kept": len(incidents),
        "rejected": 0,
        "repaired": 0,
        "duplicates": 0,
        "incidents": len(incidents),
        "columns": ("Weapon",),
    }
    with store.new_dataset(dataset_id) as writer:
        writer.add(
            pa.Table.from_pylist(list(incidents), schema=INCIDENTS), pa.Table.from_pylist(list(sites), schema=SITES)
        )
        return writer.commit(Dataset(dataset_id=dataset_id, **(facts | values)))


def made_store(location: Path | str, count: int = 300, seed: int = 1) -> Store:
    """Two datasets: an older small one and the newest, which is shown alone by default."""
    store = open_store(str(location))
    put(store, *random_rows(40, seed + 100, "older"), dataset_id="older")
    put(store, *random_rows(count, seed, "made"), dataset_id="made")
    return store
