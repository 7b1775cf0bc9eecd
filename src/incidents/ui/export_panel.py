"""Export of exactly what the filter finds; made on the click, without a rerun."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from incidents.exports import export
from incidents.model.filters import IncidentFilter
from incidents.store import Reader

_FORMATS = {"CSV": ("incidents.csv", "text/csv"), "GeoJSON": ("incidents.geojson", "application/geo+json")}


def render_export(reader: Reader, wanted: IncidentFilter, found: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        for words, (file, mime) in _FORMATS.items():
            st.download_button(
                f"Export {words}", data=_made(reader, wanted, file), file_name=file, mime=mime, key=f"export_{words.lower()}",
                on_click="ignore", disabled=found == 0,
            )  # fmt: skip
        st.caption(f"The {found:,} incidents shown above, one row or feature each.")


def _made(reader: Reader, wanted: IncidentFilter, file: str) -> Callable[[], bytes]:
    def make() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / file
            export(reader, wanted, target)
            return target.read_bytes()

    return make
