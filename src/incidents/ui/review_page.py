"""Review: datasets, places to settle, duplicates; one panel at a time."""

from collections.abc import Callable

import streamlit as st

from incidents.ui.datasets_review import render_datasets
from incidents.ui.duplicates_review import render_duplicates
from incidents.ui.places_review import render_places

PANELS: dict[str, Callable[[], None]] = {
    "Datasets": render_datasets,
    "Places": render_places,
    "Duplicates": render_duplicates,
}


def review_page() -> None:
    chosen = st.segmented_control(
        "Review", list(PANELS), default="Datasets", key="review_panel", label_visibility="collapsed", persist_state="session",
        required=True,
    )  # fmt: skip
    PANELS[chosen or "Datasets"]()
