"""One batch of raw rows to incidents."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from incidents.model.schema import ATTACKERS_INCLUDED, INCIDENTS, REJECTED, RESPONSIBILITIES, figure_columns
from incidents.normalise.actors import actor_names
from incidents.normalise.casualties import FigureRead, parse_figure
from incidents.normalise.cells import Cells, Remembered, encode, paired, spread
from incidents.normalise.dates import DateRead, parse_date
from incidents.normalise.digits import plain
from incidents.normalise.extra import extra_map
from incidents.normalise.folding import fold_column
from incidents.normalise.notes import NoteList
from incidents.normalise.options import ImportPlan
from incidents.normalise.places_in_text import IsPlace, PlacesRead, parse_places
from incidents.normalise.row_dates import DateColumns, RowDates, read_dates
from incidents.normalise.row_figures import RowFigure, check_sum, read_figures
from incidents.normalise.row_places import read_coordinates, read_names, read_precision
from incidents.normalise.sites import first_names, stated_sites
from incidents.normalise.words import allowed_word
from incidents.reading.raw import RawTable

_PLAIN_FIELDS = ("source_id", "sub_event_type", "admin2", "source", "source_url")


@dataclass(frozen=True, slots=True)
class Batch:
    """`incidents` follow schema.INCIDENTS, with coordinates where the file gives them; parallel to its rows:

    `place_names` the site names as written (none, one or more), `words_precision` what the words of the place allow at best, `given` whether coordinates came from
    the file. `sites` (schema.SITES) are further sites that the file itself states with their places.
    """

    incidents: pa.Table
    place_names: list[tuple[str, ...]]
    words_precision: list[str | None]
    given: np.ndarray
    sites: pa.Table
    rejected: pa.Table
    notes: pa.Table


class BatchReader:
    """Reads batch after batch of one import; what a cell means is worked out once."""

    def __init__(
        self, raw: RawTable, plan: ImportPlan, dataset_id: str, raw_text: Callable[[int], str], is_place: IsPlace | None
    ) -> None:
        self.raw, self.plan, self.dataset_id, self.raw_text = raw, plan, dataset_id, raw_text
        self.layout = plan.layout
        self.dates: Remembered[DateRead] = Remembered(parse_date)
        self.figures: Remembered[FigureRead] = Remembered(lambda cell, injured: parse_figure(str(cell), injured=bool(injured)))
        self.places: Remembered[PlacesRead] = Remembered(partial(_places, is_place))
        self.actors: Remembered[str | None] = Remembered(actor_names().canonical)
        self.repeats = dict(zip(plan.repeats.tolist(), plan.repeated.tolist(), strict=True))
        self.own_layout = self.layout.name == "incidents"

    def read(self, start: int, n: int) -> Batch:
        """Rows start to start + n of the raw table."""
        table = self.raw.table.slice(start, n)
        lines = self.raw.lines.slice(start, n).to_numpy()
        notes = NoteList(lines)
        encoded: dict[str, Cells] = {}

        def cells_of(name: str) -> Cells | None:
            column = self.layout.column(name)
            if column is None:
                return None
            if column not in encoded:
                encoded[column] = encode(table, column)
            return encoded[column]

        dated = self._dates(cells_of, notes, n)
        kept = ~np.isnat(dated.start)
        rejected = self._rejected(start, lines, dated, kept)
        columns = self._columns(table, cells_of, dated, notes, lines)
        incidents = pa.table([columns.arrays[field.name] for field in INCIDENTS], schema=INCIDENTS)
        for row in range(start, start + n) if self.repeats else ():
            if row in self.repeats:
                earlier = self.raw.lines[self.repeats[row]].as_py()
                notes.at(row - start, "", "", f"the row is the same as the one on line {earlier}")
        chosen = np.flatnonzero(kept)
        names, precision = columns.place_names, columns.words_precision
        if len(chosen) < n:
            incidents = incidents.filter(pa.array(kept))
            names, precision = [names[i] for i in chosen], [precision[i] for i in chosen]
        kept_lines = None if len(chosen) == n else set(lines[kept].tolist())
        further = cells_of("further_sites")
        return Batch(
            incidents,
            names,
            precision,
            columns.given[kept],
            stated_sites(further, kept, incidents["incident_id"], self.dataset_id, notes),
            rejected,
            notes.table(self.dataset_id, kept_lines),
        )

    def _dates(self, cells_of: Callable[[str], Cells | None], notes: NoteList, n: int) -> RowDates:
        parts = [cells_of(name) for name in ("year", "month", "day")]
        if parts[0] is not None and parts[1] is None:
            parts = parts[:1]
        columns = DateColumns(
            date=cells_of("event_date"),
            end=cells_of("event_date_end"),
            precision=cells_of("time_precision"),
            parts=tuple(part for part in parts if part is not None) if parts[0] is not None else (),
            order=self.plan.order.get("event_date"),
            end_order=self.plan.order.get("event_date_end"),
            codes=dict(self.layout.codes.get("time_precision", {})),
        )
        return read_dates(columns, self.dates, notes, n)

    def _rejected(self, start: int, lines: np.ndarray, dated: RowDates, kept: np.ndarray) -> pa.Table:
        rows = np.flatnonzero(~kept).tolist()
        return pa.table(
            [
                pa.array([self.dataset_id] * len(rows), pa.string()),
                pa.array(lines[rows]),
                pa.array([self.raw_text(start + row) for row in rows], pa.string()),
                pa.array([dated.column] * len(rows), pa.string()),
                pa.array([str(dated.values[row]) for row in rows], pa.string()),
                pa.array([str(dated.reasons[row]) for row in rows], pa.string()),
            ],
            schema=REJECTED,
        )

    def _columns(
        self, table: pa.Table, cells_of: Callable[[str], Cells | None], dated: RowDates, notes: NoteList, lines: np.ndarray
    ) -> "_Columns":
        return _Columns.read(self, table, cells_of, dated, notes, lines)


def _places(is_place: IsPlace | None, cell: str, country: str | None, is_one: bool) -> PlacesRead:
    return parse_places(cell, country, is_place, is_one=is_one)


@dataclass(slots=True)
class _Columns:
    """The canonical columns of one batch, before rejected rows are taken out."""

    arrays: dict[str, pa.Array]
    place_names: list[tuple[str, ...]]
    words_precision: list[str | None]
    given: np.ndarray

    @classmethod
    def read(
        cls,
        reader: BatchReader,
        table: pa.Table,
        cells_of: Callable[[str], Cells | None],
        dated: RowDates,
        notes: NoteList,
        lines: np.ndarray,
    ) -> "_Columns":
        n = table.num_rows
        layout, own = reader.layout, reader.own_layout
        arrays: dict[str, pa.Array] = {field.name: pa.nulls(n, field.type) for field in INCIDENTS}
        replaced: dict[str, np.ndarray] = {}  # column -> rows whose own cell is kept in `extra`
        texts = pa.array(lines).cast(pa.string())
        arrays["incident_id"] = pc.binary_join_element_wise(pa.scalar(reader.dataset_id), texts, "-")
        arrays["dataset_id"] = pa.array([reader.dataset_id], pa.string()).take(pa.array(np.zeros(n, dtype=np.int64)))
        arrays["source_row"] = pa.array(lines)
        arrays["event_date"] = pa.array(dated.start)
        arrays["event_date_end"] = pa.array(dated.end)
        arrays["time_precision"] = pa.array(dated.precision, pa.string())
        for name in _PLAIN_FIELDS:
            if (cells := cells_of(name)) is not None:
                arrays[name] = cells.strings()
        arrays["notes"] = _joined_notes(table, layout.mapping.get("notes", ()))
        if (cells := cells_of("event_type")) is not None:
            codes = layout.codes.get("event_type", {})
            words = [codes.get(cell.removesuffix(".0"), cell) for cell in cells.distinct]
            arrays["event_type"] = spread([word or None for word in words], cells.codes, pa.string())
            _replace(replaced, cells, [bool(cell) and word != cell for cell, word in zip(cells.distinct, words, strict=True)])
        country = cells_of("country")
        arrays["country"] = _country(country, reader.plan.options.country, n)
        if (cells := cells_of("admin1")) is not None:
            arrays["admin1"] = cells.strings()
        for name in ("actor1", "actor2"):
            if (cells := cells_of(name)) is not None:
                arrays[name] = _actors(reader, cells, country, replaced)
        _allowed(arrays, cells_of, "responsibility", RESPONSIBILITIES, n, replaced)
        _allowed(arrays, cells_of, "attackers_included", ATTACKERS_INCLUDED, n, replaced)
        _figures(reader, arrays, cells_of, notes, n, replaced)
        self = cls(arrays, [], [], np.zeros(n, dtype=bool))
        self._places(reader, cells_of, country, notes, n, replaced)
        _source_date(reader, arrays, cells_of, replaced)
        _kept_dates(reader, cells_of, dated, replaced)
        for name in ("time_precision", "geo_precision"):
            if name in layout.codes and (cells := cells_of(name)) is not None:
                _replace(replaced, cells, [bool(cell) for cell in cells.distinct])
        if own:
            replaced = {}
            for name in ("geo_source",):
                if (cells := cells_of(name)) is not None:
                    arrays[name] = cells.strings()
            if (cells := cells_of("geo_radius_km")) is not None:
                arrays["geo_radius_km"] = spread([_number(cell) for cell in cells.distinct], cells.codes, pa.float64())
        arrays["extra"] = extra_map(table, reader.plan.extra_columns, replaced)
        parts = [arrays[name] for name in ("notes", "actor1", "actor2", "country", "admin1", "admin2")]
        places = pa.array([" ".join(names) for names in self.place_names], pa.string())
        arrays["folded"] = fold_column(pc.binary_join_element_wise(*parts, places, " ", null_handling="skip"))
        return self

    def _places(
        self,
        reader: BatchReader,
        cells_of: Callable[[str], Cells | None],
        country: Cells | None,
        notes: NoteList,
        n: int,
        replaced: dict[str, np.ndarray],
    ) -> None:
        arrays = self.arrays
        lat, lon = read_coordinates(cells_of("latitude"), cells_of("longitude"), cells_of("coordinates"), notes, n)
        self.given = ~(np.isnan(lat) | np.isnan(lon))
        arrays["latitude"] = pa.array(lat, mask=~self.given)
        arrays["longitude"] = pa.array(lon, mask=~self.given)
        codes = dict(reader.layout.codes.get("geo_precision", {}))
        arrays["geo_precision"] = pa.array(read_precision(cells_of("geo_precision"), codes, self.given, notes), pa.string())
        location = cells_of("location")
        further = cells_of("further_sites")
        if location is not None and further is not None:
            location = first_names(location, further)
            reads, place_codes = [PlacesRead((cell,)) if cell else PlacesRead() for cell in location.distinct], location.codes
        else:
            reads, place_codes = read_names(location, country, self.given, reader.places, n)
        firsts = [read.names[0] if read.names else None for read in reads]
        arrays["location"] = spread(firsts, place_codes, pa.string())
        for name in ("admin1", "country"):
            stated = [getattr(read, name) for read in reads]
            if any(stated):
                arrays[name] = pc.coalesce(arrays[name], spread(stated, place_codes, pa.string()))
        rows = place_codes.tolist()
        self.place_names = [reads[code].names for code in rows]
        self.words_precision = [reads[code].precision for code in rows]
        if location is not None and further is None:
            whole = [names[0] if len(names) == 1 else "" for names in (read.names for read in reads)]
            same = np.array(whole, dtype=object)[place_codes] == np.array(location.distinct, dtype=object)[location.codes]
            replaced[location.column] = location.filled() & ~same


def _replace(replaced: dict[str, np.ndarray], cells: Cells, is_replaced: list[bool]) -> None:
    if any(is_replaced):
        replaced[cells.column] = np.array(is_replaced, dtype=bool)[cells.codes]


def _joined_notes(table: pa.Table, columns: tuple[str, ...]) -> pa.Array:
    if not columns:
        return pa.nulls(table.num_rows, pa.string())
    parts = []
    for column in columns:
        cells = table.column(column).combine_chunks()
        if isinstance(cells, pa.ChunkedArray):
            cells = cells.combine_chunks()
        if pc.any(pc.match_substring(cells, "_x000D_")).as_py():
            cells = pc.replace_substring(cells, "_x000D_", " ")
        trimmed = pc.utf8_trim_whitespace(cells)
        parts.append(pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed))
    if len(parts) == 1:
        return parts[0]
    ended = [pc.if_else(pc.match_substring_regex(part, r"[.!?]$"), part, pc.binary_join_element_wise(part, "", ".")) for part in parts[:-1]]
    joined = pc.binary_join_element_wise(*ended, parts[-1], " ", null_handling="skip")
    return pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined)


def _country(cells: Cells | None, default: str | None, n: int) -> pa.Array:
    stated = cells.strings() if cells is not None else pa.nulls(n, pa.string())
    return pc.fill_null(stated, default) if default else stated


def _actors(reader: BatchReader, cells: Cells, country: Cells | None, replaced: dict[str, np.ndarray]) -> pa.Array:
    default = reader.plan.options.country
    if country is None:
        names = [reader.actors(cell, default) for cell in cells.distinct]
        originals, codes = cells.distinct, cells.codes
    else:
        combinations, codes = paired(cells, country)
        names = [reader.actors(cell, nation or default) for cell, nation in combinations]
        originals = [cell for cell, _ in combinations]
    changed = [bool(name) and name != " ".join(cell.split()) for name, cell in zip(names, originals, strict=True)]
    if any(changed):
        replaced[cells.column] = np.array(changed, dtype=bool)[codes]
    return spread(names, codes, pa.string())


def _allowed(
    arrays: dict[str, pa.Array], cells_of: Callable[[str], Cells | None], name: str, allowed: tuple[str, ...], n: int, replaced: dict[str, np.ndarray]
) -> None:
    cells = cells_of(name)
    if cells is None:
        arrays[name] = pa.array(["unknown"], pa.string()).take(pa.array(np.zeros(n, dtype=np.int64)))
        return
    words = [allowed_word(cell, allowed) for cell in cells.distinct]
    arrays[name] = spread(words, cells.codes, pa.string())
    _replace(replaced, cells, [bool(cell) and word != cell for cell, word in zip(cells.distinct, words, strict=True)])


def _figures(
    reader: BatchReader, arrays: dict[str, pa.Array], cells_of: Callable[[str], Cells | None], notes: NoteList, n: int, replaced: dict[str, np.ndarray]
) -> None:
    figures = read_figures(cells_of, reader.figures, notes, n)
    attackers = cells_of("attackers_killed")
    if attackers is not None and cells_of("fatalities_actor1") is None:
        _attackers(reader, attackers, figures, arrays, notes)
    for figure, read in figures.items():
        for column, array in zip(figure_columns(figure), read.arrays(), strict=True):
            arrays[column] = array
            cells = cells_of(column)
            if cells is not None:
                _replace(replaced, cells, [not _is_plain_number(cell) for cell in cells.distinct])
    words = figures["fatalities"].from_words
    if (stated := cells_of("from_words")) is not None:
        words = words | np.array([cell.lower() in ("true", "yes", "1") for cell in stated.distinct], dtype=bool)[stated.codes]
    arrays["from_words"] = pa.array(words)
    if reader.layout.name == "ucdp-ged":
        check_sum(figures, reader.layout.column("fatalities") or "best", notes)


def _attackers(reader: BatchReader, cells: Cells, figures: dict[str, RowFigure], arrays: dict[str, pa.Array], notes: NoteList) -> None:
    """The attackers' dead are part of the total (GTD): those of actor1."""
    only = read_figures(lambda name: cells if name == "fatalities_actor1" else None, reader.figures, notes, len(cells.codes))
    figures["fatalities_actor1"] = only["fatalities_actor1"]
    known = figures["fatalities_actor1"].best >= 0
    arrays["attackers_included"] = pa.array(np.where(known, "yes", "unknown").astype(object), pa.string())


