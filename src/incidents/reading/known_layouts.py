"""The layouts that are known by their columns."""

from dataclasses import dataclass, field

from incidents.model.schema import PUBLIC_COLUMNS

FIELDS = (
    *(name for name in PUBLIC_COLUMNS if name not in ("incident_id", "dataset_id", "n_sites", "source_row")),
    "year",
    "month",
    "day",
    "coordinates",
    "casualties",
    "attackers_killed",
    "further_sites",
)
"""What a column can be mapped to: the incident's columns, and parts that several columns make up."""

_UCDP_WHERE = {"1": "town", "2": "near", "3": "district", "4": "province", "5": "line", "6": "country", "7": "sea"}
_ACLED_GEO = {"1": "town", "2": "district", "3": "province"}
_GTD_SPECIFICITY = {"1": "town", "2": "near", "3": "district", "4": "province", "5": "country"}
_ACLED_TIME = {"1": "day", "2": "week", "3": "month"}
_UCDP_DATE = {"1": "day", "2": "week", "3": "week", "4": "month", "5": "year"}
_UCDP_TYPES = {"1": "State-based violence", "2": "Non-state violence", "3": "One-sided violence"}


@dataclass(frozen=True, slots=True)
class KnownLayout:
    name: str
    needs: tuple[str, ...]
    mapping: dict[str, str]
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    attribution: str = ""
    dates: str | None = None
    reason: str = ""


