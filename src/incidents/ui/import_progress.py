"""How far the work on files is."""

import time

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from incidents.ui.import_files import Incoming

EVERY = 0.25  # seconds


def render_progress(place: DeltaGenerator, files: list[Incoming]) -> None:
    """In `place`, until one of the files is done; to be called last, since the page is drawn anew then.

    A loop and not a fragment that the browser asks for again and again: an answer that comes after the page has gone on to
    another one makes the browser forget what it shows.
    """
    running = [file for file in files if file.running]
    if not running:
        st.rerun()
    with place:
        bars = []
        for file in running:
            st.text(file.name)
            bars.append(st.empty())
        st.button("Cancel", key="import_cancel", on_click=_cancel, args=(running,))
    while True:
        for file, bar in zip(running, bars, strict=True):
            job = file.running
            if job is None:
                st.rerun()
            share, words = job.progress()
            bar.progress(share if share is not None else 0.0, text="Stopping" if job.is_stopping else words)
        time.sleep(EVERY)


def _cancel(running: list[Incoming]) -> None:
    for file in running:
        file.cancel()
