"""Many incidents at one place: a small table to choose one from, never scattered marks."""

from typing import Any

import streamlit as st

from incidents.model.filters import IncidentFilter
from incidents.store import Reader
from incidents.ui import loading, state
from incidents.ui.loading import Key
from incidents.ui.rows import Column, Row, render_rows
from incidents.views.map import MOST_AT_POINT

Listed = tuple[float, float, float, float, bool]
"""South, west, north, east of a heap, and whether it is one of places known to a district or less."""

_COLUMNS = (
    Column("event_date", "Date"),
    Column("event_type", "Type"),
    Column("location", "Place"),
    Column("actor1", "Actor 1"),
    Column("actor2", "Actor 2"),
    Column("fatalities", "Dead", True),
)


def render_listed(reader: Reader, key: Key, wanted: IncidentFilter, listed: Listed) -> None:
    """Inside the map's fragment."""
    *box, is_area = listed
    found = loading.at_point(reader, key, wanted, (box[0], box[1], box[2], box[3]))
    rows = found[found["is_area"] == is_area].to_dict("records")
    with st.container(horizontal=True, vertical_alignment="center"):
        most = " newest" if len(found) == MOST_AT_POINT else ""
        st.markdown(f"**{len(rows):,}{most} incidents at one place**")
        st.button("Close", key="listed_close", on_click=state.select, args=(None,), type="tertiary")
    render_rows(
        "listed_rows",
        "Incidents at one place; a line selects it",
        _COLUMNS,
        [Row(row["incident_id"], tuple(_text(row[column.name]) for column in _COLUMNS)) for row in rows],
        state.select,
        height=380,
    )


def _text(value: Any) -> str:
    """Missing is not zero."""
    if value is None or value != value:  # pandas' missing number
        return "–"
    return f"{value:,.0f}" if isinstance(value, int | float) else str(value)
