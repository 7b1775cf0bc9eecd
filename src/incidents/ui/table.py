"""The table: sorted and paged by the engine; a row selects. The equal way to every incident for keyboard and screen reader."""

from collections.abc import Sequence
from concurrent.futures import Future
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from incidents.model.filters import IncidentFilter
from incidents.queries.shape import chosen_datasets
from incidents.store import Reader
from incidents.ui import loading, state
from incidents.ui.columns import NUMBERS, all_columns, label
from incidents.ui.loading import Key
from incidents.ui.rows import Column, Row, render_rows

ROWS = 50
COLUMNS = (
    "event_date",
    "location",
    "admin1",
    "event_type",
    "fatalities",
    "injured",
    "actor1",
    "actor2",
    "geo_precision",
    "country",
    "notes",
)
HEIGHT = 420
LONGEST = 200  # characters of a cell; the details have the whole text
_KEY = "table_rows"
_CHOSEN = "table_chosen"


def _prepare() -> None:
    session = st.session_state
    session["table_columns_default"] = list(COLUMNS)
    if not session.get("table_columns"):
        session["table_columns"] = list(COLUMNS)
    session.setdefault("table_sort", state.FIRST_SORT)
    session.setdefault("table_order", state.LATEST_FIRST)


def _sorting() -> tuple[str, bool]:
    return st.session_state["table_sort"], st.session_state["table_order"] != state.EARLIEST_FIRST


def _page() -> int:
    return int(st.session_state.get("table_page") or 1)


def warm(reader: Reader, key: Key, wanted: IncidentFilter) -> "list[Future[Any]]":
    _prepare()
    sort, descending = _sorting()
    columns = tuple(st.session_state["table_columns"])
    return [loading.soon(loading.page_of_table, reader, key, wanted, columns, sort, descending, 0, ROWS)]


@st.fragment
def render_table(reader: Reader, key: Key, wanted: IncidentFilter, found: int) -> None:
    _prepare()
    session = st.session_state
    pages = max(1, -(-found // ROWS))
    if _page() > pages or session.get("table_filter") != wanted:
        session["table_page"] = 1
        session["table_filter"] = wanted
    columns = tuple(session["table_columns"])
    sort, descending = _sorting()
    page = _page()
    rows = loading.page_of_table(reader, key, wanted, columns, sort, descending, page - 1, ROWS)
    session["table_shown"] = list(rows["incident_id"])
    _controls(reader, wanted, found, pages, page)
    if found:
        render_rows(
            _KEY,
            f"Incidents {(page - 1) * ROWS + 1:,} to {min(found, page * ROWS):,} of {found:,}",
            [Column(name, label(name), name in NUMBERS) for name in columns],
            _rows(rows, columns),
            _chosen,
            sorted_by=_sorted,
            sort=sort,
            is_descending=descending,
            selected=state.selected(),
            height=HEIGHT,
            page=page,
        )
    else:
        st.caption("No incident fits all of these filters. Take one away above, or clear all.")
    state.show_link()
    if session.pop(_CHOSEN, False):
        st.rerun()


def _controls(reader: Reader, wanted: IncidentFilter, found: int, pages: int, page: int) -> None:
    session = st.session_state
    every = all_columns(chosen_datasets(wanted, reader.datasets))
    with st.container(horizontal=True, vertical_alignment="center"):
        first = (page - 1) * ROWS + 1 if found else 0
        st.caption(
            f"Rows {first:,} to {min(found, page * ROWS):,} of {found:,}. Choose a date to read the incident.",
            width="stretch",
        )
        _columns(every)
        st.selectbox(
            "Sort by",
            list(dict.fromkeys([*COLUMNS, *every, session["table_sort"]])),
            format_func=label,
            key="table_sort",
            label_visibility="collapsed",
            width=170,
            persist_state="session",
        )
        st.selectbox(
            "Order",
            [state.LATEST_FIRST, state.EARLIEST_FIRST],
            key="table_order",
            label_visibility="collapsed",
            width=210,
            persist_state="session",
        )
        st.number_input(
            "Page", min_value=1, max_value=pages, step=1, key="table_page", label_visibility="collapsed", width=120
        )


def _columns(every: Sequence[str]) -> None:
    """What is closed is not drawn: each field costs the browser some milliseconds of every step."""
    box = st.popover("Columns", key="table_columns_box", on_change="rerun")
    if box.open:
        box.multiselect(
            "Columns of the table",
            list(dict.fromkeys([*every, *st.session_state["table_columns"]])),
            format_func=label,
            key="table_columns",
            select_all=False,
            placeholder="the usual ones",
            persist_state="session",
        )


def _rows(rows: pd.DataFrame, columns: tuple[str, ...]) -> list[Row]:
    cells = [[_text(value) for value in rows[name]] for name in columns]
    return [
        Row(str(incident_id), tuple(texts)) for incident_id, *texts in zip(rows["incident_id"], *cells, strict=True)
    ]  # fmt: skip


def _text(value: object) -> str:
    """Empty where nothing is stated: missing is not zero."""
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:g}" if abs(value) >= 1e6 else f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, date):
        return value.isoformat()[:10]
    text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _chosen(incident_id: str) -> None:
    """Of the rows that were sent, so that nothing else can be asked for. The chosen one again: closed."""
    if incident_id in st.session_state.get("table_shown", []):
        state.select(None if state.selected() == incident_id else incident_id)
        st.session_state[_CHOSEN] = True


def _sorted(column: str) -> None:
    """The same column again: the other way round."""
    session = st.session_state
    if session.get("table_sort") == column:
        is_up = session.get("table_order") == state.EARLIEST_FIRST
        session["table_order"] = state.LATEST_FIRST if is_up else state.EARLIEST_FIRST
    else:
        session["table_sort"] = column
        session["table_order"] = state.LATEST_FIRST
    session["table_page"] = 1
