"""The table: sorted and paged by the engine; a row selects. An equal way to every incident for keyboard and screen reader."""

import streamlit as st

from incidents.model.filters import IncidentFilter
from incidents.store import Reader
from incidents.ui import loading, state
from incidents.ui.loading import Key

ROWS = 50
COLUMNS = {
    "event_date": "Date",
    "location": "Town",
    "admin1": "Province",
    "event_type": "Type",
    "fatalities": "Dead",
    "injured": "Injured",
    "actor1": "Actor 1",
    "actor2": "Actor 2",
    "geo_precision": "Place known to",
    "country": "Country",
    "notes": "Notes",
}
_KEY = "table_rows"
_NUMBERS = ("fatalities", "injured")


def _sorting() -> tuple[str, bool]:
    return st.session_state.get("table_sort") or "event_date", st.session_state.get(
        "table_order", "latest or most first"
    ) != "earliest or least first"


def _page() -> int:
    return int(st.session_state.get("table_page") or 1)


def warm(reader: Reader, key: Key, wanted: IncidentFilter) -> None:
    sort, descending = _sorting()
    loading.soon(loading.page_of_table, reader, key, wanted, tuple(COLUMNS), sort, descending, 0, ROWS)


@st.fragment
def render_table(reader: Reader, key: Key, wanted: IncidentFilter, found: int) -> None:
    pages = max(1, -(-found // ROWS))
    if _page() > pages or st.session_state.get("table_filter") != wanted:
        st.session_state["table_page"] = 1
        st.session_state["table_filter"] = wanted
    sort, descending = _sorting()
    page = _page()
    rows = loading.page_of_table(reader, key, wanted, tuple(COLUMNS), sort, descending, page - 1, ROWS)
    st.session_state["table_shown"] = list(rows["incident_id"])
    st.dataframe(
        rows, hide_index=True, key=_KEY, on_select=_chosen, selection_mode="single-row", placeholder="", height="content" if len(rows) <= 10 else 420,
        column_order=list(COLUMNS),
        column_config={
            "event_date": st.column_config.DateColumn(COLUMNS["event_date"], format="YYYY-MM-DD", width=95),
            **{name: st.column_config.NumberColumn(COLUMNS[name], format="localized", width=70) for name in _NUMBERS},
            **{name: st.column_config.TextColumn(words) for name, words in COLUMNS.items() if name not in ("event_date", *_NUMBERS)},
        },
        alt="Incidents that the filter finds, one page at a time",
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        st.selectbox(
            "Sort by",
            list(COLUMNS),
            format_func=lambda name: COLUMNS[name],
            key="table_sort",
            label_visibility="collapsed",
            width=170,
            persist_state="session",
        )
        st.selectbox(
            "Order",
            ["latest or most first", "earliest or least first"],
            key="table_order",
            label_visibility="collapsed",
            width=210,
            persist_state="session",
        )
        st.number_input(
            "Page", min_value=1, max_value=pages, step=1, key="table_page", label_visibility="collapsed", width=120
        )
        first = (page - 1) * ROWS + 1 if found else 0
        st.caption(f"Rows {first:,} to {min(found, page * ROWS):,} of {found:,}. Select a row to read it.")
    if st.session_state.pop("table_chosen", False):
        st.rerun()


def _chosen() -> None:
    rows = (st.session_state.get(_KEY) or {}).get("selection", {}).get("rows", [])
    shown = st.session_state.get("table_shown", [])
    state.select(shown[rows[0]] if rows and rows[0] < len(shown) else None)
    st.session_state["table_chosen"] = True
