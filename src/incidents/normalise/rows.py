"""Raw rows to incidents, batch by batch."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from incidents.model.schema import NOTES, REJECTED
from incidents.normalise.batch import Batch, BatchReader
from incidents.normalise.chunk import parsers
from incidents.normalise.options import ImportOptions, ImportPlan
from incidents.normalise.persons import gathered
from incidents.normalise.places_in_text import IsPlace
from incidents.normalise.plan import plan
from incidents.reading.persons import status_column
from incidents.reading.raw import RawTable

ROWS_PER_BATCH = 50_000
NO_DATE = "no date"


def batches(
    raw: RawTable, planned: ImportPlan, *, dataset_id: str, rows: int = ROWS_PER_BATCH, is_place: IsPlace | None = None
) -> Iterator[Batch]:
    """Incidents, rejected rows and notes; the first batch also has the rows and notes of reading itself.

    `is_place(name, country)` tells whether a name is known, and so whether "A and B" is two places.
    """
    texts = _RawTexts(raw)
    reader = BatchReader(raw, planned, dataset_id, texts.at, parsers(is_place))
    starts = range(0, max(raw.table.num_rows, 1), rows)
    found: Iterator[Batch] = (reader.read(start, min(rows, raw.table.num_rows - start)) for start in starts)
    if planned.counts_persons:
        found = iter([_of_persons(list(found), raw)])
    for number, batch in enumerate(found):
        yield _with_reading(batch, raw, planned.notes, dataset_id) if number == 0 else batch


def _of_persons(persons: list[Batch], raw: RawTable) -> Batch:
    lines = [line for batch in persons for line in batch.incidents["source_row"].to_pylist()]
    last = dict(zip(raw.lines.to_pylist(), raw.last_lines.to_pylist(), strict=True))
    texts = dict(zip(lines, raw.raw_texts((line, last[line]) for line in lines), strict=True))
    return gathered(persons, status_column(raw.columns), texts)


def _with_reading(batch: Batch, raw: RawTable, file_notes: tuple[str, ...], dataset_id: str) -> Batch:
    faults = [(dataset_id, f.line, f.raw, f.column, f.value, f.reason) for f in raw.faults]
    notes = [(dataset_id, r.line, r.kind, r.column, r.value, r.repaired_to, r.reason) for r in raw.repairs]
    notes = [(dataset_id, 0, "note", "", "", "", note) for note in file_notes] + notes
    return replace(
        batch,
        rejected=pa.concat_tables([_table(faults, REJECTED), batch.rejected]),
        notes=pa.concat_tables([_table(notes, NOTES), batch.notes]),
    )


def _table(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in schema]
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


@dataclass(slots=True)
class _RawTexts:
    """Texts of rejected rows, asked for in rising order; the file is read through once."""

    raw: RawTable
    _wanted: deque[tuple[int, int]]
    _texts: Iterator[str]

    def __init__(self, raw: RawTable) -> None:
        self.raw = raw
        self._wanted = deque()
        self._texts = raw.raw_texts(_drained(self._wanted))

    def at(self, row: int) -> str:
        self._wanted.append((self.raw.lines[row].as_py(), self.raw.last_lines[row].as_py()))
        return next(self._texts)


def _drained(wanted: deque[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    while wanted:
        yield wanted.popleft()


__all__ = ["NO_DATE", "ROWS_PER_BATCH", "Batch", "ImportOptions", "ImportPlan", "batches", "plan"]
