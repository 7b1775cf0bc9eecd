"""The map beside the selected incident: one fragment, so that a pan or a click redraws nothing else."""

import math
from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from incidents.maps.layers import CLOSEST_START, MIN_ZOOM, base_map, incident_layer
from incidents.maps.symbols import COLOURS, OTHER
from incidents.model.filters import IncidentFilter
from incidents.model.mercator import TILE_BITS, WORLD, project_point, unproject
from incidents.store import Reader
from incidents.ui import loading, served, state
from incidents.ui.details import render_details
from incidents.ui.loading import Key
from incidents.ui.top_lists import render_top
from incidents.views.values import WORLD as WHOLE_WORLD
from incidents.views.values import Extent, MapView, Viewport

HEIGHT = 470
GUESSED_WIDTH = 860  # of the map's frame before the browser has told it
LIST_FROM_ZOOM = 16  # the same number as in incidents_map.js
MODES = ("Incidents", "Heat")
_KEY = "incidents_map"
_RETURNED = ("bounds", "zoom", "last_active_drawing", "last_object_clicked_count")

_SIGNS = """<div class="signs">
<span><i class="sign dot"></i>one incident in a town: larger, more dead; pale, none reported</span>
<span><i class="sign near"></i>near a place, or precision not stated</span>
<span><i class="sign area"></i>known to a district or less</span>
<span><i class="sign several">8</i>several incidents; the ring shares out their types</span>
<span><i class="sign further"></i>further site of an incident, counted at its first</span>
</div>"""


def forget_frame() -> None:
    """The page was left: the next visit makes a new frame, which begins where the old one stood."""
    session = st.session_state
    seen = session.get(_KEY) or {}
    session["map_begin"] = _extent_of(seen) if seen.get("bounds") else None
    for name in (_KEY, "map_started", "map_target", "map_clicks"):
        session.pop(name, None)


def is_entering() -> bool:
    """The page is drawn for the first time since it was left, or at all."""
    return "map_started" not in st.session_state


def viewport(reader: Reader, key: Key, wanted: IncidentFilter) -> Viewport:
    """What the map shows now, or will show as soon as it follows."""
    session = st.session_state
    if "map_started" not in session:
        begin: Extent | None = session.get("map_begin") or loading.extent(reader, key, wanted)
        session["map_started"] = True
        session["map_start"] = begin
        session["map_followed"] = _whereabouts(wanted)
        session["map_expected"] = _fitted(begin, GUESSED_WIDTH, HEIGHT, CLOSEST_START)[1] if begin else WHOLE_WORLD
    elif session.get("map_followed") != _whereabouts(wanted):
        session["map_followed"] = _whereabouts(wanted)
        _aim(loading.extent(reader, key, wanted))
    seen = session.get(_KEY) or {}
    if seen.get("bounds") and session.get("map_expected_over") != seen:
        session["map_expected"] = None
    return session.get("map_expected") or _viewport_of(seen)


def _whereabouts(wanted: IncidentFilter) -> tuple[tuple[str, ...], ...]:
    """The map follows a change of these; any other filter leaves the view where the user put it."""
    return wanted.dataset, wanted.country, wanted.admin1, wanted.admin2, wanted.location


def _aim(extent: Extent | None) -> None:
    """Moves the map to show an extent."""
    if extent is None:
        return
    session = st.session_state
    seen = session.get(_KEY) or {}
    width = _pixels(seen) if seen.get("bounds") else GUESSED_WIDTH
    (latitude, longitude, zoom), expected = _fitted(extent, width, HEIGHT, CLOSEST_START)
    nudge = (
        1e-7 if (session.get("map_target") or (0,))[0] == latitude else 0.0
    )  # the same target twice would be ignored
    session["map_target"] = (latitude + nudge, longitude, zoom)
    session["map_expected"] = expected
    session["map_expected_over"] = seen


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
    _take_click()
    left, right = st.columns([0.67, 0.33])
    with left, st.container(key="map"):
        shown = _draw(reader, key, wanted, slot_of, on_map)
        when_sent()
        _below(reader, key, wanted, shown, on_map, slot_of)
    with right, st.container(key="details", height=HEIGHT + 42, border=True):
        _beside(reader, key, wanted)
    if st.session_state.pop("filter_changed", False):
        st.rerun()


def _draw(reader: Reader, key: Key, wanted: IncidentFilter, slot_of: dict[str, int], on_map: int) -> MapView:
    session = st.session_state
    seen_part = viewport(reader, key, wanted)
    view = loading.incident_map(reader, key, wanted, seen_part)
    if view.shown == 0 and on_map and session.get("map_asked_for") != wanted:
        _aim(loading.extent(reader, key, wanted))
        view = loading.incident_map(reader, key, wanted, viewport(reader, key, wanted))
    session["map_asked_for"] = wanted
    target = session.get("map_target")
    layer = incident_layer(
        view, slot_of, selected=_selected(reader, key, wanted), heat=session.get("map_mode") == MODES[1]
    )
    st_folium(
        base_map(session.get("map_start")), key=_KEY, height=HEIGHT, use_container_width=True, returned_objects=list(_RETURNED),
        feature_group_to_add=layer, center=target[:2] if target else None, zoom=target[2] if target else None,
    )  # fmt: skip
    return view


