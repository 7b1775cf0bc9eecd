"""Explore: the sentence and the map first, then every other panel, all of one filter."""

from concurrent.futures import wait

import streamlit as st

from incidents.maps.symbols import slots
from incidents.model.filters import EVERYTHING, IncidentFilter
from incidents.queries.shape import chosen_datasets
from incidents.store import Reader
from incidents.ui import filter_panel, loading, map_panel, play, state, table, timeline, top_lists
from incidents.ui.cards import render_cards
from incidents.ui.chips import render_chips
from incidents.ui.copy_link import render_copy_link
from incidents.ui.export_panel import render_export
from incidents.ui.fresh import render_new_data
from incidents.ui.headline import provenance, sentence
from incidents.ui.import_drop import go_on_with_dropped, render_sample_drop

_MODES = {
    "map_mode": tuple(map_panel.MODES),
    "timeline_unit": tuple(timeline.UNITS),
    "timeline_by": tuple(timeline.GROUPS),
    "timeline_measure": tuple(timeline.MEASURES),
}

TOGETHER = 0.6
"""Seconds for which panels wait for one another; of more rows than can be counted in that time each is drawn when it is ready."""


def explore_page() -> None:
    go_on_with_dropped()
    version = loading.user_store().version()
    reader = loading.store().reader()
    key = loading.key_of(reader)
    link_notes = state.prepare(reader.datasets, is_entering=map_panel.is_entering(), modes=_MODES)
    play.take_step()
    wanted = state.wanted()
    everything = EVERYTHING.with_(dataset=wanted.dataset)
    on_its_way = map_panel.soon(reader, key, wanted)
    first = loading.first_numbers(reader, key, wanted)
    wait([on_its_way], TOGETHER)

    with st.container(key="head", horizontal=True, vertical_alignment="center"):
        head = st.container(key="sentence", width="content")
        chips_place = st.container(key="chips", width="stretch", horizontal=True, vertical_alignment="center")
        render_copy_link()
    data_place = st.container(key="provenance")
    sample_place = st.container(
        key="sample"
    )  # also where nothing stands in it: else the map would be put in another place
    cards_place = st.container(key="cards")
    map_place = st.container(key="map_row")
    time_place = st.container(key="timeline")
    table_place = st.container(key="table")
    export_place = st.container(key="export", horizontal=True, vertical_alignment="center")
    slot_of = slots(value.value for value in loading.facet(reader, key, everything, "event_type"))

    head.markdown(sentence(first))
    if _is_sample(reader):
        render_sample_drop(sample_place)
    with map_place:
        map_panel.render_map(
            reader, key, wanted, slot_of, first.incidents - first.unlocated, lambda: _warm(reader, key, wanted)
        )
    with cards_place:
        cards = loading.cards(reader, key, wanted)
        render_cards(cards, wanted, loading.before(reader, key, wanted))
    with data_place:
        st.text(provenance(chosen_datasets(wanted, reader.datasets), cards, wanted))
    with chips_place:
        for note in link_notes:
            st.caption(note)
        render_chips(wanted, {dataset.dataset_id: dataset.name for dataset in reader.datasets} | {"all": "all"})
    with time_place:
        timeline.render_timeline(reader, key, wanted, slot_of)
    with table_place:
        table.render_table(reader, key, wanted, first.incidents)
    with export_place:
        render_export(reader, wanted, first.incidents)
    with st.sidebar:
        filter_panel.render_filters(reader, key, wanted)
    state.hold(wanted)
    render_new_data(reader, version)


def _is_sample(reader: Reader) -> bool:
    return bool(reader.datasets) and reader.datasets[0].is_sample


def _warm(reader: Reader, key: loading.Key, wanted: IncidentFilter) -> None:
    """Once the map is on its way, the numbers of all other panels are waited for: they reach the browser together, which
    draws the map meanwhile. One after the other each would be drawn over again, and the map be late.
    """
    coming = [loading.soon(loading.cards, reader, key, wanted)]
    for panel in (top_lists, timeline, table, filter_panel):
        coming += panel.warm(reader, key, wanted)
    wait(coming, TOGETHER)
