"""The user's own gazetteers: added, listed, taken out."""

import pandas as pd
import streamlit as st

from incidents.ingest.gazetteers import add_gazetteer, remove_gazetteer
from incidents.ingest.own_places import own_gazetteers
from incidents.model.errors import IncidentsError
from incidents.model.settings import settings
from incidents.places.own_gazetteer import Fault, parse_own_gazetteer
from incidents.store import Store
from incidents.ui.place_choice import SAID


def render_gazetteers(store: Store) -> None:
    known = own_gazetteers(store)
    with st.expander(f"Your own gazetteers: {len(known):,}"):
        st.caption(
            "CSV with the columns name, district, province, country, latitude, longitude, source; a place of it goes before all others of that name "
            "in its province."
        )
        try:
            for number, gazetteer in enumerate(known):
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.text(f"{gazetteer.file}: {len(gazetteer.places):,} places")
                    if st.button("Remove", key=f"gazetteer_remove_{number}"):
                        changed = remove_gazetteer(store, settings(), gazetteer.file)
                        _say(f"{gazetteer.file}: removed. {changed:,} incidents have another place.")
            _render_upload(store)
        except IncidentsError as problem:
            st.text(str(problem))


def _render_upload(store: Store) -> None:
    uploaded = st.file_uploader("Gazetteer", type=("csv",), key="gazetteer_file", label_visibility="collapsed")
    if uploaded is None:
        return
    read = parse_own_gazetteer(uploaded.getvalue(), uploaded.name)
    st.markdown(f"{read.read:,} rows read: {len(read.places):,} places, {len(read.faults):,} left out.")
    if read.faults:
        st.dataframe(pd.DataFrame([_fault(fault) for fault in read.faults[:200]]), hide_index=True, height="content")
    if st.button(f"Add these {len(read.places):,} places", key="gazetteer_add", disabled=not read.places):
        changed = add_gazetteer(store, settings(), read)
        _say(f"{read.file}: added. {changed:,} incidents have a new place.")


def _fault(fault: Fault) -> dict[str, object]:
    return {"Line": fault.line, "Column": fault.column, "Value": fault.value, "Reason": fault.reason}


def _say(words: str) -> None:
    st.session_state[SAID] = words
    st.rerun()
