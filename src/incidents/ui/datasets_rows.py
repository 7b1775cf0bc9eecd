"""What became of a dataset's rows: the first of each kind, and the report files."""

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from incidents.ingest.report_files import NOTE_COLUMNS, REJECTED_COLUMNS, REPAIRED_COLUMNS, report_csv
from incidents.model.dataset import Dataset
from incidents.store import Store

SHOWN = 200
_KINDS = {"Rejected": "rejected", "Repaired": "repaired", "Notes": "notes"}
_COLUMNS = {"rejected": REJECTED_COLUMNS, "repaired": REPAIRED_COLUMNS, "notes": NOTE_COLUMNS}
_FILES = {"Rejected rows": "rejected", "Repaired cells": "repaired", "Notes": "notes", "Kept rows": "kept"}


def render_rows(store: Store, dataset: Dataset) -> None:
    chosen = st.segmented_control(
        "Rows", list(_KINDS), default="Rejected", key="review_rows", label_visibility="collapsed"
    )
    kind = _KINDS[chosen or "Rejected"]
    first = _first(store, dataset, kind)
    if len(first):
        shown = first.select(list(_COLUMNS[kind])).to_pandas()
        st.dataframe(shown, hide_index=True, height="content" if len(shown) < 9 else 320, alt=f"{chosen} rows")
    st.caption(f"The first {SHOWN:,}; the file has all." if len(first) == SHOWN else "None." if not len(first) else "")
    with st.container(horizontal=True, vertical_alignment="center", key="report_files"):
        for words, name in _FILES.items():
            st.download_button(
                f"{words}, CSV", data=_made(store, dataset, name), file_name=f"{name}.csv", mime="text/csv",
                key=f"report_{name}", on_click="ignore",
            )  # fmt: skip


def _first(store: Store, dataset: Dataset, kind: str) -> pa.Table:
    found: list[pa.RecordBatch] = []
    for batch in store.rejected(dataset.dataset_id) if kind == "rejected" else store.notes(dataset.dataset_id):
        if kind != "rejected":
            batch = batch.filter(pc.equal(batch["kind"], "repaired" if kind == "repaired" else "note"))
        found.append(batch)
        if sum(map(len, found)) >= SHOWN:
            break
    return pa.Table.from_batches(found).slice(0, SHOWN) if found else pa.table({})


def _made(store: Store, dataset: Dataset, kind: str) -> Callable[[], bytes]:
    return lambda: "".join(report_csv(store, dataset.dataset_id, kind)).encode()
