"""The sample's drop target: a file that is dropped on Explore goes on to the Import page."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from incidents.ui import import_files


def render_sample_drop(place: DeltaGenerator) -> None:
    with place, st.container(key="sample_drop"):
        st.markdown("Sample data. Drop your own file here.")
        brought = st.file_uploader(
            "Files of incidents", accept_multiple_files=True, key="upload", label_visibility="collapsed", width=360
        )
    if brought:
        import_files.hold(brought)
        st.switch_page(st.session_state["pages"]["import"])
