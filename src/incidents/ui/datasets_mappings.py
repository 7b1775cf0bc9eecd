"""Mappings that are remembered, by header; each can be forgotten."""

import pandas as pd
import streamlit as st

from incidents.ingest.opened import fingerprint
from incidents.store import Store
from incidents.ui.import_wording import field_words


def render_mappings(store: Store) -> None:
    known = {fingerprint(header): (header, mapping) for header, mapping in store.mappings().items()}
    if not known:
        return
    with st.expander(f"Remembered columns: {len(known):,}", key="mappings"):
        st.caption("Files with the same header are read in the same way again.")
        st.dataframe(
            pd.DataFrame(
                [(name, len(header), ", ".join(header[:12]), _fields(mapping)) for name, (header, mapping) in known.items()],
                columns=["Id", "Columns", "Header", "Read as"],
            ),
            hide_index=True, height="content", alt="Headers whose columns were mapped by hand",
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = st.selectbox("Mapping", list(known), key="mapping_chosen", width=220, label_visibility="collapsed")
            if st.button("Forget it", key="mapping_forget") and chosen:
                store.forget_mapping(known[chosen][0])
                st.rerun()


def _fields(mapping: dict[str, str]) -> str:
    return "; ".join(f"{field_words(name)} = {column}" for column, name in mapping.items() if name)
