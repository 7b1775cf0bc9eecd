"""Decisions on places as CSV: to hand on, to keep, to edit."""

import csv
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from incidents.model.errors import UnusableFile
from incidents.model.place import Candidate, PlaceQuery
from incidents.model.schema import GEO_PRECISIONS
from incidents.model.spreadsheet import inert, restored

ASKED = {"place": "name", "admin2": "admin2", "admin1": "admin1", "country": "country"}
"""Columns that say which name was decided on, and the parts of PlaceQuery."""

CHOSEN = (
    "chosen_name", "chosen_admin1", "chosen_country", "latitude", "longitude", "geo_precision", "source", "why",
)  # fmt: skip
NEEDED = ("place", "country", "latitude", "longitude")
DECIDABLE = tuple(name for name in GEO_PRECISIONS if name != "unstated")


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """`read == len(decisions) + len(faults)`, but for names that the file decides twice: the last one counts."""

    read: int
    decisions: dict[PlaceQuery, Candidate]
    faults: tuple[str, ...]


def decisions_csv(decisions: Mapping[PlaceQuery, Candidate]) -> str:
    """Cells are inert in a spreadsheet; `parse_decisions` undoes that."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow((*ASKED, *CHOSEN))
    for query, place in decisions.items():
        asked = [getattr(query, part) for part in ASKED.values()]
        point = (f"{place.latitude:.6f}", f"{place.longitude:.6f}")
        named, known = (place.name, place.admin1, place.country), (place.geo_precision, place.source, place.why)
        writer.writerow((*map(_cell, (*asked, *named)), *point, *map(_cell, known)))
    return target.getvalue()


def _cell(text: str | None) -> str:
    return inert(text or "")


def parse_decisions(content: bytes, file: str) -> DecisionFile:
    """Raises UnusableFile where the file has no decisions at all; single rows that cannot be used are listed."""
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        missing = [name for name in NEEDED if name not in (rows.fieldnames or ())]
        if missing:
            found = ", ".join(rows.fieldnames or ()) or "none"
            raise UnusableFile(f"{file}: no column for {', '.join(missing)}; found {found}.")
        read, faults = 0, []
        decisions: dict[PlaceQuery, Candidate] = {}
        for line, row in _numbered(rows):
            read += 1
            outcome = _decision({name: restored((cell or "").strip()) for name, cell in row.items() if name})
            if isinstance(outcome, str):
                faults.append(f"line {line}: {outcome}")
            else:
                query, place = outcome
                decisions.pop(query, None)
                decisions[query] = place
    except (UnicodeDecodeError, csv.Error) as problem:
        raise UnusableFile(f"{file}: not a CSV file in UTF-8 ({problem}).") from problem
    return DecisionFile(read, decisions, tuple(faults))


def _numbered(rows: "csv.DictReader[str]") -> Iterator[tuple[int, dict[str, str | None]]]:
    for row in rows:
        yield rows.line_num, row


def _decision(row: Mapping[str, str]) -> tuple[PlaceQuery, Candidate] | str:
    query = PlaceQuery(**{part: row.get(column) or None for column, part in ASKED.items()})
    if not (query.name or query.admin2 or query.admin1):
        return "no place is named"
    latitude, longitude = _degrees(row["latitude"], 90), _degrees(row["longitude"], 180)
    if latitude is None or longitude is None:
        return f"no coordinates in {row['latitude']!r}, {row['longitude']!r}"
    precision = row.get("geo_precision") or "town"
    if precision not in DECIDABLE:
        return f"geo_precision {precision!r} is none of {', '.join(DECIDABLE)}"
    name = row.get("chosen_name") or query.name or query.admin2 or query.admin1 or ""
    admin1 = row.get("chosen_admin1", query.admin1) or None
    country = row.get("chosen_country", query.country) or None
    return query, Candidate(
        name, admin1, country, latitude, longitude, precision, row.get("source") or "decision", row.get("why") or ""
    )


def _degrees(text: str, most: float) -> float | None:
    try:
        degrees = float(text)
    except ValueError:
        return None
    return degrees if math.isfinite(degrees) and abs(degrees) <= most else None
