"""The sidebar: every control changes one field of the filter."""

from concurrent.futures import Future
from datetime import date
from typing import Any

import streamlit as st

from incidents.model.dataset import Dataset
from incidents.model.filters import ALL_DATASETS, EVERYTHING, IncidentFilter
from incidents.model.links import EARLIEST, LATEST
from incidents.model.schema import GEO_PRECISIONS
from incidents.queries.named import FIELDS
from incidents.queries.shape import chosen_datasets
from incidents.store import Reader
from incidents.ui import filter_columns, filter_versions, loading, state
from incidents.ui.headline import overlap
from incidents.ui.loading import Key
from incidents.ui.wording import UNLOCATED
from incidents.views.spelling import settle

PARENTS = {
    "country": (),
    "admin1": ("country",),
    "admin2": ("country", "admin1"),
    "location": ("country", "admin1", "admin2"),
}
LISTED = 400
ANY_SPELLING = "Another spelling of a known name finds it: type it and press Enter."
SHOWN_COUNTS = 4
MOST_COMPARED = 20  # datasets whose countries are asked for, to tell an overlap


def options_filter(wanted: IncidentFilter, field: str) -> IncidentFilter:
    """What a field's options depend on: the datasets, and for places the wider places that are chosen. Nothing else, so that they stay put."""
    parents = {parent: getattr(wanted, parent) for parent in PARENTS.get(field, ())}
    return EVERYTHING.with_(dataset=wanted.dataset, **parents)


def warm(reader: Reader, key: Key, wanted: IncidentFilter) -> "list[Future[Any]]":
    """Starts the counts of all fields beside the script."""
    asked = [field for field in FIELDS if wanted.without(field) != wanted]  # all others come with the cards
    return [loading.soon(loading.counts, reader, key, wanted, field) for field in asked]


def render_filters(reader: Reader, key: Key, wanted: IncidentFilter) -> None:
    """What comes with new data has a container of its own: what stands below keeps its place, and what is being typed in it."""
    with st.container():
        _datasets(reader, key, wanted)
    _dates(reader.datasets)
    _choice(reader, key, wanted, "country", "Country")
    _choice(reader, key, wanted, "admin1", "Province", ANY_SPELLING)
    _choice(reader, key, wanted, "admin2", "District", ANY_SPELLING)
    _choice(reader, key, wanted, "location", "Town or village", ANY_SPELLING)
    _near()
    _choice(reader, key, wanted, "actor", "Actor, on either side", ANY_SPELLING)
    _choice(reader, key, wanted, "event_type", "Event type")
    _harm(reader, key, wanted)
    st.text_input("Words in notes, actors and places", key="filter_words", placeholder="all of these words")
    _precision(reader, key, wanted)
    filter_columns.render_columns(reader, key, wanted)
    filter_versions.render_version()


def _datasets(reader: Reader, key: Key, wanted: IncidentFilter) -> None:
    datasets = reader.datasets
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
    chosen = chosen_datasets(wanted, datasets)
    if len(chosen) < 2:
        return
    compared = chosen[:MOST_COMPARED]
    countries = {each.dataset_id: _countries(reader, key, each) for each in compared}
    if both := overlap(compared, countries):
        st.text(
            f"{both[0]} and {both[1]} cover days and a country in common: they may hold the same events. See Review."
        )


def _countries(reader: Reader, key: Key, dataset: Dataset) -> frozenset[str]:
    alone = EVERYTHING.with_(dataset=(dataset.dataset_id,))
    return frozenset(each.value for each in loading.facet(reader, key, alone, "country"))


def _dates(datasets: tuple[Dataset, ...]) -> None:
    firsts = [date.fromisoformat(dataset.first_date) for dataset in datasets if dataset.first_date]
    lasts = [date.fromisoformat(dataset.last_date) for dataset in datasets if dataset.last_date]
    held = st.session_state.get("filter_dates") or ()
    st.date_input(
        "Dates", value=[], min_value=min([*firsts, *held], default=EARLIEST), max_value=max([*lasts, *held], default=LATEST),
        key="filter_dates", format="YYYY-MM-DD",
    )  # fmt: skip


