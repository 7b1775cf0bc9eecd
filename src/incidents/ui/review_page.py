"""Review: what is in the store, what was rejected and why; an import can be undone."""

import pandas as pd
import pyarrow as pa
import streamlit as st

from incidents.ingest.report_files import NOTE_COLUMNS, REJECTED_COLUMNS, csv_lines
from incidents.model.dataset import Dataset
from incidents.model.errors import IncidentsError
from incidents.store import Store
from incidents.ui import loading

_SHOWN = 200


def review_page() -> None:
    store = loading.store()
    datasets = store.datasets()
    st.markdown("#### Datasets")
    st.dataframe(
        pd.DataFrame([_line(dataset) for dataset in datasets]), hide_index=True, height="content",
        alt="Datasets of the store, newest first",
    )  # fmt: skip
    chosen = st.selectbox("Dataset", datasets, format_func=lambda dataset: dataset.name, key="review_dataset")
    if chosen is None:
        return
    st.markdown(
        f"**{chosen.read:,} rows read = {chosen.kept:,} kept + {chosen.rejected:,} rejected**; {chosen.repaired:,} repaired, {chosen.duplicates:,} the same as another"
    )
    if chosen.attribution:
        st.text(chosen.attribution)
    _render_rows(store, chosen)
    if not chosen.is_sample:
        _render_delete(store, chosen)


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
    }


def _render_rows(store: Store, dataset: Dataset) -> None:
    which = st.segmented_control(
        "Rows",
        ["Rejected", "Repaired and doubtful"],
        default="Rejected",
        key="review_rows",
        label_visibility="collapsed",
    )
    rejected = which != "Repaired and doubtful"
    first = _first(store, dataset, rejected)
    if not len(first):
        st.caption("None.")
        return
    st.dataframe(first.drop_columns(["dataset_id"]).to_pandas(), hide_index=True, height=320)
    if len(first) == _SHOWN:
        st.caption(f"The first {_SHOWN:,}; the download has all.")
    st.download_button(
        "Download all as CSV", data=lambda: _csv(store, dataset, rejected), file_name="rejected.csv" if rejected else "notes.csv", mime="text/csv",
        key="review_download", on_click="ignore",
    )  # fmt: skip


def _batches(store: Store, dataset: Dataset, rejected: bool) -> list[pa.RecordBatch]:
    return list(store.rejected(dataset.dataset_id) if rejected else store.notes(dataset.dataset_id))


def _first(store: Store, dataset: Dataset, rejected: bool) -> pa.Table:
    batches = _batches(store, dataset, rejected)
    return pa.Table.from_batches(batches).slice(0, _SHOWN) if batches else pa.table({})


def _csv(store: Store, dataset: Dataset, rejected: bool) -> bytes:
    columns = REJECTED_COLUMNS if rejected else NOTE_COLUMNS
    return "".join(csv_lines(_batches(store, dataset, rejected), columns)).encode()


def _render_delete(store: Store, dataset: Dataset) -> None:
    with st.popover("Delete this dataset"):
        st.markdown(
            f"This takes its {dataset.incidents:,} incidents out of the store. The file that they came from is not touched."
        )
        if st.button("Delete", key="dataset_delete", type="primary"):
            try:
                store.delete(dataset.dataset_id)
            except IncidentsError as problem:
                st.text(str(problem))
                return
            st.rerun()
