"""The filter and the totals once more, in plain Python over lists: slow, and written from the definitions alone."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from incidents.model.filters import Box, IncidentFilter, Near
from incidents.normalise.folding import fold_words

Row = dict[str, Any]
PLACE_FIELDS = ("country", "admin1", "admin2", "location")


class Plain:
    def __init__(self, incidents: list[Row], sites: list[Row]) -> None:
        self.incidents = incidents
        self.further: dict[str, list[Row]] = defaultdict(list)
        for each in sites:
            self.further[each["incident_id"]].append(each)

    def sites(self, row: Row) -> list[Row]:
        return [row, *self.further[row["incident_id"]]]

    def found(self, wanted: IncidentFilter) -> list[Row]:
        return [row for row in self.incidents if all(self._conditions(row, wanted))]

    def _conditions(self, row: Row, wanted: IncidentFilter) -> Iterator[bool]:
        sites = self.sites(row)
        yield wanted.start is None or row["event_date_end"] >= wanted.start
        yield wanted.end is None or row["event_date"] <= wanted.end
        yield any(all(_is_one(each[name], getattr(wanted, name)) for name in PLACE_FIELDS) for each in sites)
        yield wanted.near is None or any(_is_near(each, wanted.near) for each in sites)
        yield wanted.bbox is None or any(_is_in(each, wanted.bbox) for each in sites)
        yield not wanted.actor or row["actor1"] in wanted.actor or row["actor2"] in wanted.actor
        yield _is_one(row["event_type"], wanted.event_type)
        dead = row["fatalities"]
        yield wanted.fatalities_least is None or (dead is not None and dead >= wanted.fatalities_least)
        yield wanted.fatalities_most is None or (dead is not None and dead <= wanted.fatalities_most)
        precision = "unlocated" if row["latitude"] is None else row["geo_precision"]
        yield not wanted.geo_precision or precision in wanted.geo_precision
        yield all(word in row["folded"] for word in fold_words(wanted.words).split())
        yield not (wanted.leave_out_words and row["from_words"])
        for column in {each.column for each in wanted.where}:
            cells = dict(row["extra"]) | {name: value for name, value in row.items() if name != "extra"}
            cell = "" if cells.get(column) is None else str(cells[column])
            asked = [each for each in wanted.where if each.column == column]
            included = [each.value for each in asked if each.include]
            yield not included or cell in included
            yield cell not in [each.value for each in asked if not each.include]

    def places(self, rows: list[Row]) -> int:
        named = [each for row in rows for each in self.sites(row) if each["location"] is not None]
        return len({(each["country"], each["admin1"], each["location"]) for each in named})

    def facet(self, wanted: IncidentFilter, field: str) -> dict[str, int]:
        """Each value of the data, asked for by itself."""
        values: set[str] = set()
        for row in self.incidents:
            if field == "actor":
                values |= {row["actor1"], row["actor2"]} - {None}
            elif field in PLACE_FIELDS:
                values |= {each[field] for each in self.sites(row)} - {None}
            elif row[field] is not None:
                values.add(row[field])
        counts = {value: len(self.found(wanted.with_(**{field: (value,)}))) for value in values}
        return {value: count for value, count in counts.items() if count}

    def by_admin1(self, rows: list[Row]) -> Counter[str]:
        counts: Counter[str] = Counter()
        for row in rows:
            values = {each["admin1"] for each in self.sites(row)} - {None}
            counts["several provinces" if len(values) > 1 else next(iter(values), "")] += 1
        return counts


def figures(rows: list[Row], name: str) -> dict[str, int]:
    lows = [row[f"{name}_low"] for row in rows]
    bests = [row[name] for row in rows]
    highs = [row[f"{name}_high"] for row in rows]
    triples = list(zip(lows, bests, highs, strict=True))
    best = sum(each for each in bests if each is not None)
    shown = sum(next((each for each in (high, b, low) if each is not None), 0) for low, b, high in triples)
    return {
        "low": min(best, sum(each for each in lows if each is not None)),
        "best": best,
        "high_shown": max(best, shown),
        "open": sum(1 for low, b, high in triples if high is None and (low is not None or b is not None)),
        "unknown": sum(1 for each in bests if each is None),
        "known": sum(1 for each in bests if each is not None),
    }


def _is_one(value: str | None, wanted: tuple[str, ...]) -> bool:
    return not wanted or (value or "") in wanted


def _is_in(place: Row, box: Box) -> bool:
    if place["latitude"] is None or not box.south <= place["latitude"] <= box.north:
        return False
    if box.west <= box.east:
        return bool(box.west <= place["longitude"] <= box.east)
    return bool(place["longitude"] >= box.west or place["longitude"] <= box.east)


def _is_near(place: Row, near: Near) -> bool:
    """By the spherical law of cosines, another formula than the program's."""
    if place["latitude"] is None:
        return False
    here, there = math.radians(near.latitude), math.radians(place["latitude"])
    between = math.radians(place["longitude"] - near.longitude)
    cosine = math.sin(here) * math.sin(there) + math.cos(here) * math.cos(there) * math.cos(between)
    return 6371.0088 * math.acos(max(-1.0, min(1.0, cosine))) <= near.km
