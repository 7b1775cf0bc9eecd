"""Everything that is decided about an import before its first row."""

from collections.abc import Mapping

import numpy as np
import pyarrow.compute as pc

from incidents.model.errors import Undecided, UnusableFile
from incidents.model.schema import PUBLIC_COLUMNS
from incidents.normalise.date_order import decide_order
from incidents.normalise.digits import plain
from incidents.normalise.exported import exported_name
from incidents.normalise.options import ImportOptions, ImportPlan
from incidents.reading.files import duplicates
from incidents.reading.layouts import Layout, recognise
from incidents.reading.raw import RawTable

_PERSON_WORDS = ("age", "sex", "gender", "name", "rank", "victim", "surname", "full_name")
_GIVEN_ANEW = ("incident_id", "dataset_id", "n_sites", "source_row")  # an export's own numbering
_DATE_FIELDS = ("event_date", "event_date_end", "source_date")


def plan(raw: RawTable, options: ImportOptions | None = None) -> ImportPlan:
    """Layout, mapping and order of the dates; raises Undecided where the file leaves a question open."""
    options = options or ImportOptions()
    layout = recognise(raw, layout=options.layout, overrides=options.mapping)
    _needs_a_date(raw, layout)
    _asks_about_casualties(raw, layout)
    order = _orders(raw, layout, options)
    mapped = {column for columns in layout.mapping.values() for column in columns}
    mapped -= {layout.column(name) or "" for name in layout.codes} - set(
        PUBLIC_COLUMNS
    )  # a source's own codes are kept
    others = {column: column for column in raw.columns if column not in mapped and _has_cells(raw, column)}
    if layout.name == "incidents":
        others = {column: exported_name(column) for column in others if column not in _GIVEN_ANEW}
    repeats, repeated = duplicates(raw)
    in_order = np.argsort(repeats)
    repeats, repeated = repeats[in_order], repeated[in_order]
    return ImportPlan(layout, options, order, others, repeats, repeated)


def _needs_a_date(raw: RawTable, layout: Layout) -> None:
    if "event_date" in layout.mapping or "year" in layout.mapping:
        return
    found = ", ".join(raw.columns[:40]) + (", ..." if len(raw.columns) > 40 else "")
    if not {"location", "admin1", "latitude", "coordinates", "country"} & set(layout.mapping) and any(
        column.lower().replace(" ", "_") in _PERSON_WORDS for column in raw.columns
    ):
        raise UnusableFile(
            f"{raw.name} lists persons without a date or a place, so no row is an incident; found the columns {found}. "
            "If one of them is the date, map it with --map COLUMN=event_date."
        )
    raise UnusableFile(f"{raw.name}: no column for the date; found {found}. Map one with --map COLUMN=event_date.")


def _asks_about_casualties(raw: RawTable, layout: Layout) -> None:
    column = layout.column("casualties")
    if column is None or "fatalities" in layout.mapping:
        return
    raise Undecided(
        f'{raw.name}: column {column} may count the killed, or the killed and the injured; say which with --map "{column}=fatalities" '
        f'or --map "{column}=injured", or leave it aside with --map "{column}=source_id".'
        if "source_id" not in layout.mapping
        else f'{raw.name}: column {column} may count the killed, or the killed and the injured; say which with --map "{column}=fatalities" '
        f'or --map "{column}=injured".',
        "casualties",
        ("fatalities", "injured"),
    )


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
