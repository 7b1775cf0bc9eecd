"""Duplicates: which incidents may be one, proposed for a person to decide; each is proposed at most once at a time."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from incidents.model.dataset import Dataset
from incidents.model.filters import ALL_DATASETS, EVERYTHING
from incidents.queries import details
from incidents.queries.asking import Panel, ask
from incidents.queries.duplicates import DAYS_COUNTED, by_days, candidates, left_out, named
from incidents.queries.shape import EARTH_RADIUS_KM
from incidents.store import Reader
from incidents.store.linked_row import linked_row, order_of

ROWS_AT_ONCE = 500_000
"""Incidents compared in one query: the memory of a comparison does not grow with the store."""

_ALL = EVERYTHING.with_(dataset=ALL_DATASETS)
_IN_WORDS = {
    "days": {"same": "same day", "overlap": "their days overlap", "beside": "one day apart"},
    "actors": {"all": "same actors", "one": "one actor in common", "not known": "an actor is not known"},
    "toll": {"equal": "same toll", "none": "no dead in both", "overlap": "tolls overlap", "not known": "a toll is not known"},
    "type": {"same": "same type"},
    "words": {"same": "same text"},
    "ids": {"same": "same number in the file"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two incidents that may be one. `score` orders proposals and means nothing by itself."""

    left_id: str
    right_id: str
    is_exact: bool
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """`pairs` come best first. What was not proposed is counted:

    agreeing   pairs that satisfy every condition, of which each incident's best was taken
    undecided  pairs of incidents with so many equally good counterparts that nothing tells them apart
    left_out   incidents compared with none: hundreds on one day in one place, or known to several years only
    is_cut     there were too many pairs to look at all; the least likely were not
    """

    pairs: tuple[Proposal, ...]
    agreeing: int
    undecided: int
    left_out: int
    is_cut: bool


def proposals(
    reader: Reader, left: str, right: str, apart: frozenset[frozenset[str]] = frozenset(), rows: int = ROWS_AT_ONCE
) -> Proposals:
    """Between two datasets, or within one where both are the same; `apart` are pairs that a person keeps apart.

    The file's own numbers count only between datasets of one layout.
    """
    one, other = (_dataset(reader, dataset_id) for dataset_id in (left, right))
    shape = (left == right, one.layout == other.layout, one.has_sites or other.has_sites)
    found: list[dict[str, Any]] = []
    agreeing = undecided = without = 0
    for from_day, to_day in _spans(reader, left, right, rows):
        values = {"left": left, "right": right, "from_day": from_day, "to_day": to_day}
        pairs = ask(reader, _ALL, candidates, *shape, **values).to_pylist()
        if pairs:
            agreeing, undecided = agreeing + pairs[0]["of"], undecided + pairs[0]["undecided"]
        found += [pair for pair in pairs if not pair["is_undecided"]]
        without += _left_out(reader, values, shape[2])
    found.sort(key=lambda pair: -pair["score"])  # a stable sort: within a score the engine's order stands
    return Proposals(tuple(_one_to_one(found, apart)), agreeing, undecided, without, agreeing > len(found))


@dataclass(frozen=True, slots=True)
class Pair:
    """Every column of both incidents and of the one that they would become; `kept` is the row that would stay."""

    kept: dict[str, Any]
    other: dict[str, Any]
    linked: dict[str, Any]
    kept_dataset: Dataset
    other_dataset: Dataset


def pair_view(reader: Reader, left_id: str, right_id: str) -> Pair | None:
    """None where one is no longer in the store."""
    rows = [_first(reader, details.incident, incident_id=each) for each in (left_id, right_id)]
    if not all(rows):
        return None
    kept, other = sorted(rows, key=lambda row: order_of(row, [each.dataset_id for each in reader.datasets]))
    of_kept, of_other = (_dataset(reader, row["dataset_id"]) for row in (kept, other))
    return Pair(kept, other, linked_row(kept, other, of_other), of_kept, of_other)


def in_short(reader: Reader, pairs: Sequence[Proposal]) -> dict[str, dict[str, Any]]:
    """Day, place, actors and dead of every incident of some pairs, by id; those that left the store are not there."""
    ids = [each for pair in pairs for each in (pair.left_id, pair.right_id)]
    if not ids:
        return {}
    count = max(8, 1 << (len(ids) - 1).bit_length())  # few different numbers, so few queries to compile
    filled = ids + ids[-1:] * (count - len(ids))
    rows = ask(reader, _ALL, named, count, **{f"incident_{number}": each for number, each in enumerate(filled)})
    return {row["incident_id"]: row for row in rows.to_pylist()}


def _one_to_one(found: list[dict[str, Any]], apart: frozenset[frozenset[str]]) -> Iterator[Proposal]:
    """Each incident with its best counterpart that is not taken by a better pair; alike ones in the order of the files."""
    taken: set[str] = set()
    for pair in found:
        ids = (pair["left_id"], pair["right_id"])
        if not taken.isdisjoint(ids) or frozenset(ids) in apart:
            continue
        taken.update(ids)
        yield Proposal(*ids, pair["is_exact"], pair["score"], tuple(_reasons(pair)))


def _reasons(pair: dict[str, Any]) -> Iterator[str]:
    if pair["is_exact"]:
        yield "every fact is the same"
        return
    for subject, words in _IN_WORDS.items():
        if pair[subject] in words:
            yield words[pair[subject]]
        if subject == "days":
            yield _place(pair)


def _place(pair: dict[str, Any]) -> str:
    if pair["place"] == "near":
        return f"{2.0 * EARTH_RADIUS_KM * math.asin(math.sqrt(pair['angle'])):.1f} km apart"
    return "same point" if pair["place"] == "point" else "same town by name"


def _spans(reader: Reader, left: str, right: str, rows: int) -> Iterator[tuple[int, int]]:
    """(first day, day after the last), days since 1970, each with about `rows` incidents at most; together all days."""
    steps = ask(reader, _ALL, by_days, left=left, right=right).to_pylist()
    if not steps:
        return
    start, held = -(10**6), 0
    for step in steps:
        if held and held + step["incidents"] > rows:
            yield start, step["step"] * DAYS_COUNTED
            start, held = step["step"] * DAYS_COUNTED, 0
        held += step["incidents"]
    yield start, 10**6


def _left_out(reader: Reader, values: dict[str, object], has_sites: bool) -> int:
    sides = ["right"] if values["left"] == values["right"] else ["left", "right"]
    return sum(int(_first(reader, left_out, side, has_sites, **values)["incidents"]) for side in sides)


def _first(reader: Reader, panel: Panel, *arguments: Any, **values: object) -> dict[str, Any]:
    rows = ask(reader, _ALL, panel, *arguments, **values).to_pylist()
    return dict(rows[0]) if rows else {}


def _dataset(reader: Reader, dataset_id: str) -> Dataset:
    return next(each for each in reader.datasets if each.dataset_id == dataset_id)
