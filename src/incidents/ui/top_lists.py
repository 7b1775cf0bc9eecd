"""Top lists: actors, pairs, places, types; choosing a line filters by it."""

from concurrent.futures import Future
from typing import Any

import streamlit as st

from incidents.model.filters import IncidentFilter
from incidents.queries.lists import SEVERAL
from incidents.store import Reader
from incidents.ui import loading, state
from incidents.ui.loading import Key
from incidents.ui.rows import Column, Row, render_rows
from incidents.views.values import ListRow

LISTS = {"Actors": "actor", "Pairs": "pair", "Provinces": "admin1", "Towns": "location", "Types": "event_type"}
_COLUMNS = (Column("value", "Name"), Column("incidents", "incidents", True), Column("dead", "dead", True))
_KEY = "top_rows"


def chosen_list() -> str:
    return LISTS.get(st.session_state.get("top_list") or "", "actor")


def warm(reader: Reader, key: Key, wanted: IncidentFilter) -> "list[Future[Any]]":
    return [loading.soon(loading.top, reader, key, wanted, chosen_list())]


def render_top(reader: Reader, key: Key, wanted: IncidentFilter) -> None:
    """Inside the map's fragment."""
    st.segmented_control(
        "Top", list(LISTS), key="top_list", default="Actors", label_visibility="collapsed", persist_state="session"
    )
    by = chosen_list()
    rows = loading.top(reader, key, wanted, by)
    if not rows:
        st.caption("Nothing to list.")
        return
    st.session_state["top_shown"] = (by, {row.value: row.names for row in rows})
    words = (
        "Dead in incidents involving the named; lines do not add up."
        if by in ("actor", "pair")
        else "Reported dead, best figures."
    )
    without = sum(row.without_figure for row in rows)
    render_rows(
        _KEY,
        "Most frequent; a line filters by it",
        _COLUMNS,
        [Row(_id(row, by), (row.value or "not stated", f"{row.incidents:,}", _dead(row))) for row in rows],
        _chosen,
        note=f"{words} {without:,} of these have no figure." if without else words,
    )
    state.show_link()


def _id(row: ListRow, by: str) -> str | None:
    """Incidents over several places are no value that one could filter by."""
    return None if row.value == SEVERAL.get(by) else row.value


def _dead(row: ListRow) -> str:
    """Missing is not zero."""
    return "–" if row.without_figure >= row.incidents else f"{row.dead:,}"


def _chosen(value: str) -> None:
    by, names = st.session_state.get("top_shown", (None, {}))
    if by == "pair" and len(names.get(value, ())) == 2:
        state.add_pair(*names[value])
    elif by in state.CHOICES:
        state.add(by, value)
    st.session_state["filter_changed"] = True
