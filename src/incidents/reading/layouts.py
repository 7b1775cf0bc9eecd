"""Which layout a raw table follows: the field of each column, and what its codes mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from incidents.model.errors import UnusableFile
from incidents.reading.columns import propose
from incidents.reading.hxl import fields_of_tags
from incidents.reading.known_layouts import FIELDS, KNOWN, KnownLayout
from incidents.reading.persons import counts_persons
from incidents.reading.raw import RawTable
from incidents.reading.vocabulary import normal


@dataclass(frozen=True, slots=True)
class Layout:
    """`mapping` is field -> column(s) of the file (several columns are joined, for notes only).

    `codes` is field -> code in the file -> value; `confidence` is field -> 0 to 1, for proposed fields only.
    """

    name: str
    mapping: Mapping[str, tuple[str, ...]]
    reason: str
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    confidence: Mapping[str, float] = field(default_factory=dict)
    attribution: str = ""
    dates: str | None = None  # the order that the layout prescribes

    def column(self, name: str) -> str | None:
        """The one column of a field."""
        columns = self.mapping.get(name)
        return columns[0] if columns else None


LAYOUTS = tuple(dict.fromkeys([known.name for known in KNOWN] + ["hxl", "persons", "proposed"]))


def recognise(raw: RawTable, *, layout: str | None = None, overrides: Mapping[str, str] | None = None) -> Layout:
    """The layout of a table; `layout` forces one, `overrides` is column -> field. Refuses aggregates with the reason."""
    by_name = _by_normal_name(raw.columns)
    if layout is not None and layout not in LAYOUTS:
        raise UnusableFile(f"There is no layout {layout}; the layouts are {', '.join(LAYOUTS)}.")
    _refuse_aggregates(raw.name, set(by_name))
    found = None
    if layout not in ("hxl", "persons", "proposed"):
        found = next(
            (_applied(k, by_name) for k in KNOWN if layout in (None, k.name) and set(k.needs) <= set(by_name)), None
        )
        if layout is not None and found is None:
            needs = next(k.needs for k in KNOWN if k.name == layout)
            missing = [name for name in needs if name not in by_name]
            raise UnusableFile(
                f"{raw.name} does not follow the layout {layout}: there is no column {', '.join(missing)}."
            )
    if found is None and raw.hxl and layout not in ("persons", "proposed"):
        found = _from_tags(raw)
    if found is None:
        found = _proposed(raw)
    found = _overridden(raw, found, overrides or {})
    is_list = layout is None and found.name == "proposed" and counts_persons(raw.columns, raw.table, found.mapping)
    if is_list or layout == "persons":
        return replace(found, name="persons", reason="one row for each person killed")
    return found


def _by_normal_name(columns: tuple[str, ...]) -> dict[str, str]:
    names: dict[str, str] = {}
    for column in columns:
        names.setdefault(normal(column), column)
    return names


def _applied(known: KnownLayout, by_name: dict[str, str]) -> Layout:
    mapping = {}
    for name, words in known.mapping.items():
        columns = tuple(by_name[word] for word in words.split() if word in by_name)
        if columns:
            mapping[name] = columns
    if known.name == "ucdp-ged" and "source" not in mapping and "source_office" in by_name:
        mapping["source"] = (by_name["source_office"],)
    if known.name == "acled" and "source_id" not in mapping:
        number = next((by_name[n] for n in ("data_id", "event_id_no_cnty") if n in by_name), None)
        if number:
            mapping["source_id"] = (number,)
    return Layout(known.name, mapping, known.reason, known.codes, {}, known.attribution, known.dates)


def _refuse_aggregates(name: str, columns: set[str]) -> None:
    is_weekly = (
        "week" in columns and "events" in columns and ("population_best" in columns or "centroid_latitude" in columns)
    )
    is_hapi = {"reference_period_start", "reference_period_end"} <= columns and (
        "events" in columns or "fatalities" in columns
    )
    is_monthly = {"events", "fatalities"} <= columns and {"month", "year"} <= columns and "event_date" not in columns
    if is_weekly or is_hapi or is_monthly:
        raise UnusableFile(
            f"{name} holds sums per week or month and place, not incidents: each row counts several events; "
            "bring the file of single events."
        )


def _from_tags(raw: RawTable) -> Layout | None:
    mapping = {name: (column,) for name, column in fields_of_tags(raw.hxl or {}).items()}
    if "event_date" not in mapping and "year" not in mapping:
        return None
    proposed = propose(raw)
    taken = {columns[0] for columns in mapping.values()}
    for name, (column, confidence) in proposed.items():
        if name not in mapping and column not in taken and confidence >= 0.9:
            mapping[name] = (column,)
            taken.add(column)
    return Layout("hxl", mapping, "the HXL tags of its columns")


def _proposed(raw: RawTable) -> Layout:
    found = propose(raw)
    mapping = {name: (column,) for name, (column, _) in found.items()}
    confidence = {name: sure for name, (_, sure) in found.items()}
    return Layout("proposed", mapping, "a proposal from the header words and the cells", {}, confidence)


def _overridden(raw: RawTable, found: Layout, overrides: Mapping[str, str]) -> Layout:
    if not overrides:
        return found
    by_name = _by_normal_name(raw.columns)
    mapping = dict(found.mapping)
    for column, name in overrides.items():
        actual = column if column in raw.columns else by_name.get(normal(column))
        if actual is None:
            raise UnusableFile(f"{raw.name} has no column {column}; found {', '.join(raw.columns)}.")
        if name and name not in FIELDS:
            raise UnusableFile(f"There is no field {name}; the fields are {', '.join(FIELDS)}.")
        mapping = {key: columns for key, columns in mapping.items() if columns != (actual,)}
        if name:
            mapping[name] = (actual,)
    return replace(found, mapping=mapping)
