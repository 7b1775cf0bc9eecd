"""Rows of persons gathered into incidents: one for each day, place, type and actor."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from incidents.model.schema import INCIDENTS, NOTES, REJECTED
from incidents.normalise.batch import Batch
from incidents.normalise.folding import fold_words

NO_PLACE = "a person without a place"
NOT_KILLED = "a person who was not killed"
_SAME = ("event_date", "event_date_end", "country", "admin1", "admin2", "location", "latitude", "longitude", "event_type", "actor1", "actor2")  # fmt: skip
_KILLED = re.compile(r"(?i)killed|dead|died|death|martyr|deceased|fatal|muert|fallec|tué|mort|قتل|شهید|کشته")
_INJURED = re.compile(r"(?i)injur|wound|hurt|herid|bless|جرح|جریح|زخم|مجروح")
_JOINED = ("notes", "source", "source_url", "source_id")


def gathered(batches: Sequence[Batch], status: str | None, raw_texts: dict[int, str]) -> Batch:
    """All batches of a list of persons as one batch of incidents; `raw_texts` has the text of each line."""
    whole = _joined(batches)
    rows = whole.incidents.to_pylist()
    dataset_id = rows[0]["dataset_id"] if rows else ""
    kept: dict[tuple[object, ...], list[int]] = {}
    refused: list[tuple[object, ...]] = []
    kinds = [_kind(row, status) for row in rows]
    for number, row in enumerate(rows):
        reason = "" if kinds[number] else NOT_KILLED
        if not any(row[name] for name in ("country", "admin1", "admin2", "location")) and row["latitude"] is None:
            reason = NO_PLACE
        if reason:
            value = dict(row["extra"]).get(status or "", "") if reason == NOT_KILLED else ""
            column = status or "" if reason == NOT_KILLED else ""
            line = row["source_row"]
            refused.append((dataset_id, line, raw_texts[line], column, value, reason))
        else:
            kept.setdefault(_key(row, whole.places[whole.codes[number]].names), []).append(number)
    first = [numbers[0] for numbers in kept.values()]
    incidents = [_incident([rows[n] for n in numbers], [kinds[n] for n in numbers]) for numbers in kept.values()]
    notes = [
        (dataset_id, rows[number]["source_row"], "note", "", "", "", f"a person of the incident of line {rows[numbers[0]]['source_row']}")
        for numbers in kept.values()
        for number in numbers[1:]
    ]  # fmt: skip
    return replace(
        whole,
        incidents=pa.Table.from_pylist(incidents, INCIDENTS),
        codes=whole.codes[first] if first else whole.codes[:0],
        given=whole.given[first] if first else whole.given[:0],
        rejected=pa.concat_tables([whole.rejected, _table(refused, REJECTED)]),
        notes=pa.concat_tables([whole.notes, _table(notes, NOTES)]),
    )


def _joined(batches: Sequence[Batch]) -> Batch:
    before = np.cumsum([0, *(len(batch.places) for batch in batches)])
    return Batch(
        incidents=pa.concat_tables([batch.incidents for batch in batches]),
        places=[read for batch in batches for read in batch.places],
        codes=np.concatenate([batch.codes + number for batch, number in zip(batches, before, strict=False)]),
        given=np.concatenate([batch.given for batch in batches]),
        sites=pa.concat_tables([batch.sites for batch in batches]),
        rejected=pa.concat_tables([batch.rejected for batch in batches]),
        notes=pa.concat_tables([batch.notes for batch in batches]),
        kept_columns=tuple(dict.fromkeys(column for batch in batches for column in batch.kept_columns)),
    )


def _key(row: dict[str, object], names: tuple[str, ...]) -> tuple[object, ...]:
    same = (fold_words(value) if isinstance(value, str) else value for value in (row[name] for name in _SAME))
    return (*same, *(fold_words(name) for name in names))


def _kind(row: dict[str, object], status: str | None) -> str:
    """killed, injured, or "" for another fate; without a column that tells, killed."""
    extra = row["extra"]
    cell = dict(extra).get(status, "") if status and isinstance(extra, list) else ""
    if not cell or _KILLED.search(cell):
        return "killed"
    return "injured" if _INJURED.search(cell) else ""


def _incident(persons: list[dict[str, object]], kinds: list[str]) -> dict[str, object]:
    """The first person's row, with the number of persons and the cells of all of them."""
    made = dict(persons[0])
    for figure, kind in (("fatalities", "killed"), ("injured", "injured")):
        number = kinds.count(kind) or None
        made |= {f"{figure}_low": number, figure: number, f"{figure}_high": number}
    if len(persons) == 1:
        return made
    for name in _JOINED:
        cells = dict.fromkeys(str(row[name]) for row in persons if row[name])
        made[name] = "; ".join(cells) or None
    columns = dict.fromkeys(column for row in persons for column, _ in _pairs(row))
    found = [dict(_pairs(row)) for row in persons]
    made["extra"] = [(column, "; ".join(cells.get(column, "–") for cells in found)) for column in columns]
    made["folded"] = " ".join(dict.fromkeys(str(row["folded"] or "") for row in persons)).strip() or None
    return made


def _pairs(row: dict[str, object]) -> list[tuple[str, str]]:
    extra = row["extra"]
    return extra if isinstance(extra, list) else []


def _table(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in schema]
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )
