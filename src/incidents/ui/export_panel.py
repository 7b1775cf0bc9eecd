"""Export of exactly what the filter finds; made on the click, without a rerun."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from incidents.exports import export
from incidents.exports.about import about
from incidents.exports.files import FORMATS
from incidents.model.filters import IncidentFilter
from incidents.model.sentences import sentence
from incidents.store import Reader

_FORMATS = {
    "CSV": (".csv", "text/csv"),
    "GeoJSON": (".geojson", "application/geo+json"),
    "Parquet": (".parquet", "application/vnd.apache.parquet"),
}


def render_export(reader: Reader, wanted: IncidentFilter, found: int) -> None:
    """In a row that wraps."""
    for words, (ending, mime) in _FORMATS.items():
        if ending in FORMATS:
            st.download_button(
                f"Export {words}", data=_made(reader, wanted, f"incidents{ending}"), file_name=f"incidents{ending}", mime=mime,
                key=f"export_{words.lower()}", on_click="ignore", disabled=found == 0,
            )  # fmt: skip
    st.download_button(
        "Filter and credits", data=_about(reader, wanted), file_name="incidents.about.json", mime="application/json",
        key="export_about", on_click="ignore", type="tertiary", help="What a CSV has no place for: the filter, the counts, the files and whom to credit",
    )  # fmt: skip
    st.text(f"{found:,} incidents, one row or feature each: {sentence(wanted)}.", width="stretch")


def _made(reader: Reader, wanted: IncidentFilter, file: str) -> Callable[[], bytes]:
    def make() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / file
            export(reader, wanted, target)
            return target.read_bytes()

    return make


def _about(reader: Reader, wanted: IncidentFilter) -> Callable[[], bytes]:
    return lambda: (json.dumps(about(reader, wanted), ensure_ascii=False, indent=2) + "\n").encode()
