"""Explore: the sentence and the map first, then every other panel, all of one filter."""

import streamlit as st

from incidents.maps.symbols import slots
from incidents.model.filters import EVERYTHING, IncidentFilter
from incidents.store import Reader
from incidents.ui import filter_panel, loading, map_panel, state, table, timeline, top_lists
from incidents.ui.cards import render_cards
from incidents.ui.chips import render_chips
from incidents.ui.export_panel import render_export
from incidents.ui.fresh import render_new_data
from incidents.ui.import_drop import render_sample_drop


def explore_page() -> None:
    reader = loading.store().reader()
    key = loading.key_of(reader)
    bad_parameters = state.prepare(reader.datasets, is_entering=map_panel.is_entering())
    wanted = state.wanted()
    everything = EVERYTHING.with_(dataset=wanted.dataset)
    loading.soon(loading.incident_map, reader, key, wanted, map_panel.viewport(reader, key, wanted))

    left, right = st.columns([0.4, 0.6], vertical_alignment="center")
    head = left.container(key="sentence")
    chips_place = right.container(key="chips")
    sample_place = st.container(key="sample")
    cards_place = st.container(key="cards")
    map_place = st.container(key="map_row")
    time_place = st.container(key="timeline")
    table_place = st.container(key="table")
    export_place = st.container(key="export")
    slot_of = slots(value.value for value in loading.facet(reader, key, everything, "event_type"))

    shown = loading.headline_of(reader, key, wanted)
    head.markdown(shown.sentence)
    if reader.datasets and reader.datasets[0].is_sample:
        render_sample_drop(sample_place)
    with map_place:
        map_panel.render_map(reader, key, wanted, slot_of, shown.located, lambda: _warm(reader, key, wanted))
    with cards_place:
        render_cards(loading.cards(reader, key, wanted), wanted)
    with chips_place:
        if bad_parameters:
            st.caption(f"The link's {', '.join(bad_parameters)} could not be read and is left out.")
        render_chips(wanted, {dataset.dataset_id: dataset.name for dataset in reader.datasets} | {"all": "all"})
    with time_place:
        timeline.render_timeline(reader, key, wanted, slot_of)
    with table_place:
        table.render_table(reader, key, wanted, shown.incidents)
    with export_place:
        render_export(reader, wanted, shown.incidents)
    with st.sidebar:
        filter_panel.render_filters(reader, key, wanted)
    state.hold(wanted)
    render_new_data(reader, key)


def _warm(reader: Reader, key: loading.Key, wanted: IncidentFilter) -> None:
    """Once the map is on its way the engine works out the other panels beside the script, in the order of the page."""
    loading.soon(loading.cards, reader, key, wanted)
    for panel in (top_lists, timeline, table, filter_panel):
        panel.warm(reader, key, wanted)
