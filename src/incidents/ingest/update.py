"""What an update changes: the rows of a file against those of the dataset whose place it takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from incidents.ingest.fingerprints import CONTENT, GIVEN, Hashes, Table, contents, further_names, ids
from incidents.model.dataset import Dataset
from incidents.model.schema import FIGURES, figure_columns
from incidents.store import Store

EXAMPLES = 20
BY_ID, BY_CONTENT = "source_id", "content"
_MIXER = np.uint64(0x9E3779B97F4A7C15)  # odd and without a pattern, so that the products spread over all numbers


@dataclass(frozen=True, slots=True)
class Example:
    """`what` says how a changed incident differs: "fatalities 3 -> 5"."""

    kind: str  # new, changed, gone
    source_id: str
    date: str
    place: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """old = same + changed + gone; new file = same + changed + new. `matched_by` is source_id, or content where one of the
    two has no ids: a changed incident is then a new one and a gone one."""

    new: int
    changed: int
    gone: int
    same: int
    matched_by: str
    examples: tuple[Example, ...] = ()

    def as_json(self) -> dict[str, int]:
        return {"new": self.new, "changed": self.changed, "gone": self.gone, "same": self.same}


class Comparison:
    """Compares batch after batch of the new file; only numbers are kept of each row."""

    def __init__(self, store: Store, dataset: Dataset, *, has_ids: bool) -> None:
        self._store, self._dataset = store, dataset
        self._further = further_names(store.rows(dataset.dataset_id, "sites")) if dataset.has_sites else {}
        batches = [_hashes(batch, self._further) for batch in store.rows(dataset.dataset_id, "incidents")]
        old_ids, self._old = _joined(batches)
        self._by_id = has_ids and bool(old_ids.any())
        self._old_keys = _keys(old_ids, self._old, self._by_id)
        self._old_pairs = _pairs(self._old_keys, self._old)
        self._new: list[tuple[Hashes, Hashes]] = []
        self._examples: dict[str, list[dict[str, Any]]] = {"new": [], "changed": []}

    def add(self, incidents: pa.Table, sites: pa.Table) -> None:
        names, hashes = _hashes(incidents, further_names([sites]))
        keys = _keys(names, hashes, self._by_id)
        self._new.append((keys, hashes))
        if all(len(kept) >= EXAMPLES for kept in self._examples.values()):
            return
        is_known = np.isin(keys, self._old_keys)
        is_same = np.isin(_pairs(keys, hashes), self._old_pairs)
        for kind, found in (("new", ~is_known), ("changed", is_known & ~is_same)):
            kept = self._examples[kind]
            rows = np.flatnonzero(found)[: EXAMPLES - len(kept)].tolist()
            kept += [{**_row(incidents, row), "key": int(keys[row])} for row in rows]

    def changes(self) -> Changes:
        new_keys, new = _joined(self._new)
        old_left, new_left, same = _left_over(self._old_keys, self._old, new_keys, new)
        paired = old_left.index.intersection(new_left.index)
        changed = int(np.minimum(old_left.loc[paired].to_numpy(), new_left.loc[paired].to_numpy()).sum())
        new_count, gone = int(new_left.sum()) - changed, int(old_left.sum()) - changed
        matched_by = BY_ID if self._by_id else BY_CONTENT
        return Changes(new_count, changed, gone, same, matched_by, self._listed(new_keys))

    def _listed(self, new_keys: Hashes) -> tuple[Example, ...]:
        """Examples of every kind; the old rows are read once more, for those that are gone or changed."""
        asked = {row["key"] for row in self._examples["changed"]}
        before: dict[int, dict[str, Any]] = {}
        gone: list[dict[str, Any]] = []
        for batch in self._store.rows(self._dataset.dataset_id, "incidents"):
            names, hashes = _hashes(batch, self._further)
            keys = _keys(names, hashes, self._by_id)
            for row in np.flatnonzero(np.isin(keys, np.array(sorted(asked), dtype=np.uint64))).tolist():
                before.setdefault(int(keys[row]), _row(batch, row))
            missing = np.flatnonzero(~np.isin(keys, new_keys))[: EXAMPLES - len(gone)]
            gone += [_row(batch, row) for row in missing.tolist()]
        return (
            *(_example("new", row) for row in self._examples["new"]),
            *(_example("changed", row, _difference(before[row["key"]], row)) for row in self._examples["changed"]),
            *(_example("gone", row) for row in gone),
        )


def _hashes(table: Table, further: dict[str, str]) -> tuple[Hashes, Hashes]:
    return ids(table), contents(table, further)


def _joined(parts: Iterable[tuple[Hashes, Hashes]]) -> tuple[Hashes, Hashes]:
    parts = list(parts)
    empty = np.zeros(0, dtype=np.uint64)
    return np.concatenate([empty, *(part[0] for part in parts)]), np.concatenate([empty, *(part[1] for part in parts)])


def _keys(names: Hashes, hashes: Hashes, by_id: bool) -> Hashes:
    """What a row is matched by: its id, or its content where it has none."""
    return np.where(names != 0, names, hashes) if by_id else hashes


def _pairs(keys: Hashes, hashes: Hashes) -> Hashes:
    """One number for a key with a content."""
    return keys * _MIXER + hashes


def _row(batch: Table, row: int) -> dict[str, Any]:
    found: dict[str, Any] = batch.slice(row, 1).to_pylist()[0]
    return found


def _left_over(
    old_keys: Hashes, old: Hashes, new_keys: Hashes, new: Hashes
) -> tuple["pd.Series[int]", "pd.Series[int]", int]:
    """Rows of each key that have no equal on the other side, and how many have; an id that occurs twice counts twice."""
    olds = pd.DataFrame({"key": old_keys, "content": old}).value_counts()
    news = pd.DataFrame({"key": new_keys, "content": new}).value_counts()
    both = pd.concat([olds.rename("old"), news.rename("new")], axis=1).fillna(0).astype(int)
    same = both.min(axis=1)
    left = both.sub(same, axis=0).groupby(level=0).sum()
    old_left, new_left = left["old"], left["new"]
    return old_left[old_left > 0], new_left[new_left > 0], int(same.sum())


def _example(kind: str, row: dict[str, Any], what: str = "") -> Example:
    place = row["location"] or row["admin1"] or row["country"] or ""
    return Example(kind, row["source_id"] or "", str(row["event_date"]), place, what)


def _difference(before: dict[str, Any], after: dict[str, Any]) -> str:
    """The columns that differ, from what to what."""
    names = [*CONTENT, *(GIVEN if "given" in (before["geo_source"], after["geo_source"]) else ())]
    parts = {name: f"{_shown(before[name])} -> {_shown(after[name])}" for name in names if before[name] != after[name]}
    for figure in FIGURES:
        low, best, high = figure_columns(figure)
        for bound in (low, high):
            if parts.get(bound) == parts.get(best):  # an exact figure is told once
                parts.pop(bound, None)
    old, new = dict(before["extra"] or ()), dict(after["extra"] or ())
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            parts[name] = f"{_shown(old.get(name))} -> {_shown(new.get(name))}"
    return "; ".join(f"{name} {change}" for name, change in parts.items()) or "its places"


def _shown(value: object) -> str:
    text = "none" if value is None else str(value)
    return text if len(text) <= 60 else text[:59] + "…"
