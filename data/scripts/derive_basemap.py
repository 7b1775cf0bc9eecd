"""Derive data/basemap/ from Natural Earth's provinces (admin 1, 1:10m, public domain).

    python data/scripts/derive_basemap.py ne_10m_admin_1_states_provinces.parquet data/basemap

The parquet file is the one inside PyPI's `giso` 1.0.2. Needs shapely 2.1 or later and pyarrow; the project itself needs neither giso nor shapely.
"""

import json
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import shapely

COLUMNS = [
    "adm1_code",
    "iso_a2",
    "adm0_a3",
    "admin",
    "name",
    "name_en",
    "gn_a1_code",
    "latitude",
    "longitude",
    "min_label",
    "area_sqkm",
]
COUNTRY_DEGREES = 0.045  # corners worth less than about 20 square kilometres go: two pixels at zoom 7
SHAPE_DEGREES = 0.065
DECIMALS = 3
SMALLEST_ISLAND = 0.0015  # square degrees, about 18 square kilometres


def read(path: Path) -> tuple[list[dict], list]:
    table = pq.read_table(path, columns=[*COLUMNS, "geometry"])
    shapes = [shapely.make_valid(shape) for shape in shapely.from_wkb(table["geometry"].to_pylist())]
    return table.select(COLUMNS).to_pylist(), [only_polygons(shape) for shape in shapes]


def only_polygons(shape):
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if parts else shape


def without_specks(shape):
    """The shape without islands too small to be seen; its largest part always stays."""
    parts = sorted(shapely.get_parts(shape), key=lambda part: part.area, reverse=True)
    kept = [part for i, part in enumerate(parts) if i == 0 or part.area >= SMALLEST_ISLAND]
    return shapely.multipolygons([p for p in kept if p.geom_type == "Polygon"])


def rings(shape) -> list:
    """GeoJSON MultiPolygon coordinates, rounded, rings that collapse left out."""
    polygons = []
    for polygon in shapely.get_parts(shape):
        if polygon.geom_type != "Polygon":
            continue
        rounded = [line(ring.coords) for ring in (polygon.exterior, *polygon.interiors)]
        rounded = [ring for ring in rounded if len(ring) >= 4]
        if rounded and len(line(polygon.exterior.coords)) >= 4:
            polygons.append(rounded)
    return polygons


def line(coordinates) -> list:
    points: list = []
    for x, y in coordinates:
        point = [round(x, DECIMALS), round(y, DECIMALS)]
        if not points or points[-1] != point:
            points.append(point)
    return points


def inner_lines(rows: list[dict], shapes: list) -> list:
    """Lines between two provinces of one country: segments that occur in both."""
    owner: dict = {}
    shared = defaultdict(list)
    for row, shape in zip(rows, shapes, strict=True):
        for polygon in shapely.get_parts(shape):
            if polygon.geom_type != "Polygon":
                continue
            for ring in (polygon.exterior, *polygon.interiors):
                points = list(ring.coords)
                for a, b in pairwise(points):
                    key = (a, b) if a < b else (b, a)
                    if owner.setdefault(key, row["adm0_a3"]) == row["adm0_a3"]:
                        shared[key].append(1)
    segments = [shapely.LineString(key) for key, times in shared.items() if len(times) == 2]
    return [
        coords
        for part in shapely.get_parts(shapely.line_merge(shapely.union_all(segments)))
        if len(coords := line(part.coords)) > 1
    ]


def write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def feature(properties: dict, coordinates: list, kind: str) -> dict:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def label_point(shape) -> tuple[float, float]:
    point = max(shapely.get_parts(shape), key=lambda part: part.area).representative_point()
    return round(point.y, 2), round(point.x, 2)


def main() -> None:
    rows, shapes = read(Path(sys.argv[1]))
    folder = Path(sys.argv[2])
    fine = list(shapely.coverage_simplify(shapes, COUNTRY_DEGREES))
    by_country: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        by_country[row["adm0_a3"]].append(i)
    countries, labels = [], []
    for code, members in sorted(by_country.items()):
        first = rows[members[0]]
        whole = shapely.union_all([fine[i] for i in members])
        area = shapely.area(whole)
        coordinates = rings(without_specks(whole))
        if coordinates:
            countries.append(
                feature({"name": first["admin"], "iso2": iso2(first), "a3": code}, coordinates, "MultiPolygon")
            )
        south, west = label_point(whole)
        minzoom = 2 if area > 150 else 3 if area > 30 else 4 if area > 6 else 5 if area > 0.5 else 7
        labels.append([first["admin"], south, west, minzoom, "country"])
    for row, shape in zip(rows, shapes, strict=True):
        name = row["name_en"] or row["name"]
        if not name:
            continue
        area = shapely.area(shape)
        minzoom = 5 if area > 12 else 6 if area > 3 else 7 if area > 0.5 else 8 if area > 0.1 else 9
        labels.append([name, *label_point(shape), minzoom, "province"])
    write(folder / "countries.json", {"type": "FeatureCollection", "features": countries})
    lines = feature({}, inner_lines(rows, fine), "MultiLineString")
    write(folder / "provinces.json", {"type": "FeatureCollection", "features": [lines]})
    write(folder / "labels.json", labels)
    coarse = shapely.coverage_simplify(shapes, SHAPE_DEGREES)
    write(
        folder / "province_shapes.json",
        {
            "type": "FeatureCollection",
            "features": [
                feature(
                    {
                        "id": row["adm1_code"],
                        "iso2": iso2(row),
                        "gn_a1_code": row["gn_a1_code"],
                        "name": row["name_en"] or row["name"],
                    },
                    coordinates,
                    "MultiPolygon",
                )
                for row, shape in zip(rows, coarse, strict=True)
                if (
                    coordinates := [
                        [[[round(x, 2), round(y, 2)] for x, y in ring] for ring in polygon]
                        for polygon in rings(without_specks(shape))
                    ]
                )
            ],
        },
    )
    for path in sorted(folder.glob("*.json")):
        print(path.name, path.stat().st_size)


def iso2(row: dict) -> str:
    return (
        row["iso_a2"]
        if row["iso_a2"] not in (None, "-1", "-99")
        else {"SOL": "SO", "CYN": "CY", "KOS": "XK"}.get(row["adm0_a3"], "")
    )


if __name__ == "__main__":
    main()
