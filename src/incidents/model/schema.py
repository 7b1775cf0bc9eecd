"""The columns of incidents, sites, rejected rows and notes, as Arrow schemas."""

import pyarrow as pa

SIDES = ("actor1", "actor2", "civilians", "unknown")
"""Sides whose dead are kept apart; `unknown` is the unknown side."""

TIME_PRECISIONS = ("day", "week", "month", "year")
GEO_PRECISIONS = ("town", "near", "line", "district", "province", "country", "sea", "unstated")
"""From the best known to the least; null means unlocated."""

AREA_PRECISIONS = ("district", "province", "country", "sea")
"""Drawn as a dashed ring, never as a dot, and never in one cluster with towns."""

GEO_SOURCES = ("given", "gazetteer", "decision", "online", "own data")
RESPONSIBILITIES = ("claimed", "attributed", "disputed", "unknown")
ATTACKERS_INCLUDED = ("yes", "no", "unknown")


def figure_columns(name: str) -> tuple[str, str, str]:
    """Low, best and high column of a figure: ("injured_low", "injured", "injured_high")."""
    return f"{name}_low", name, f"{name}_high"


FIGURES = ("fatalities", *(f"fatalities_{side}" for side in SIDES), "injured")
"""Figures in three columns each. High null while low or best is known: the high is open. All three null: no figure."""

_PLACE = [
    ("country", pa.string()),
    ("admin1", pa.string()),
    ("admin2", pa.string()),
    ("location", pa.string()),
    ("latitude", pa.float64()),
    ("longitude", pa.float64()),
    ("geo_precision", pa.string()),
    ("geo_radius_km", pa.float64()),
    ("geo_source", pa.string()),
]
_MERCATOR = [
    ("merc_x", pa.int32()),  # web-mercator integers, see model.mercator; null where unlocated
    ("merc_y", pa.int32()),
]

INCIDENTS = pa.schema(
    [
        ("incident_id", pa.string()),  # see incident_id()
        ("dataset_id", pa.string()),
        ("source_id", pa.string()),
        ("event_date", pa.date32()),
        ("event_date_end", pa.date32()),  # never null: equal to event_date for one day
        ("time_precision", pa.string()),
        ("event_type", pa.string()),
        ("sub_event_type", pa.string()),
        ("actor1", pa.string()),
        ("actor2", pa.string()),
        ("responsibility", pa.string()),
        *_PLACE,
        ("n_sites", pa.int16()),  # 1 for a single place, also where unlocated
        *((column, pa.int32()) for figure in FIGURES for column in figure_columns(figure)),
        ("attackers_included", pa.string()),
        ("from_words", pa.bool_()),  # a figure of the total rests on a word such as "dozens"
        ("source", pa.string()),
        ("source_date", pa.date32()),
        ("source_url", pa.string()),
        ("notes", pa.string()),
        ("source_row", pa.int64()),  # 1-based line of the file on which the record begins
        # kept for the program, not shown as columns of their own:
        *_MERCATOR,
        ("folded", pa.string()),  # notes, actors and places folded for word search
        ("geo_match", pa.string()),  # how the place was found, for the details panel
        ("extra", pa.map_(pa.string(), pa.string())),  # the file's other columns, header -> cell, empty cells left out
    ]
)

ANSWERED = ("latitude", "longitude", "geo_precision", "geo_radius_km", "geo_source", "geo_match")
"""What an answer on a place fills, in incidents and in sites; the web-mercator integers follow from it."""

INTERNAL_COLUMNS = ("merc_x", "merc_y", "folded", "geo_match", "extra")
PUBLIC_COLUMNS = tuple(name for name in INCIDENTS.names if name not in INTERNAL_COLUMNS)

SITES = pa.schema(
    [
        ("incident_id", pa.string()),
        ("dataset_id", pa.string()),
        ("site_no", pa.int16()),  # 2, 3, ...: the first site is on the incident's own row
        *_PLACE,
        *_MERCATOR,
        ("geo_match", pa.string()),
    ]
)

REJECTED = pa.schema(
    [
        ("dataset_id", pa.string()),
        ("line", pa.int64()),
        ("raw", pa.string()),  # the row's text as it stands in the file, cut at 10,000 characters
        ("column", pa.string()),
        ("value", pa.string()),
        ("reason", pa.string()),
    ]
)

NOTES = pa.schema(
    [
        ("dataset_id", pa.string()),
        ("line", pa.int64()),
        ("kind", pa.string()),  # "repaired" (value changed from -> to) or "note" (a doubt, nothing changed)
        ("column", pa.string()),
        ("value", pa.string()),
        ("repaired_to", pa.string()),
        ("reason", pa.string()),
    ]
)


def incident_id(dataset_id: str, source_row: int) -> str:
    """Stable for the same file and row, and unique over datasets."""
    return f"{dataset_id}-{source_row}"
