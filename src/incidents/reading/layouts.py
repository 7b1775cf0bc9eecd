"""Which layout a raw table follows: the field of each column, and what its codes mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from incidents.model.errors import UnusableFile
from incidents.model.schema import PUBLIC_COLUMNS
from incidents.reading.columns import propose
from incidents.reading.hxl import fields_of_tags
from incidents.reading.raw import RawTable
from incidents.reading.vocabulary import normal

FIELDS = (
    *(name for name in PUBLIC_COLUMNS if name not in ("incident_id", "dataset_id", "n_sites", "source_row")),
    "year", "month", "day", "coordinates", "casualties", "attackers_killed", "further_sites",
)
"""What a column can be mapped to: the incident's columns, and parts that several columns make up."""

_UCDP_WHERE = {"1": "town", "2": "near", "3": "district", "4": "province", "5": "line", "6": "country", "7": "sea"}
_ACLED_GEO = {"1": "town", "2": "district", "3": "province"}
_GTD_SPECIFICITY = {"1": "town", "2": "near", "3": "district", "4": "province", "5": "country"}
_ACLED_TIME = {"1": "day", "2": "week", "3": "month"}
_UCDP_DATE = {"1": "day", "2": "week", "3": "week", "4": "month", "5": "year"}
_UCDP_TYPES = {"1": "State-based violence", "2": "Non-state violence", "3": "One-sided violence"}


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


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    needs: tuple[str, ...]
    mapping: dict[str, str]
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    attribution: str = ""
    dates: str | None = None
    reason: str = ""


_FIGURES_3 = {"fatalities_low": "low", "fatalities": "best", "fatalities_high": "high"}
_KNOWN = (
    _Known(
        "incidents",
        ("event_date", "event_date_end", "time_precision", "geo_precision", "fatalities_low", "fatalities", "fatalities_high"),
        {name: name for name in FIELDS if name not in ("year", "month", "day", "coordinates", "casualties", "attackers_killed")},
        reason="the columns that this program exports",
    ),
    _Known(
        "acled",
        ("event_date", "event_type", "sub_event_type", "actor1", "location", "fatalities"),
        {
            "source_id": "event_id_cnty", "event_date": "event_date", "time_precision": "time_precision", "event_type": "event_type",
            "sub_event_type": "sub_event_type", "actor1": "actor1", "actor2": "actor2", "country": "country", "admin1": "admin1", "admin2": "admin2",
            "location": "location", "latitude": "latitude", "longitude": "longitude", "geo_precision": "geo_precision", "source": "source",
            "notes": "notes", "fatalities": "fatalities",
        },
        {"time_precision": _ACLED_TIME, "geo_precision": _ACLED_GEO},
        "Armed Conflict Location & Event Data (ACLED), acleddata.com; its terms of use forbid passing rows on",
        reason="the columns of an ACLED export",
    ),
    _Known(
        "acled",
        ("event_date", "event_type", "actor1", "ally_actor_1", "location", "fatalities"),
        {
            "source_id": "event_id_cnty", "event_date": "event_date", "time_precision": "time_precision", "event_type": "event_type", "actor1": "actor1",
            "actor2": "actor2", "country": "country", "admin1": "admin1", "admin2": "admin2", "location": "location", "latitude": "latitude",
            "longitude": "longitude", "geo_precision": "geo_precision", "source": "source", "notes": "notes", "fatalities": "fatalities",
        },
        {"time_precision": _ACLED_TIME, "geo_precision": _ACLED_GEO},
        "Armed Conflict Location & Event Data (ACLED), acleddata.com; its terms of use forbid passing rows on",
        reason="the columns of an early ACLED file",
    ),
    _Known(
        "ucdp-ged",
        ("type_of_violence", "side_a", "side_b", "date_start", "best", "low", "high"),
        {
            "source_id": "id", "event_date": "date_start", "event_date_end": "date_end", "time_precision": "date_prec", "event_type": "type_of_violence",
            "actor1": "side_a", "actor2": "side_b", "country": "country", "admin1": "adm_1", "admin2": "adm_2", "location": "where_coordinates",
            "latitude": "latitude", "longitude": "longitude", "geo_precision": "where_prec", **_FIGURES_3, "fatalities_actor1": "deaths_a",
            "fatalities_actor2": "deaths_b", "fatalities_civilians": "deaths_civilians", "fatalities_unknown": "deaths_unknown",
            "source": "source_article", "source_date": "source_date", "notes": "source_headline",
        },
        {"time_precision": _UCDP_DATE, "geo_precision": _UCDP_WHERE, "event_type": _UCDP_TYPES},
        "Uppsala Conflict Data Program (UCDP) Georeferenced Event Dataset, CC BY 4.0; Sundberg and Melander 2013",
        "iso",
        "the columns of UCDP's Georeferenced Event Dataset",
    ),
    _Known(
        "gtd",
        ("eventid", "iyear", "imonth", "iday", "attacktype1_txt", "nkill"),
        {
            "source_id": "eventid", "year": "iyear", "month": "imonth", "day": "iday", "event_type": "attacktype1_txt", "sub_event_type": "weaptype1_txt",
            "actor1": "gname", "actor2": "targtype1_txt", "country": "country_txt", "admin1": "provstate", "location": "city", "latitude": "latitude",
            "longitude": "longitude", "geo_precision": "specificity", "fatalities": "nkill", "attackers_killed": "nkillter", "injured": "nwound",
            "source": "scite1", "notes": "summary",
        },
        {"geo_precision": _GTD_SPECIFICITY},
        "Global Terrorism Database (GTD), START, University of Maryland; its terms of use forbid passing rows on",
        reason="the columns of the Global Terrorism Database",
    ),
    _Known(
        "facts",
        ("date", "date_end", "date_precision", "towns", "killed_low", "killed", "killed_high", "place_precision"),
        {
            "event_date": "date", "event_date_end": "date_end", "time_precision": "date_precision", "location": "towns", "latitude": "latitude",
            "longitude": "longitude", "geo_precision": "place_precision", "admin1": "province", "admin2": "district", "country": "country", "actor1": "actor1", "actor2": "actor2",
            "responsibility": "responsibility", "event_type": "event_type", "fatalities_low": "killed_low", "fatalities": "killed",
            "fatalities_high": "killed_high", "fatalities_actor1": "killed_actor1", "fatalities_actor2": "killed_actor2",
            "fatalities_civilians": "killed_civilians", "fatalities_unknown": "killed_unknown", "attackers_included": "attackers_included",
            "injured_low": "injured_low", "injured": "injured", "injured_high": "injured_high", "source": "source", "source_date": "source_date",
            "source_url": "source_url", "notes": "event remark",
        },
        reason="a table of incidents with low, best and high tolls",
    ),
    _Known(
        "events",
        ("event_id", "date", "place", "killed", "injured", "actor1", "actor2", "event_type"),
        {
            "source_id": "event_id", "event_date": "date", "location": "place", "admin1": "admin1", "admin2": "admin2", "country": "country", "latitude": "latitude",
            "longitude": "longitude", "fatalities": "killed", "injured": "injured", "actor1": "actor1", "actor2": "actor2", "event_type": "event_type",
            "notes": "notes", "source": "source_dataset",
        },
        reason="a plain table of events",
    ),
)
LAYOUTS = tuple(dict.fromkeys([known.name for known in _KNOWN] + ["hxl", "proposed"]))


