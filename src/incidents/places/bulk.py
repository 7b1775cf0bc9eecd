"""Geocoding a CSV file of places."""

import csv
from collections import Counter
from pathlib import Path

from incidents.model.errors import UnusableFile
from incidents.model.place import PlaceAnswer, PlaceQuery
from incidents.places.resolver import Resolver

COLUMNS_OUT = (
    "latitude", "longitude", "geo_precision", "geo_radius_km", "geo_source", "matched_name", "matched_country", "status",
)  # fmt: skip


def geocode_csv(source: Path, target: Path, resolver: Resolver) -> dict[str, int]:
    """Write the file's rows with the answers' columns added; returns how many rows got each status and each precision.

    Reads the columns place, admin2, admin1, country, of which all but place may be absent.
    """
    counts: Counter[str] = Counter()
    with source.open(encoding="utf-8-sig", newline="") as file, target.open("w", encoding="utf-8", newline="") as out:
        reader = csv.DictReader(file)
        names = reader.fieldnames or []
        if "place" not in names:
            raise UnusableFile(f'{source.name}: no column "place"; found {", ".join(names) or "none"}.')
        writer = csv.DictWriter(
            out, [*(name for name in names if name not in COLUMNS_OUT), *COLUMNS_OUT], extrasaction="ignore"
        )
        writer.writeheader()
        for row in reader:
            answer = resolver.resolve(
                PlaceQuery(row["place"], row.get("admin2"), row.get("admin1"), row.get("country"))
            )
            writer.writerow({**row, **columns_of(answer)})
            counts["rows"] += 1
            counts[answer.status] += 1
            counts[answer.geo_precision or "unlocated"] += 1
    return dict(counts)


def columns_of(answer: PlaceAnswer) -> dict[str, str]:
    """An answer as cells; empty where nothing is known."""
    values = {name: getattr(answer, name) for name in COLUMNS_OUT}
    return {
        name: "" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)
        for name, value in values.items()
    }
