"""A dataset's name, and its end."""

from collections.abc import Callable

import streamlit as st

from incidents.model.dataset import Dataset
from incidents.model.errors import NoSuchDataset
from incidents.store import Store

NAME_CHARACTERS = 200


def render_changes(store: Store, dataset: Dataset) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.popover("Rename"), st.form(f"rename_{dataset.dataset_id}", border=False):
            name = st.text_input("Name", dataset.name, max_chars=NAME_CHARACTERS, key=f"name_{dataset.dataset_id}")
            if st.form_submit_button("Rename", key="dataset_rename") and name.strip() and name.strip() != dataset.name:
                _done(lambda: store.rename(dataset.dataset_id, name.strip()))
        with st.popover("Delete this dataset"):
            st.markdown(
                f"This takes its {dataset.incidents:,} incidents out of the store, for everybody who uses it. "
                "The file that they came from is not touched."
            )
            if st.button("Delete", key="dataset_delete", type="primary"):
                _done(lambda: store.delete(dataset.dataset_id))


def _done(change: Callable[[], object]) -> None:
    try:
        change()

    except NoSuchDataset:
        st.text("Somebody else has deleted it already.")
        return
    st.rerun()