def recognise(raw: RawTable, *, layout: str | None = None, overrides: Mapping[str, str] | None = None) -> Layout:
    """The layout of a table; `layout` forces one, `overrides` is column -> field. Refuses aggregates with the reason."""
    by_name = _by_normal_name(raw.columns)
    if layout is not None and layout not in LAYOUTS:
        raise UnusableFile(f"There is no layout {layout}; the layouts are {', '.join(LAYOUTS)}.")
    _refuse_aggregates(raw.name, set(by_name))
    found = None
    if layout not in ("hxl", "proposed"):
        found = next((_applied(k, by_name) for k in _KNOWN if layout in (None, k.name) and set(k.needs) <= set(by_name)), None)
        if layout is not None and found is None:
            needs = next(k.needs for k in _KNOWN if k.name == layout)
            missing = [name for name in needs if name not in by_name]
            raise UnusableFile(f"{raw.name} does not follow the layout {layout}: there is no column {', '.join(missing)}.")
    if found is None and raw.hxl and layout != "proposed":
        found = _from_tags(raw)
    if found is None:
        found = _proposed(raw)
    return _overridden(raw, found, overrides or {})


def _by_normal_name(columns: tuple[str, ...]) -> dict[str, str]:
    names: dict[str, str] = {}
    for column in columns:
        names.setdefault(normal(column), column)
    return names


def _applied(known: _Known, by_name: dict[str, str]) -> Layout:
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
    is_weekly = "week" in columns and "events" in columns and ("population_best" in columns or "centroid_latitude" in columns)
    is_hapi = {"reference_period_start", "reference_period_end"} <= columns and ("events" in columns or "fatalities" in columns)
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

