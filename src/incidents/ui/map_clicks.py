"""What a click on the map means: an incident, a heap at one place, a province, or a point to search around."""

from typing import Any

import streamlit as st

from incidents.model.filters import Near
from incidents.ui import map_viewport, state
from incidents.ui.map_modes import INCIDENTS, PROVINCES
from incidents.views.provinces import Stated, spellings

LIST_FROM_ZOOM = 16  # the same number as in incidents_map.js
FIRST_KM = 25.0
RETURNED = ("bounds", "zoom", "last_active_drawing", "last_object_clicked_count", "last_clicked")


def clicked() -> None:
    """In the map's callback. On a cluster the frame itself zooms."""
    told = map_viewport.seen()
    session = st.session_state
    clicks, point = told.get("last_object_clicked_count") or 0, told.get("last_clicked")
    is_object, is_point = clicks != (session.get("map_clicks") or 0), point != session.get("map_clicked")
    session["map_clicks"], session["map_clicked"] = clicks, point
    if session.get("map_pick"):
        if is_point and point:
            _pick(float(point["lat"]), float(point["lng"]))
    elif is_object:
        _object((told.get("last_active_drawing") or {}).get("properties") or {}, told.get("zoom") or 0)


def _pick(latitude: float, longitude: float) -> None:
    session = st.session_state
    held = state.wanted().near
    km = held.km if held else FIRST_KM
    session["map_pick"] = False
    state.change(near=Near(round(latitude, 4), round((longitude + 180.0) % 360.0 - 180.0, 4), km))
    session["filter_changed"] = True


def _object(facts: dict[str, Any], zoom: int) -> None:
    if facts.get("province"):
        drill(str(facts["province"]))
    elif facts.get("id"):
        state.select(str(facts["id"]))
    elif facts.get("n", 0) > 1 and (facts.get("one_point") or zoom >= LIST_FROM_ZOOM):
        state.select(None)
        south, west, north, east = facts["box"]
        st.session_state["listed"] = (south, west, north, east, bool(facts.get("area")))


def drill(province_id: str) -> None:
    """Into one province: its incidents, and the way back kept."""
    session = st.session_state
    id_of: dict[Stated, str] = session.get("map_province_ids", {})
    countries, provinces = spellings(id_of, province_id)
    if not provinces:
        return
    before = state.wanted()
    session["map_drilled"] = (before.country, before.admin1, before.admin2, before.location, provinces)
    session["map_mode"] = INCIDENTS
    state.change(country=countries, admin1=provinces, admin2=(), location=())
    session["filter_changed"] = True


def is_drilled() -> bool:
    """The filter still asks for the province that was clicked."""
    held = st.session_state.get("map_drilled")
    return held is not None and state.wanted().admin1 == held[4]


def climb() -> None:
    """In a callback: back to the provinces, and to the places that were asked for before."""
    session = st.session_state
    country, admin1, admin2, location, _ = session.pop("map_drilled")
    session["map_mode"] = PROVINCES
    state.change(country=country, admin1=admin1, admin2=admin2, location=location)
    session["filter_changed"] = True