def _is_plain_number(cell: str) -> bool:
    number = cell.removesuffix(".0")
    return not cell or (number.isascii() and number.isdigit())


def _source_date(reader: BatchReader, arrays: dict[str, pa.Array], cells_of: Callable[[str], Cells | None], replaced: dict[str, np.ndarray]) -> None:
    cells = cells_of("source_date")
    if cells is None:
        return
    found = [reader.dates(cell, reader.plan.order.get("source_date")) for cell in cells.distinct]
    arrays["source_date"] = spread([read.start for read in found], cells.codes, pa.date32())
    _replace(replaced, cells, [bool(cell) and (read.start is None or not cell.startswith(read.start.isoformat())) for cell, read in zip(cells.distinct, found, strict=True)])


def _kept_dates(reader: BatchReader, cells_of: Callable[[str], Cells | None], dated: RowDates, replaced: dict[str, np.ndarray]) -> None:
    """The file's own date cell is kept where it is not an ISO date."""
    for name in ("event_date", "event_date_end"):
        cells = cells_of(name)
        if cells is not None:
            order = reader.plan.order.get(name)
            found = [reader.dates(cell, order) for cell in cells.distinct]
            _replace(replaced, cells, [bool(cell) and (read.start is None or not cell.startswith(read.start.isoformat())) for cell, read in zip(cells.distinct, found, strict=True)])


def _number(cell: str) -> float | None:
    try:
        return float(plain(cell)) if cell else None
    except ValueError:
        return None
