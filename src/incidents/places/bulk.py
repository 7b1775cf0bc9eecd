"""Geocoding a CSV file of places."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from incidents.model.errors import UnusableFile
from incidents.model.place import PlaceAnswer, PlaceQuery
from incidents.model.spreadsheet import inert, restored
from incidents.places.resolver import Resolver

COLUMNS_OUT = (
    "latitude", "longitude", "geo_precision", "geo_radius_km", "geo_source", "matched_name", "matched_country", "status",
)  # fmt: skip

_JOINT = "\x1f"  # in no name of the gazetteer


def geocode_csv(source: Path, target: Path, resolver: Resolver) -> dict[str, int]:
    """Write the file's rows with the answers' columns added; returns how many rows got each status and each precision.

    Reads the columns place, admin2, admin1, country, of which all but place may be absent. Cells are inert in a spreadsheet.
    """
    counts: Counter[str] = Counter()
    with _opened(source) as file, target.open("w", encoding="utf-8", newline="") as out:
        reader, names = _reader(file, source)
        kept = [name for name in names if name not in COLUMNS_OUT]
        writer = csv.writer(out)
        writer.writerow(_inert((*kept, *COLUMNS_OUT)))
        known: dict[str, str] = {}  # one text each: a hundred thousand answers of eight texts are a hundred megabytes
        same: dict[str, str] = {}  # most places share the answer of their district or province
        for row in reader:
            query = _query(row)
            key = repr((query.name, query.admin2, query.admin1, query.country))
            joined = known.get(key)
            if joined is None:
                joined = _JOINT.join(columns_of(resolver.resolve_once(query)))
                joined = known[key] = same.setdefault(joined, joined)
            cells = joined.split(_JOINT)
            answered = dict(zip(COLUMNS_OUT, cells, strict=True))
            writer.writerow(_inert((*(row[name] for name in kept), *cells)))
            counts["rows"] += 1
            counts[answered["status"]] += 1
            counts[answered["geo_precision"] or "unlocated"] += 1
    return dict(counts)


def unsettled_in_csv(source: Path, resolver: Resolver) -> list[PlaceQuery]:
    """Places of the file that are known only to a wider area, or not at all; the most frequent first."""
    with _opened(source) as file:
        counts = Counter(map(_query, _reader(file, source)[0]))
    return [
        query for query, _ in counts.most_common() if query.name and resolver.resolve_once(query).status != "matched"
    ]


@contextmanager
def _opened(source: Path) -> Iterator[TextIO]:
    try:
        file = source.open(encoding="utf-8-sig", newline="")
    except OSError as problem:
        raise UnusableFile(f"{source.name}: cannot be read ({problem.strerror}).") from problem
    with file:
        try:
            yield file
        except (UnicodeDecodeError, csv.Error) as problem:
            raise UnusableFile(f"{source.name}: not a CSV file in UTF-8 ({problem}); save it as one.") from problem


def _reader(file: TextIO, source: Path) -> tuple["csv.DictReader[str]", list[str]]:
    reader = csv.DictReader(file)
    names = list(reader.fieldnames or [])
    if "place" not in names:
        raise UnusableFile(f'{source.name}: no column "place"; found {", ".join(names) or "none"}.')
    return reader, names


def _query(row: Mapping[str, str | None]) -> PlaceQuery:
    return PlaceQuery(*(restored(row.get(name) or "") or None for name in ("place", "admin2", "admin1", "country")))


def _inert(cells: Iterable[str | None]) -> list[str]:
    """What was inert already is not quoted again: the answers may be geocoded once more."""
    return [inert(restored(cell or "")) for cell in cells]


def columns_of(answer: PlaceAnswer) -> tuple[str, ...]:
    """An answer as the cells of COLUMNS_OUT; empty where nothing is known."""
    values = [getattr(answer, name) for name in COLUMNS_OUT]
    return tuple(
        "" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value) for value in values
    )
