"""Top lists: actors, pairs, places, types; choosing a line filters by it."""

import pandas as pd
import streamlit as st

from incidents.model.filters import IncidentFilter
from incidents.store import Reader
from incidents.ui import loading, state
from incidents.ui.loading import Key
from incidents.views.values import ListRow

LISTS = {"Actors": "actor", "Pairs": "pair", "Provinces": "admin1", "Towns": "location", "Types": "event_type"}
_KEY = "top_rows"


def chosen_list() -> str:
    return LISTS.get(st.session_state.get("top_list") or "", "actor")


def warm(reader: Reader, key: Key, wanted: IncidentFilter) -> None:
    loading.soon(loading.top, reader, key, wanted, chosen_list())


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
    table = pd.DataFrame(
        {
            "": [row.value for row in rows],
            "incidents": [row.incidents for row in rows],
            "dead": [_dead(row) for row in rows],
        }
    ).astype({"dead": "Int64"})
    st.session_state["top_shown"] = (by, [row.value for row in rows])
    st.dataframe(
        table, hide_index=True, key=_KEY, on_select=_chosen, selection_mode="single-row", height="content", placeholder="–",
        column_config={"": st.column_config.TextColumn(width=165), "incidents": st.column_config.NumberColumn(width=72, format="localized"),
                       "dead": st.column_config.NumberColumn(width=58, format="localized")},
    )  # fmt: skip
    without = sum(row.without_figure for row in rows)
    words = (
        "Dead in incidents involving the named; lines do not add up."
        if by in ("actor", "pair")
        else "Reported dead, best figures."
    )
    st.caption(f"{words} {without:,} of these have no figure." if without else words)


def _dead(row: ListRow) -> int | None:
    """Missing is not zero."""
    return None if row.without_figure >= row.incidents else row.dead


def _chosen() -> None:
    by, values = st.session_state.get("top_shown", (None, []))
    rows = (st.session_state.get(_KEY) or {}).get("selection", {}).get("rows", [])
    if by and by != "pair" and rows and rows[0] < len(values) and values[rows[0]]:
        state.add(by, values[rows[0]])
        st.session_state["filter_changed"] = True
