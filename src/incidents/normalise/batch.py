"""One batch of raw rows to incidents."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from incidents.model.schema import INCIDENTS, REJECTED
from incidents.normalise.cells import Cells, spread
from incidents.normalise.chunk import Chunk, Parsers
from incidents.normalise.exported import restore_cells
from incidents.normalise.extra import extra_map
from incidents.normalise.folding import fold_column
from incidents.normalise.notes import NoteList
from incidents.normalise.options import ImportPlan
from incidents.normalise.places_in_text import PlacesRead
from incidents.normalise.row_dates import DateColumns, RowDates, read_dates
from incidents.normalise.row_sites import RowSites, read_sites
from incidents.normalise.row_texts import read_texts
from incidents.normalise.row_tolls import read_tolls
from incidents.normalise.sites import parse_sites, stated_sites
from incidents.reading.raw import RawTable

_TIME_OF_DAY = r"^\s*\d{4}-\d\d-\d\d[ T](0[1-9]|[12]\d|00:0*[1-9]|00:00:[0-9.]*[1-9]|00:[1-5])"
REPEATS_NOTED = 10_000
NEVER_INERT = ("json", "parquet")  # cells are made inert for spreadsheets only


@dataclass(frozen=True, slots=True)
class Batch:
    """`incidents` follow schema.INCIDENTS, with coordinates where the file gives them; parallel to its rows are `codes`,
    the number of each row's place among `places` (what distinct place cells say), and `given`, whether coordinates came
    from the file. `sites` (schema.SITES) are further sites that the file itself
    states with their places. `kept_columns` are mapped columns of which `extra` holds the file's own cells.
    """

    incidents: pa.Table
    places: list[PlacesRead]
    codes: np.ndarray
    given: np.ndarray
    sites: pa.Table
    rejected: pa.Table
    notes: pa.Table
    kept_columns: tuple[str, ...] = ()


@dataclass(slots=True)
class BatchReader:
    """Reads batch after batch of one import; `raw_text` gives the text of a rejected row."""

    raw: RawTable
    plan: ImportPlan
    dataset_id: str
    raw_text: Callable[[int], str]
    parsers: Parsers

    def read(self, start: int, n: int) -> Batch:
        """Rows start to start + n of the raw table."""
        lines = self.raw.lines.slice(start, n).to_numpy()
        table = self.raw.table.slice(start, n)
        if self.plan.is_own and self.raw.format not in NEVER_INERT:
            table = restore_cells(table)
        chunk = Chunk(table, lines, self.dataset_id, self.plan, self.parsers, NoteList(lines))
        dated = _dates(chunk)
        kept = ~np.isnat(dated.start)
        rejected = self._rejected(chunk, start, dated, kept)
        incidents, places = _incidents(chunk, dated)
        self._note_repeats(chunk, start)
        if not kept.all():
            incidents = incidents.filter(pa.array(kept))
        return Batch(
            incidents,
            places.reads,
            places.codes[kept],
            places.given[kept],
            stated_sites(chunk.cells("further_sites"), kept, incidents["incident_id"], self.dataset_id, chunk.notes),
            rejected,
            chunk.notes.table(self.dataset_id, None if kept.all() else set(lines[kept].tolist())),
            tuple(column for column in chunk.replaced if column not in self.plan.others),
        )

    def _rejected(self, chunk: Chunk, start: int, dated: RowDates, kept: np.ndarray) -> pa.Table:
        rows = np.flatnonzero(~kept).tolist()
        texts = [
            [self.dataset_id] * len(rows),
            [self.raw_text(start + row) for row in rows],
            [dated.column] * len(rows),
        ]
        texts += [[str(part[row]) for row in rows] for part in (dated.values, dated.reasons)]
        dataset, raw, column, value, reason = (pa.array(part, pa.string()) for part in texts)
        return pa.table([dataset, pa.array(chunk.lines[rows]), raw, column, value, reason], schema=REJECTED)

    def _note_repeats(self, chunk: Chunk, start: int) -> None:
        """A note on each of the first rows that equal an earlier one; the plan counts them all."""
        repeats, repeated = self.plan.repeats[:REPEATS_NOTED], self.plan.repeated[:REPEATS_NOTED]
        here = (repeats >= start) & (repeats < start + chunk.n)
        for row, earlier in zip(repeats[here].tolist(), repeated[here].tolist(), strict=True):
            line = self.raw.lines[earlier].as_py()
            chunk.notes.at(row - start, "", f"line {line}", "the row is the same as an earlier one")


def _dates(chunk: Chunk) -> RowDates:
    parts = [cells for name in ("year", "month", "day") if (cells := chunk.cells(name)) is not None]
    if chunk.cells("year") is None:
        parts = []
    elif chunk.cells("month") is None:
        parts = parts[:1]
    columns = DateColumns(
        date=chunk.days("event_date"),
        end=chunk.days("event_date_end"),
        precision=chunk.cells("time_precision"),
        parts=tuple(parts),
        order=chunk.plan.order.get("event_date"),
        end_order=chunk.plan.order.get("event_date_end"),
        codes=chunk.codes("time_precision"),
    )
    return read_dates(columns, chunk.parsers.dates, chunk.notes)


def _incidents(chunk: Chunk, dated: RowDates) -> tuple[pa.Table, RowSites]:
    """All rows in schema.INCIDENTS, those without a date included, and their places."""
    lines = pa.array(chunk.lines)
    columns = {
        "incident_id": pc.binary_join_element_wise(pa.scalar(chunk.dataset_id), lines.cast(pa.string()), "-"),
        "dataset_id": chunk.constant(chunk.dataset_id),
        "event_date": pa.array(dated.start),
        "event_date_end": pa.array(dated.end),
        "time_precision": pa.array(dated.precision, pa.string()),
        "source_row": lines,
    }
    columns |= read_texts(chunk)
    columns |= read_tolls(chunk)
    places = read_sites(chunk, columns)
    columns |= places.columns
    if (cells := chunk.days("source_date")) is not None:
        columns["source_date"] = _source_date(chunk, cells)
    _keep_dates_and_codes(chunk)
    if chunk.plan.is_own:
        chunk.replaced.clear()
    columns["extra"] = extra_map(chunk.table, chunk.plan.others, chunk.replaced)
    searched = [
        columns[name] for name in ("notes", "actor1", "actor2", "country", "admin1", "admin2") if name in columns
    ]
    names = _all_names(chunk, places)
    columns["folded"] = fold_column(pc.binary_join_element_wise(*searched, names, " ", null_handling="skip"))
    arrays = [columns[field.name] if field.name in columns else pa.nulls(chunk.n, field.type) for field in INCIDENTS]
    return pa.table(arrays, schema=INCIDENTS), places


def _all_names(chunk: Chunk, places: RowSites) -> pa.Array:
    """The names of every site, for the word search; further sites may have a column of their own."""
    names = spread([" ".join(read.names) for read in places.reads], places.codes, pa.string())
    further = chunk.cells("further_sites")
    if further is None or not any(further.distinct):
        return names
    named = [" ".join(str(site["location"] or "") for site in parse_sites(cell) or ()) for cell in further.distinct]
    return pc.binary_join_element_wise(names, spread(named, further.codes, pa.string()), " ")


def _source_date(chunk: Chunk, cells: Cells) -> pa.Array:
    """Read where it can be; the file's own cell is kept where it cannot."""
    order = chunk.plan.order.get("source_date")
    return spread([chunk.parsers.dates(cell, order).start for cell in cells.distinct], cells.codes, pa.date32())


def _keep_dates_and_codes(chunk: Chunk) -> None:
    """The file's own date where it is not written as an ISO date or has a time of day, and its own codes of precision."""
    for name in ("event_date", "event_date_end", "source_date"):
        if (cells := chunk.days(name)) is not None:
            order = chunk.plan.order.get(name)
            starts = [chunk.parsers.dates(cell, order).start for cell in cells.distinct]
            pairs = zip(cells.distinct, starts, strict=True)
            chunk.keep(
                cells,
                [bool(cell) and (start is None or not cell.startswith(start.isoformat())) for cell, start in pairs],
            )
            encoded = chunk.encoded(cells.column)
            has_time = pc.match_substring_regex(encoded.dictionary, _TIME_OF_DAY).take(encoded.indices)
            timed = has_time.to_numpy(zero_copy_only=False).astype(bool)
            if timed.any():
                chunk.replaced[cells.column] = timed | chunk.replaced.get(cells.column, False)
    for name in ("time_precision", "geo_precision"):
        if (cells := chunk.cells(name)) is not None and name in chunk.plan.layout.codes:
            chunk.keep(cells, [bool(cell) for cell in cells.distinct])