def _choice(reader: Reader, key: Key, wanted: IncidentFilter, field: str, label: str, named: str = "") -> None:
    """`named` says, of a field in which names can also be typed, what another spelling of them does."""
    options, is_whole = _options(reader, key, wanted, field)
    if not options:
        return
    others = "" if is_whole else f"The {LISTED} most frequent are listed; any other can be typed in full."
    st.multiselect(
        label,
        options,
        key=f"filter_{field}",
        placeholder="any; type any name" if named else "any",
        select_all=False,
        format_func=_shown_value,
        accept_new_options=bool(named),
        on_change=_settle if named else None,
        args=(field,),
        help=f"{named} {others}".strip() or None,
    )
    _counts(reader, key, wanted, field)


def _options(reader: Reader, key: Key, wanted: IncidentFilter, field: str) -> tuple[list[str], bool]:
    """The most frequent values, and whether these are all. Those that are chosen are always among them.

    The browser keeps every option of every closed list ready: thousands of them cost more than all else on the page.
    """
    found = [each.value for each in loading.facet(reader, key, options_filter(wanted, field), field)]
    return list(dict.fromkeys([*found[:LISTED], *getattr(wanted, field)])), len(found) <= LISTED


def _shown_value(value: str) -> str:
    return value or "not stated"


def _settle(field: str) -> None:
    """A typed spelling becomes the name that the data have."""
    held = state.wanted()
    alone = EVERYTHING.with_(dataset=held.dataset, **{field: getattr(held, field)})
    settled = getattr(settle(loading.store().reader(), alone), field)
    if settled != getattr(held, field):
        st.session_state[f"filter_{field}"] = list(settled)


def _near() -> None:
    """What is closed and holds nothing is not drawn: each field costs the browser some milliseconds of every step."""
    is_set = any(st.session_state.get(f"filter_near_{name}") is not None for name in ("latitude", "longitude", "km"))
    box = st.expander("Near a point", expanded=is_set, key="filter_near", on_change="rerun")
    if not (box.open or is_set):
        return
    with box:
        for place, name, most in zip(st.columns(2), ("latitude", "longitude"), (90.0, 180.0), strict=True):
            place.number_input(
                name.title(),
                min_value=-most,
                max_value=most,
                value=None,
                step=0.01,
                format="%.4f",
                key=f"filter_near_{name}",
            )
        st.number_input("Within km", min_value=0.0, value=None, step=10.0, format="%g", key="filter_near_km")


def _harm(reader: Reader, key: Key, wanted: IncidentFilter) -> None:
    with st.container(key="harm", horizontal=True, gap="small"):
        st.number_input("Killed at least", min_value=0, step=1, value=None, key="filter_fatalities", placeholder="any")
        st.number_input(
            "Killed at most", min_value=0, step=1, value=None, key="filter_fatalities_most", placeholder="any"
        )
        if wanted.asks_for_killed:
            left_out = loading.cards(reader, key, wanted).left_out_without_figure
            st.text(f"leaves out {left_out:,} without a figure", width="stretch")
    st.toggle(
        "Leave out figures from words",
        key="filter_leave_out_words",
        help='Incidents whose figure rests on a word such as "dozens"',
    )


def _precision(reader: Reader, key: Key, wanted: IncidentFilter) -> None:
    st.multiselect(
        "Place known to", [*GEO_PRECISIONS, UNLOCATED], key="filter_geo_precision", placeholder="any", select_all=False
    )
    _counts(reader, key, wanted, "geo_precision")


def _counts(reader: Reader, key: Key, wanted: IncidentFilter, field: str) -> None:
    """Counts beside the options, under all other filters; plain text, since the names come from a file."""
    found = loading.counts(reader, key, wanted, field)
    words = " · ".join(f"{value.value or UNLOCATED} {value.incidents:,}" for value in found[:SHOWN_COUNTS])
    st.text(f"{words} · …" if len(found) > SHOWN_COUNTS else words or "none")
