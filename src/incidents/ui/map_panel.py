"""The map beside the selected incident: one fragment, so that a pan or a click redraws nothing else."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from streamlit_folium import st_folium

from incidents.maps.incident_features import Selected
from incidents.maps.layers import Told, base_map, layer
from incidents.maps.tiles import offered_tiles
from incidents.model.filters import IncidentFilter
from incidents.store import Reader
from incidents.ui import loading, map_clicks, map_layer, map_viewport, served, state
from incidents.ui.details import render_details
from incidents.ui.loading import Key
from incidents.ui.map_layer import Drawn
from incidents.ui.map_legend import render_heat_legend, render_incident_legend, render_province_legend
from incidents.ui.map_listed import render_listed
from incidents.ui.map_modes import INCIDENTS, MEASURES, MODES, PROVINCES, chosen_mode
from incidents.ui.map_viewport import HEIGHT, KEY, forget_frame, is_entering, viewport
from incidents.ui.top_lists import render_top
from incidents.views.heat import HeatView
from incidents.views.provinces import ProvinceView

__all__ = ["MODES", "forget_frame", "is_entering", "render_map", "soon", "viewport"]

soon = map_layer.soon


@st.fragment
def render_map(
    reader: Reader,
    key: Key,
    wanted: IncidentFilter,
    slot_of: dict[str, int],
    on_map: int,
    when_sent: Callable[[], None],
) -> None:
    """`on_map` is how many incidents of the filter have coordinates; `when_sent` is called when the map is on its way."""
    if st.session_state.pop("filter_changed", False):
        st.rerun()
    with st.container(horizontal=True, key="map_and_beside"):
        left, right = st.container(key="map"), st.container(key="details", height=HEIGHT + 42, border=True)
    with left:
        shown = _draw(reader, key, wanted, slot_of, on_map)
        when_sent()
        _below(reader, key, wanted, shown, on_map, slot_of)
    with right:
        _beside(reader, key, wanted)
    state.show_link()


def _draw(reader: Reader, key: Key, wanted: IncidentFilter, slot_of: dict[str, int], on_map: int) -> Drawn:
    session = st.session_state
    chosen = _selected(reader, key, wanted)
    _follow_selected(reader, key, wanted, chosen)
    shown = map_layer.drawn(reader, key, wanted, slot_of, chosen)
    if shown.shown == 0 and on_map and session.get("map_asked_for") != wanted and chosen_mode() != PROVINCES:
        map_viewport.aim(loading.extent(reader, key, wanted))
        shown = map_layer.drawn(reader, key, wanted, slot_of, chosen)
    session["map_asked_for"] = wanted
    target = map_viewport.target()
    tiles = offered_tiles() if session.get("map_tiles") else None
    told = Told(tiles=tiles, near=wanted.near, box=wanted.bbox, picking=bool(session.get("map_pick")))
    st_folium(
        base_map(map_viewport.start()), key=KEY, height=HEIGHT, use_container_width=True, returned_objects=list(map_clicks.RETURNED), render=False,
        feature_group_to_add=layer(shown.features, told), center=target[:2] if target else None, zoom=target[2] if target else None,
        on_change=map_clicks.clicked,
    )  # fmt: skip
    return shown


def _show_all(reader: Reader, key: Key, wanted: IncidentFilter) -> None:
    map_viewport.aim(loading.extent(reader, key, wanted))


def _follow_selected(reader: Reader, key: Key, wanted: IncidentFilter, chosen: Selected | None) -> None:
    """An incident that was chosen elsewhere on the page comes into sight."""
    session = st.session_state
    if session.get("map_followed_incident") == (chosen and chosen[0]):
        return
    session["map_followed_incident"] = chosen and chosen[0]
    if chosen and not map_viewport.is_seen(viewport(reader, key, wanted), chosen[1], chosen[2]):
        map_viewport.centre_on(chosen[1], chosen[2])


def _selected(reader: Reader, key: Key, wanted: IncidentFilter) -> Selected | None:
    incident_id = state.selected()
    found = loading.details(reader, key, wanted, incident_id) if incident_id else None
    first = found.sites[0] if found and found.sites else None
    if incident_id is None or first is None or first.latitude is None or first.longitude is None:
        return None
    return incident_id, first.latitude, first.longitude


def _below(
    reader: Reader, key: Key, wanted: IncidentFilter, shown: Drawn, on_map: int, slot_of: dict[str, int]
) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.segmented_control(
            "Map shows", list(MODES), key="map_mode", default=INCIDENTS, format_func=lambda mode: MODES[mode],
            label_visibility="collapsed", persist_state="session", required=True,
        )  # fmt: skip
        if map_clicks.is_drilled():
            st.button("Back to provinces", key="map_climb", on_click=map_clicks.climb)
        st.button("Show all", key="map_fit", on_click=_show_all, args=(reader, key, wanted),
                  help="Move the map to all incidents of the filter")  # fmt: skip
        st.button("Only this part", key="map_only", on_click=_only_this_part, disabled=map_viewport.box_seen() is None,
                  help="Filter to what the map shows now")  # fmt: skip
        st.toggle(
            "Around a point",
            key="map_pick",
            persist_state="session",
            help="Then click the map: the filter keeps what lies within so many km",
        )
        _kilometres(wanted)
        if tiles := offered_tiles():
            st.toggle(
                "Online map", key="map_tiles", persist_state="session", help=f"Pictures from {tiles.address.split('/')[2]}: it learns which part of the world you look at",
            )  # fmt: skip
    view = shown.view
    if chosen_mode() != INCIDENTS:
        st.segmented_control(
            "Count", list(MEASURES), key="map_measure", default="incidents",
            format_func=lambda measure: MEASURES[measure], label_visibility="collapsed", persist_state="session", required=True,
        )  # fmt: skip
    in_sight = f"{shown.shown:,} of {on_map:,} located incidents in this part of the map"
    if isinstance(view, ProvinceView):
        render_province_legend(view, shown.starts)
    elif isinstance(view, HeatView):
        st.caption(in_sight)
        render_heat_legend(view)
    else:
        render_incident_legend(slot_of, in_sight)


def _kilometres(wanted: IncidentFilter) -> None:
    if wanted.near is None:
        if st.session_state.get("map_pick"):
            st.caption("Click the map.")
        return
    st.session_state["map_km"] = wanted.near.km
    st.number_input(
        "km around the point",
        min_value=0.1,
        max_value=20_000.0,
        step=5.0,
        format="%g",
        key="map_km",
        on_change=_other_km,
        width=130,
    )


def _other_km() -> None:
    near, km = state.wanted().near, st.session_state.get("map_km")
    if near and km:
        state.change(near=replace(near, km=float(km)))
        st.session_state["filter_changed"] = True


def _only_this_part() -> None:
    if box := map_viewport.box_seen():
        state.change(bbox=box)
        st.session_state["filter_changed"] = True


def _beside(reader: Reader, key: Key, wanted: IncidentFilter) -> None:
    chosen, listed = state.selected(), st.session_state.get("listed")
    if chosen:
        render_details(reader, key, wanted, chosen)
    elif listed:
        render_listed(reader, key, wanted, listed)
    else:
        render_top(reader, key, wanted)


assert served  # its import declares the routes of the map's files
