"""How far the work on files is; asked for twice a second, without redrawing the page."""

import streamlit as st

from incidents.ui.import_files import Incoming

EVERY = 0.5  # seconds


@st.fragment(run_every=EVERY)
def render_progress(files: list[Incoming]) -> None:
    running = [file for file in files if file.running]
    if not running:
        st.rerun()
    for file in running:
        job = file.running
        if job is None:
            continue
        share, words = job.progress()
        st.text(file.name)
        st.progress(share if share is not None else 0.0, text="Stopping" if job.is_stopping else words)
    st.button("Cancel", key="import_cancel", on_click=_cancel, args=(running,))


def _cancel(running: list[Incoming]) -> None:
    for file in running:
        file.cancel()
