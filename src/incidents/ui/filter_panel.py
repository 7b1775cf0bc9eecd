"""The sidebar: every control changes one field of the filter."""

from datetime import date

import streamlit as st

from incidents.model.dataset import Dataset
from incidents.model.filters import ALL_DATASETS, EVERYTHING, IncidentFilter
from incidents.model.schema import GEO_PRECISIONS
from incidents.store import Reader
from incidents.ui import loading, state
from incidents.ui.loading import Key
from incidents.ui.wording import UNLOCATED

PARENTS = {
    "country": (),
    "admin1": ("country",),
    "admin2": ("country", "admin1"),
    "location": ("country", "admin1", "admin2"),
}
SHOWN_COUNTS = 4


def options_filter(wanted: IncidentFilter, field: str) -> IncidentFilter:
    """What a field's options depend on: the datasets, and for places the wider places that are chosen. Nothing else, so that they stay put."""
    parents = {parent: getattr(wanted, parent) for parent in PARENTS.get(field, ())}
    return EVERYTHING.with_(dataset=wanted.dataset, **parents)


def warm(reader: Reader, key: Key, wanted: IncidentFilter) -> None:
    """Starts the counts of all fields beside the script."""
    for field in (*PARENTS, "actor", "event_type", "geo_precision"):
        loading.soon(loading.counts, reader, key, wanted.without(field), field)


def render_filters(reader: Reader, key: Key, wanted: IncidentFilter) -> None:
    _datasets(reader.datasets)
    st.markdown("###### When")
    _dates(reader.datasets)
    st.markdown("###### Where")
    _choice(reader, key, wanted, "country", "Country")
    _choice(reader, key, wanted, "admin1", "Province")
    _choice(reader, key, wanted, "admin2", "District")
    _choice(reader, key, wanted, "location", "Town or village")
    st.markdown("###### Who and what")
    _choice(reader, key, wanted, "actor", "Actor, on either side")
    _choice(reader, key, wanted, "event_type", "Event type")
    st.markdown("###### Harm")
    least, most = st.columns(2)
    least.number_input("Killed at least", min_value=0, step=1, value=None, key="filter_fatalities", placeholder="any")
    most.number_input(
        "Killed at most", min_value=0, step=1, value=None, key="filter_fatalities_most", placeholder="any"
    )
    st.markdown("###### More")
    st.text_input("Words in notes, actors and places", key="filter_words", placeholder="all of these words")
    _precision(reader, key, wanted)


def _datasets(datasets: tuple[Dataset, ...]) -> None:
    if len(datasets) < 2:
        return
    names = {dataset.dataset_id: f"{dataset.name} ({dataset.incidents:,})" for dataset in datasets} | {
        ALL_DATASETS[0]: "All datasets"
    }
    st.multiselect(
        "Datasets",
        list(names),
        format_func=lambda name: names.get(name, name),
        key="filter_dataset",
        placeholder="The newest alone",
        select_all=False,
    )
    chosen = st.session_state.get("filter_dataset", ())
    if len(chosen) > 1 or ALL_DATASETS[0] in chosen:
        st.caption("Several datasets of one country and time may hold the same events.")


def _dates(datasets: tuple[Dataset, ...]) -> None:
    firsts = [date.fromisoformat(dataset.first_date) for dataset in datasets if dataset.first_date]
    lasts = [date.fromisoformat(dataset.last_date) for dataset in datasets if dataset.last_date]
    held = st.session_state.get("filter_dates") or ()
    st.date_input(
        "Dates", value=[], min_value=min([*firsts, *held], default=state.EARLIEST), max_value=max([*lasts, *held], default=state.LATEST),
        key="filter_dates", format="YYYY-MM-DD",
    )  # fmt: skip


def _choice(reader: Reader, key: Key, wanted: IncidentFilter, field: str, label: str) -> None:
    chosen: tuple[str, ...] = getattr(wanted, field)
    options = [found.value for found in loading.facet(reader, key, options_filter(wanted, field), field)]
    missing = [value for value in chosen if value not in options]
    if not options and not missing:
        return
    st.multiselect(label, [*options, *missing], key=f"filter_{field}", placeholder="any", select_all=False)
    _counts(reader, key, wanted, field)


def _precision(reader: Reader, key: Key, wanted: IncidentFilter) -> None:
    st.multiselect(
        "Place known to", [*GEO_PRECISIONS, UNLOCATED], key="filter_geo_precision", placeholder="any", select_all=False
    )
    _counts(reader, key, wanted, "geo_precision")


def _counts(reader: Reader, key: Key, wanted: IncidentFilter, field: str) -> None:
    """Counts beside the options, under all other filters; plain text, since the names come from a file."""
    found = loading.counts(reader, key, wanted.without(field), field)
    words = " · ".join(f"{value.value or UNLOCATED} {value.incidents:,}" for value in found[:SHOWN_COUNTS])
    st.text(f"{words} · …" if len(found) > SHOWN_COUNTS else words or "none")
