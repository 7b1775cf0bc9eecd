"""Datasets: what is in the store, from which file, what became of its rows; each can be renamed and deleted."""

import pandas as pd
import streamlit as st

from incidents.model.dataset import Dataset
from incidents.ui import loading
from incidents.ui.datasets_changes import render_changes
from incidents.ui.datasets_rows import render_rows


def render_datasets() -> None:
    """The user's datasets; while there is none, the sample."""
    store = loading.store()
    datasets = store.datasets()
    st.dataframe(
        pd.DataFrame([_line(dataset) for dataset in datasets]), hide_index=True, height="content",
        alt="Datasets of the store, newest first",
    )  # fmt: skip
    chosen = st.selectbox(
        "Dataset", datasets, format_func=lambda dataset: dataset.name, key="review_dataset", width=560
    )
    if chosen is None:
        return
    st.markdown(
        f"**{chosen.read:,} rows read = {chosen.kept:,} kept + {chosen.rejected:,} rejected**; {chosen.repaired:,} repaired, {chosen.duplicates:,} the same as another"
    )
    if chosen.attribution:
        st.text(chosen.attribution)
    if not chosen.is_sample:
        render_changes(store, chosen)
    render_rows(store, chosen)


def _line(dataset: Dataset) -> dict[str, object]:
    return {
        "Name": dataset.name,
        "File": dataset.file,
        "Layout": dataset.layout,
        "Incidents": dataset.incidents,
        "From": dataset.first_date,
        "To": dataset.last_date,
        "Read": dataset.read,
        "Kept": dataset.kept,
        "Rejected": dataset.rejected,
        "Imported": dataset.imported_at.strftime("%Y-%m-%d %H:%M") if dataset.imported_at else "",
        "Attribution": dataset.attribution,
    }
