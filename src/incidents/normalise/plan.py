"""Everything that is decided about an import before its first row."""

from collections.abc import Mapping

import pyarrow.compute as pc

from incidents.model.errors import Undecided, UnusableFile
from incidents.model.schema import PUBLIC_COLUMNS
from incidents.normalise.date_order import decide_order
from incidents.normalise.digits import plain
from incidents.normalise.exported import exported_name
from incidents.normalise.options import ImportOptions, ImportPlan
from incidents.reading.layouts import Layout, recognise
from incidents.reading.persons import FIGURES, PLACES, lists_persons
from incidents.reading.raw import RawTable

_GIVEN_ANEW = ("incident_id", "dataset_id", "n_sites", "source_row")  # an export's own numbering
_DATE_FIELDS = ("event_date", "event_date_end", "source_date")


def plan(raw: RawTable, options: ImportOptions | None = None) -> ImportPlan:
    """Layout, mapping and order of the dates; raises Undecided where the file leaves a question open."""
    options = options or ImportOptions()
    layout = recognise(raw, layout=options.layout, overrides=options.mapping)
    _needs_a_date(raw, layout)
    _asks_about_casualties(raw, layout, options)
    order = _orders(raw, layout, options)
    mapped = {column for name, columns in layout.mapping.items() if name != "casualties" for column in columns}
    mapped -= {layout.column(name) or "" for name in layout.codes} - set(
        PUBLIC_COLUMNS
    )  # a source's own codes are kept
    others = {column: column for column in raw.columns if column not in mapped and _has_cells(raw, column)}
    if layout.name == "incidents":
        others = {column: exported_name(column) for column in others if column not in _GIVEN_ANEW}
    return ImportPlan(layout, options, order, others, raw.repeats, raw.repeated, _file_notes(layout, options))


def _needs_a_date(raw: RawTable, layout: Layout) -> None:
    is_dated = "event_date" in layout.mapping or "year" in layout.mapping
    is_placed = any(name in layout.mapping for name in PLACES)
    found = ", ".join(raw.columns[:40]) + (", ..." if len(raw.columns) > 40 else "")
    is_list = lists_persons(raw.columns) and not any(figure in layout.mapping for figure in FIGURES)
    if is_list and not (is_dated and is_placed):
        missing = " or ".join(word for word, is_there in (("a date", is_dated), ("a place", is_placed)) if not is_there)
        field = "location" if is_dated else "event_date"
        raise UnusableFile(
            f"{raw.name} lists persons without {missing}, so no row is an incident; found the columns {found}. "
            f"If one of them is the {'place' if is_dated else 'date'}, map it with --map COLUMN={field}."
        )
    if not is_dated:
        raise UnusableFile(f"{raw.name}: no column for the date; found {found}. Map one with --map COLUMN=event_date.")
    if is_list and layout.name != "persons":
        raise UnusableFile(
            f"{raw.name} lists persons, and no column says that they were killed; if each row is one person killed, say so "
            "with --layout persons, if each row is an incident, with --layout proposed."
        )


def _asks_about_casualties(raw: RawTable, layout: Layout, options: ImportOptions) -> None:
    """A column of casualties is settled by one of the killed, or by the user: "casualties" are both, and kept uncounted."""
    column = layout.column("casualties")
    if column is None or "fatalities" in layout.mapping or "casualties" in options.mapping.values():
        return
    raise Undecided(
        f'{raw.name}: column {column} may count the killed, or the killed and the injured; say which with --map "{column}=fatalities" '
        f'(killed) or --map "{column}=casualties" (killed and injured: kept beside each incident, not counted).',
        "casualties",
        ("fatalities", "casualties"),
    )


def _file_notes(layout: Layout, options: ImportOptions) -> tuple[str, ...]:
    """What was decided for the file as a whole and may be wrong."""
    notes = []
    if (
        options.country is None
        and "country" not in layout.mapping
        and not {"latitude", "coordinates"} & set(layout.mapping)
    ):
        notes.append(
            "no column names the country; a place is found only where its name is known in one country alone (--country NAME)"
        )
    return tuple(notes)


def _orders(raw: RawTable, layout: Layout, options: ImportOptions) -> Mapping[str, str | None]:
    """Day and month of each date column; the column of the incident's date speaks for the end date too."""
    orders: dict[str, str | None] = {}
    for name in _DATE_FIELDS:
        column = layout.column(name)
        if column is None:
            continue
        if options.dates is None and layout.dates is not None and name != "source_date":
            orders[name] = None
            continue
        distinct = pc.unique(raw.table.column(column))
        open_ = distinct.filter(pc.invert(pc.match_substring_regex(distinct, r"^\s*\d{4}-\d{2}-\d{2}")))
        cells = [plain(cell) for cell in open_.to_pylist()]
        try:
            orders[name] = decide_order(cells, options.dates, name=raw.name, column=column)
        except Undecided:
            if name == "event_date":
                raise
            orders[name] = orders.get("event_date")
    if orders.get("event_date_end") is None and "event_date_end" in orders:
        orders["event_date_end"] = orders.get("event_date")
    return orders


def _has_cells(raw: RawTable, column: str) -> bool:
    return bool(pc.any(pc.not_equal(raw.table.column(column), "")).as_py())
