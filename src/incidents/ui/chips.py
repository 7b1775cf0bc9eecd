"""Chips: one for each filter set, each with an x. Drawn as a multiselect, whose labels are plain text, never Markdown."""

import streamlit as st

from incidents.model.filters import IncidentFilter
from incidents.model.sentences import Chip, chips
from incidents.ui import state

_SHOWN = "chips_shown"
_NUMBER = "chips_number"


def render_chips(wanted: IncidentFilter, dataset_names: dict[str, str]) -> None:
    """Other chips are another widget: what the browser still shows of the last ones would be taken for a removal."""
    session = st.session_state
    made = chips(wanted, dataset_names)
    if made != session.get(_SHOWN):
        session[_SHOWN] = made
        session[_NUMBER] = session.get(_NUMBER, 0) + 1
    if not made:
        return
    key, texts = f"chips_{session[_NUMBER]}", [chip.text for chip in made]
    st.multiselect(
        "Filters set; taking one away clears it",
        texts,
        texts,
        key=key,
        on_change=_removed,
        args=(key, made),
        label_visibility="collapsed",
        select_all=False,
        wrap=True,
    )
    st.button("Clear all", key="clear_all", on_click=state.clear, type="tertiary", width="content")


def _removed(key: str, shown: tuple[Chip, ...]) -> None:
    kept = set(st.session_state.get(key, ()))
    for chip in shown:
        if chip.text not in kept:
            state.remove(chip)