_FIGURES_3 = {"fatalities_low": "low", "fatalities": "best", "fatalities_high": "high"}
KNOWN = (
    KnownLayout(
        "incidents",
        (
            "event_date",
            "event_date_end",
            "time_precision",
            "geo_precision",
            "fatalities_low",
            "fatalities",
            "fatalities_high",
        ),
        {
            name: name
            for name in FIELDS
            if name not in ("year", "month", "day", "coordinates", "casualties", "attackers_killed")
        },
        reason="the columns that this program exports",
    ),
    KnownLayout(
        "acled",
        ("event_date", "event_type", "sub_event_type", "actor1", "location", "fatalities"),
        {
            "source_id": "event_id_cnty",
            "event_date": "event_date",
            "time_precision": "time_precision",
            "event_type": "event_type",
            "sub_event_type": "sub_event_type",
            "actor1": "actor1",
            "actor2": "actor2",
            "country": "country",
            "admin1": "admin1",
            "admin2": "admin2",
            "location": "location",
            "latitude": "latitude",
            "longitude": "longitude",
            "geo_precision": "geo_precision",
            "source": "source",
            "notes": "notes",
            "fatalities": "fatalities",
        },
        {"time_precision": _ACLED_TIME, "geo_precision": _ACLED_GEO},
        "Armed Conflict Location & Event Data (ACLED), acleddata.com; its terms of use forbid passing rows on",
        reason="the columns of an ACLED export",
    ),
    KnownLayout(
        "acled",
        ("event_date", "event_type", "actor1", "ally_actor_1", "location", "fatalities"),
        {
            "source_id": "event_id_cnty",
            "event_date": "event_date",
            "time_precision": "time_precision",
            "event_type": "event_type",
            "actor1": "actor1",
            "actor2": "actor2",
            "country": "country",
            "admin1": "admin1",
            "admin2": "admin2",
            "location": "location",
            "latitude": "latitude",
            "longitude": "longitude",
            "geo_precision": "geo_precision",
            "source": "source",
            "notes": "notes",
            "fatalities": "fatalities",
        },
        {"time_precision": _ACLED_TIME, "geo_precision": _ACLED_GEO},
        "Armed Conflict Location & Event Data (ACLED), acleddata.com; its terms of use forbid passing rows on",
        reason="the columns of an early ACLED file",
    ),
    KnownLayout(
        "ucdp-ged",
        ("type_of_violence", "side_a", "side_b", "date_start", "best", "low", "high"),
        {
            "source_id": "id",
            "event_date": "date_start",
            "event_date_end": "date_end",
            "time_precision": "date_prec",
            "event_type": "type_of_violence",
            "actor1": "side_a",
            "actor2": "side_b",
            "country": "country",
            "admin1": "adm_1",
            "admin2": "adm_2",
            "location": "where_coordinates",
            "latitude": "latitude",
            "longitude": "longitude",
            "geo_precision": "where_prec",
            **_FIGURES_3,
            "fatalities_actor1": "deaths_a",
            "fatalities_actor2": "deaths_b",
            "fatalities_civilians": "deaths_civilians",
            "fatalities_unknown": "deaths_unknown",
            "source": "source_article",
            "source_date": "source_date",
            "notes": "source_headline",
        },
        {"time_precision": _UCDP_DATE, "geo_precision": _UCDP_WHERE, "event_type": _UCDP_TYPES},
        "Uppsala Conflict Data Program (UCDP) Georeferenced Event Dataset, CC BY 4.0; Sundberg and Melander 2013",
        "iso",
        "the columns of UCDP's Georeferenced Event Dataset",
    ),
    KnownLayout(
        "gtd",
        ("eventid", "iyear", "imonth", "iday", "attacktype1_txt", "nkill"),
        {
            "source_id": "eventid",
            "year": "iyear",
            "month": "imonth",
            "day": "iday",
            "event_type": "attacktype1_txt",
            "sub_event_type": "weaptype1_txt",
            "actor1": "gname",
            "actor2": "targtype1_txt",
            "country": "country_txt",
            "admin1": "provstate",
            "location": "city",
            "latitude": "latitude",
            "longitude": "longitude",
            "geo_precision": "specificity",
            "fatalities": "nkill",
            "attackers_killed": "nkillter",
            "injured": "nwound",
            "source": "scite1",
            "notes": "summary",
        },
        {"geo_precision": _GTD_SPECIFICITY},
        "Global Terrorism Database (GTD), START, University of Maryland; its terms of use forbid passing rows on",
        reason="the columns of the Global Terrorism Database",
    ),
    KnownLayout(
        "facts",
        ("date", "date_end", "date_precision", "towns", "killed_low", "killed", "killed_high", "place_precision"),
        {
            "event_date": "date",
            "event_date_end": "date_end",
            "time_precision": "date_precision",
            "location": "towns",
            "latitude": "latitude",
            "longitude": "longitude",
            "geo_precision": "place_precision",
            "admin1": "province",
            "admin2": "district",
            "country": "country",
            "actor1": "actor1",
            "actor2": "actor2",
            "responsibility": "responsibility",
            "event_type": "event_type",
            "fatalities_low": "killed_low",
            "fatalities": "killed",
            "fatalities_high": "killed_high",
            "fatalities_actor1": "killed_actor1",
            "fatalities_actor2": "killed_actor2",
            "fatalities_civilians": "killed_civilians",
            "fatalities_unknown": "killed_unknown",
            "attackers_included": "attackers_included",
            "injured_low": "injured_low",
            "injured": "injured",
            "injured_high": "injured_high",
            "source": "source",
            "source_date": "source_date",
            "source_url": "source_url",
            "notes": "event remark",
        },
        reason="a table of incidents with low, best and high tolls",
    ),
    KnownLayout(
        "events",
        ("event_id", "date", "place", "killed", "injured", "actor1", "actor2", "event_type"),
        {
            "source_id": "event_id",
            "event_date": "date",
            "location": "place",
            "admin1": "admin1",
            "admin2": "admin2",
            "country": "country",
            "latitude": "latitude",
            "longitude": "longitude",
            "fatalities": "killed",
            "injured": "injured",
            "actor1": "actor1",
            "actor2": "actor2",
            "event_type": "event_type",
            "notes": "notes",
            "source": "source_dataset",
        },
        reason="a plain table of events",
    ),
)
