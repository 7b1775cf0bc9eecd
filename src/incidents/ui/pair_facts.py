"""Two incidents fact by fact, as the duplicate review shows them; plain text for a table's cells."""

from datetime import date
from typing import Any

import pandas as pd

from incidents.model.schema import SIDES, figure_columns
from incidents.ui.wording import NOT_STATED, PRECISION_WORDS, day, figure, period
from incidents.views.duplicates import Pair

_SIDE_WORDS = dict(zip(SIDES, ("of actor 1", "of actor 2", "civilians", "side not known"), strict=True))
_PLAIN = (
    ("Type", "event_type"), ("Kind of it", "sub_event_type"), ("Actor 1", "actor1"), ("Actor 2", "actor2"),
    ("Town", "location"), ("District", "admin2"), ("Province", "admin1"), ("Country", "country"),
    ("Source", "source"), ("Address", "source_url"), ("Text", "notes"), ("Number in its file", "source_id"),
)  # fmt: skip


def facts(pair: Pair) -> pd.DataFrame:
    """One line for each fact of either incident, marked where they differ, with what linking would make of it."""
    columns = [_facts(row) for row in (pair.kept, pair.other, pair.linked)]
    columns[0]["File"], columns[1]["File"] = (
        f"{dataset.file}, line {row['source_row']:,}"
        for dataset, row in ((pair.kept_dataset, pair.kept), (pair.other_dataset, pair.other))
    )
    columns[2]["File"] = columns[0]["File"]
    named = [label for label in columns[0] if any(column[label] for column in columns)]
    kept, other, linked = ([column[label] or NOT_STATED for label in named] for column in columns)
    differs = ["differs" if one != two else "" for one, two in zip(kept, other, strict=True)]
    return pd.DataFrame({"Fact": named, "Stays": kept, "Is linked to it": other, "": differs, "Linked as one": linked})


def _facts(row: dict[str, Any]) -> dict[str, str]:
    made = {"When": period(row["event_date"], row["event_date_end"], row["time_precision"])}
    made |= {label: row[name] or "" for label, name in _PLAIN[:4]}
    made["Reported dead"] = _figure(row, "fatalities")
    made |= {f"Dead, {words}": _figure(row, f"fatalities_{side}") for side, words in _SIDE_WORDS.items()}
    made["Injured"] = _figure(row, "injured")
    made |= {label: row[name] or "" for label, name in _PLAIN[4:8]}
    located = row["latitude"] is not None
    made["Position"] = f"{row['latitude']:.4f}, {row['longitude']:.4f}" if located else ""
    made["Place known to"] = PRECISION_WORDS.get(row["geo_precision"] or "", "")
    made |= {label: row[name] or "" for label, name in _PLAIN[8:]}
    made["Source's date"] = day(row["source_date"]) if isinstance(row["source_date"], date) else ""
    return made


def _figure(row: dict[str, Any], name: str) -> str:
    known = tuple(row[column] for column in figure_columns(name))
    return figure(*known) if known != (None, None, None) else ""
