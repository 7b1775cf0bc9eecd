"""Chips: one for each filter set, each with an x. Drawn as a multiselect, whose labels are plain text, never Markdown."""

import streamlit as st

from incidents.model.filters import IncidentFilter
from incidents.model.sentences import Chip, chips
from incidents.ui import state

_KEY = "chips_set"
_SHOWN = "chips_shown"


def render_chips(wanted: IncidentFilter, dataset_names: dict[str, str]) -> None:
    made = chips(wanted, dataset_names)
    st.session_state[_SHOWN] = made
    if not made:
        return
    st.session_state[_KEY] = [chip.text for chip in made]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.multiselect(
            "Filters set; taking one away clears it",
            [chip.text for chip in made],
            key=_KEY,
            on_change=_removed,
            label_visibility="collapsed",
            select_all=False,
            wrap=True,
        )
        st.button("Clear all", key="clear_all", on_click=state.clear, type="tertiary", width="content")


def _removed() -> None:
    kept = set(st.session_state.get(_KEY, ()))
    shown: tuple[Chip, ...] = st.session_state.get(_SHOWN, ())
    for chip in shown:
        if chip.text not in kept:
            state.remove(chip)