def _below(
    reader: Reader, key: Key, wanted: IncidentFilter, view: MapView, on_map: int, slot_of: dict[str, int]
) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            "Map", MODES, key="map_mode", default=MODES[0], label_visibility="collapsed", persist_state="session"
        )
        st.button(
            "Show all",
            key="map_fit",
            on_click=lambda: _aim(loading.extent(reader, key, wanted)),
            help="Move the map to all incidents of the filter",
        )
        st.caption(f"{view.shown:,} of {on_map:,} located incidents in this part of the map")
    if st.session_state.get("map_mode") == MODES[1]:
        st.caption("Stronger colour: more incidents of the filter, whatever their type, toll and precision.")
        return
    with st.container(key="legend", horizontal=True):
        styles = []
        named = [(name, slot) for name, slot in slot_of.items() if slot != OTHER]
        named += [("other or not stated", OTHER)]
        for place, (name, slot) in enumerate(named, start=1):
            st.text(name)
            styles.append(f'.st-key-legend > :nth-child({place}) [data-testid="stText"] {{ --mark: {COLOURS[slot]}; }}')
    st.html(f"<style>{''.join(styles)}</style>{_SIGNS}")


def _beside(reader: Reader, key: Key, wanted: IncidentFilter) -> None:
    chosen, listed = state.selected(), st.session_state.get("listed")
    if chosen:
        render_details(reader, key, wanted, chosen)
    elif listed:
        _render_listed(reader, key, wanted, listed)
    else:
        render_top(reader, key, wanted)


def _render_listed(reader: Reader, key: Key, wanted: IncidentFilter, box: tuple[float, float, float, float]) -> None:
    rows = loading.at_point(reader, key, wanted, box)
    st.markdown(f"**{len(rows):,} incidents at one place**")
    st.session_state["listed_shown"] = list(rows["incident_id"]) if len(rows) else []
    st.dataframe(rows, hide_index=True, key="listed_rows", on_select=_listed_chosen, selection_mode="single-row", placeholder="", height=360,
                 column_order=[name for name in rows.columns if name != "incident_id"])  # fmt: skip
    st.button("Close", key="listed_close", on_click=state.select, args=(None,))


def _listed_chosen() -> None:
    rows = (st.session_state.get("listed_rows") or {}).get("selection", {}).get("rows", [])
    shown = st.session_state.get("listed_shown", [])
    if rows and rows[0] < len(shown):
        state.select(shown[rows[0]])


def _take_click() -> None:
    """A click on an incident selects it; on a heap at one place lists it; on a cluster the frame itself zooms."""
    seen: dict[str, Any] = st.session_state.get(_KEY) or {}
    clicks = seen.get("last_object_clicked_count") or 0
    if clicks == (st.session_state.get("map_clicks") or 0):
        return
    st.session_state["map_clicks"] = clicks
    facts = (seen.get("last_active_drawing") or {}).get("properties") or {}
    if facts.get("id"):
        state.select(str(facts["id"]))
    elif facts.get("n", 0) > 1 and (facts.get("one_point") or (seen.get("zoom") or 0) >= LIST_FROM_ZOOM):
        state.select(None)
        south, west, north, east = facts["box"]
        st.session_state["listed"] = (south, west, north, east)


def _selected(reader: Reader, key: Key, wanted: IncidentFilter) -> tuple[str, float, float] | None:
    incident_id = state.selected()
    found = loading.details(reader, key, wanted, incident_id) if incident_id else None
    first = found.sites[0] if found and found.sites else None
    if incident_id is None or first is None or first.latitude is None or first.longitude is None:
        return None
    return incident_id, first.latitude, first.longitude


def _extent_of(seen: dict[str, Any]) -> Extent:
    low, high = seen["bounds"]["_southWest"], seen["bounds"]["_northEast"]
    shrink = 0.02  # fitting a frame's own bounds would otherwise step out one zoom
    height, width = (high["lat"] - low["lat"]) * shrink, (high["lng"] - low["lng"]) * shrink
    return Extent(low["lat"] + height, low["lng"] + width, high["lat"] - height, high["lng"] - width)


def _viewport_of(seen: dict[str, Any]) -> Viewport:
    if not seen.get("bounds"):
        return WHOLE_WORLD
    low, high = seen["bounds"]["_southWest"], seen["bounds"]["_northEast"]
    west, east = low["lng"], high["lng"]
    if east - west >= 360:
        west, east = -180.0, 180.0
    return Viewport(max(-90.0, low["lat"]), west, min(90.0, high["lat"]), east, int(seen.get("zoom") or 2))


def _pixels(seen: dict[str, Any]) -> int:
    """Width of the map's frame."""
    degrees = seen["bounds"]["_northEast"]["lng"] - seen["bounds"]["_southWest"]["lng"]
    return max(200, int(degrees / 360 * 2 ** (TILE_BITS + int(seen.get("zoom") or 2))))


def _fitted(extent: Extent, width: int, height: int, most: int) -> tuple[tuple[float, float, int], Viewport]:
    """Centre and zoom that show an extent in a frame of so many pixels, and what the frame then shows."""
    left, top = project_point(extent.north, extent.west)
    right, bottom = project_point(extent.south, extent.east)
    margin = 48
    fits = [
        math.log2(WORLD * pixels / (1 << TILE_BITS) / max(1, length))
        for pixels, length in ((width - margin, right - left), (height - margin, bottom - top))
    ]
    zoom = max(MIN_ZOOM, min(most, math.floor(min(fits))))
    x, y = (left + right) / 2, (top + bottom) / 2
    per_pixel = WORLD / (1 << (TILE_BITS + zoom))
    latitude, longitude = unproject(x, y)
    north, west = unproject(max(0, x - width / 2 * per_pixel), max(0, y - height / 2 * per_pixel))
    south, east = unproject(min(WORLD, x + width / 2 * per_pixel), min(WORLD, y + height / 2 * per_pixel))
    return (latitude, longitude, zoom), Viewport(south, west, north, east, zoom)


assert served  # its import declares the routes of the map's files
