"""Filters by any other column, of the field's or of the file's own: values that it must or must not have."""

import streamlit as st

from incidents.model.filters import EVERYTHING, IncidentFilter
from incidents.queries.shape import chosen_datasets
from incidents.store import Reader
from incidents.ui import loading, state
from incidents.ui.columns import all_columns, label
from incidents.ui.loading import Key

_ELSEWHERE = ("country", "admin1", "admin2", "location", "event_type", "geo_precision", "dataset_id", "incident_id")
"""Columns that have a filter of their own, or whose values say nothing to a person."""

SHOWN_COUNTS = 4


def render_columns(reader: Reader, key: Key, wanted: IncidentFilter) -> None:
    chosen = tuple(st.session_state.get(state.COLUMNS_CHOSEN, ()))
    own_first = [column for each in chosen_datasets(wanted, reader.datasets) for column in each.columns]
    known = [column for column in all_columns(chosen_datasets(wanted, reader.datasets)) if column not in _ELSEWHERE]
    st.multiselect(
        "Other columns of the file",
        list(dict.fromkeys([*own_first, *known, *chosen])),
        key=state.COLUMNS_CHOSEN,
        format_func=label,
        placeholder="choose a column",
        select_all=False,
    )
    for column in chosen:
        _column(reader, key, wanted, column)


def _column(reader: Reader, key: Key, wanted: IncidentFilter, column: str) -> None:
    everything = EVERYTHING.with_(dataset=wanted.dataset)
    found = [each.value for each in loading.facet(reader, key, everything, column)]
    for widget, words in ((state.is_key(column), "is one of"), (state.is_not_key(column), "is none of")):
        held = st.session_state.get(widget) or ()
        st.multiselect(
            f"{_plain(label(column))} {words}",
            list(dict.fromkeys(["", *found, *held])),
            key=widget,
            format_func=lambda value: value or "not stated",
            placeholder="any" if widget == state.is_key(column) else "none left out",
            select_all=False,
            accept_new_options=True,
        )
    counts = loading.counts(reader, key, wanted, column)
    words = " · ".join(f"{each.value} {each.incidents:,}" for each in counts[:SHOWN_COUNTS])
    st.text(f"{words} · …" if len(counts) > SHOWN_COUNTS else words or "none")


def _plain(text: str) -> str:
    """A header for a widget's label, which reads Markdown: letters, digits and spaces alone."""
    return "".join(each if each.isalnum() or each in " ,'" else " " for each in text).strip() or "Column"
