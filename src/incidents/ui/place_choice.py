"""Choosing one place: a candidate, a click on the map, coordinates, or an area and no closer."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from streamlit_folium import st_folium

from incidents.ingest.decisions import decide
from incidents.ingest.online_places import online
from incidents.maps.candidates import Mark, candidate_layer, place_map, view_of
from incidents.model.errors import IncidentsError
from incidents.model.place import Candidate, PlaceQuery
from incidents.model.settings import settings
from incidents.places.given import check
from incidents.places.online import ATTRIBUTION, Online
from incidents.places.radii import DECIDED
from incidents.places.resolver import AREAS, Resolver
from incidents.places.suggestions import areas, stated_provinces, suggestions
from incidents.store import Store
from incidents.ui import served
from incidents.ui.wording import PRECISION_WORDS
from incidents.views.places_review import PlaceToSettle

SAID = "places_said"
HEIGHT, GUESSED_WIDTH = 430, 760
_MAP, _CHOICE, _POINT, _PRECISION = "place_map", "place_choice", "place_point", "place_precision"
_FAULT = "place_online_fault"
_NUMBER = r"[+-]?\d{1,3}(?:\.\d+)?"
_PAIR = re.compile(rf"\s*({_NUMBER})\s*[,;\s]\s*({_NUMBER})\s*")


@dataclass(frozen=True, slots=True)
class OwnPoint:
    """The option of a point that the person gives; of this place, so that the next place begins anew."""

    query: PlaceQuery


Option = Candidate | OwnPoint


@st.fragment
def render_choice(store: Store, place: PlaceToSettle, resolver: Resolver, *, can_settle: bool) -> None:
    """Map and choices; a click on the map redraws nothing else."""
    query = place.query
    geocoder = _geocoder()
    found_online = _kept(geocoder, query)
    candidates = (*suggestions(resolver, query, place.answer), *found_online)
    options: list[Option] = [*candidates, OwnPoint(query), *areas(resolver, query)]
    _take_click(query, candidates)
    left, right = st.columns([0.6, 0.4])
    with right, st.container(key="place_choices"):
        st.text(place.answer.why)
        numbers = {option: number for number, option in enumerate(options, start=1)}
        chosen = st.selectbox("It is", options, format_func=lambda option: _label(option, numbers[option]), key=_CHOICE)
        decided = _own_point(query) if isinstance(chosen, OwnPoint) else chosen
        if decided is not None and (doubt := _doubt(decided, query)):
            st.text(doubt)
        _render_settle(store, place, decided, can_settle)
        _render_online(geocoder, query, found_online)
    with left, st.container(key="place_map_box"):
        _render_map(query, candidates, decided, resolver)


def _label(option: Option, number: int) -> str:
    if isinstance(option, OwnPoint):
        return "A point of my own: click the map, or type coordinates"
    named = ", ".join(part for part in (option.name, option.admin1, option.country) if part)
    if option.geo_precision in AREAS and option.source == "decision":
        return f"The {option.geo_precision} only: {named}"
    people = f", {option.population:,} people" if option.population else ""
    return f"{number}  {named}: {option.latitude:.3f}, {option.longitude:.3f} ({option.source}, {option.why}{people})"


def _own_point(query: PlaceQuery) -> Candidate | None:
    text = st.text_input("Latitude, longitude", key=_POINT, placeholder="28.9412, 57.7312")
    precision = st.selectbox(
        "It is known to", list(DECIDED)[:4], format_func=lambda name: PRECISION_WORDS[name], key=_PRECISION
    )
    if not text.strip():
        return None
    pair = _PAIR.fullmatch(text)
    latitude, longitude = (float(pair[1]), float(pair[2])) if pair else (np.nan, np.nan)
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        st.caption("Expected two numbers of degrees, latitude first.")
        return None
    return Candidate(query.name or "", query.admin1, query.country, latitude, longitude, precision, "decision", "a point chosen by hand")  # fmt: skip


def _doubt(place: Candidate, query: PlaceQuery) -> str | None:
    checked = check(np.array([place.latitude]), np.array([place.longitude]), [query.country])
    return f"Please look again: {checked.reason[0]}." if checked.reason[0] else None


def _render_settle(store: Store, place: PlaceToSettle, decided: Candidate | None, can_settle: bool) -> None:
    incidents = f"{place.incidents:,} incident{'' if place.incidents == 1 else 's'}"
    st.caption("Holds for every incident of this name, district, province and country, and for later imports.")
    pressed = st.button(
        f"Settle for {incidents}", key="place_settle", type="primary", disabled=decided is None or not can_settle
    )
    if pressed and decided is not None:
        with st.spinner("Placing the incidents"):
            try:
                changed = decide(store, settings(), {place.query: decided})
            except IncidentsError as problem:
                st.text(str(problem))
                return
        st.session_state[SAID] = (
            f"{place.query.name}: settled. {changed:,} incidents have their new place; undo it below."
        )
        st.session_state.pop(_POINT, None)
        st.rerun()


def _take_click(query: PlaceQuery, candidates: tuple[Candidate, ...]) -> None:
    """Before the widgets are drawn: a click on a candidate chooses it, one beside them is a point of one's own."""
    session = st.session_state
    seen: dict[str, Any] = session.get(_MAP) or {}
    point, clicks = seen.get("last_clicked"), seen.get("last_object_clicked_count") or 0
    if clicks != session.get("place_clicks", 0):
        number = ((seen.get("last_active_drawing") or {}).get("properties") or {}).get("number") or 0
        if 0 < number <= len(candidates):
            session[_CHOICE] = candidates[number - 1]
    elif point and point != session.get("place_point_clicked"):
        session[_CHOICE] = OwnPoint(query)
        longitude = (point["lng"] + 180) % 360 - 180
        session[_POINT] = f"{point['lat']:.4f}, {longitude:.4f}"
    session["place_clicks"], session["place_point_clicked"] = clicks, point


def _render_map(
    query: PlaceQuery, candidates: tuple[Candidate, ...], decided: Candidate | None, resolver: Resolver
) -> None:
    marks = [
        Mark(number, each.latitude, each.longitude, DECIDED.get(each.geo_precision), each == decided)
        for number, each in enumerate(candidates, start=1)
    ]
    if decided is not None and decided not in candidates:
        ring = (
            None if decided.source == "decision" and decided.geo_precision in AREAS else DECIDED[decided.geo_precision]
        )
        marks.append(Mark(0, decided.latitude, decided.longitude, ring, True))
    provinces = [province.id for province in stated_provinces(resolver, query)]
    numbered = [mark for mark in marks if mark.number]
    centre, zoom = view_of(numbered or marks, provinces, GUESSED_WIDTH, HEIGHT) or (None, None)
    st_folium(
        place_map(), key=_MAP, height=HEIGHT, use_container_width=True, feature_group_to_add=candidate_layer(marks, provinces),
        center=centre, zoom=zoom, returned_objects=["last_clicked", "last_active_drawing", "last_object_clicked_count"],
    )  # fmt: skip


def _geocoder() -> Online | None:
    try:
        return online(settings())
    except IncidentsError as problem:
        st.text(str(problem))
        return None


def _kept(geocoder: Online | None, query: PlaceQuery) -> tuple[Candidate, ...]:
    """What the online geocoder answered before; sends nothing."""
    known = geocoder.kept(query) if geocoder else None
    return known.candidates if known else ()


def _render_online(geocoder: Online | None, query: PlaceQuery, found: tuple[Candidate, ...]) -> None:
    if geocoder is None:
        return
    known = geocoder.kept(query)
    if known is not None:
        words = f"{len(known.candidates):,} candidates" if known.candidates else "no such place"
        st.caption(f"Asked online on {known.asked_at:%d %B %Y}: {words}.")
        if found:
            st.caption(ATTRIBUTION if geocoder.settings.service == "nominatim" else "Answers of the online geocoder.")
        return
    if not geocoder.is_configured:
        st.caption(
            "Online look-ups are off; nothing is sent. To allow them set `INCIDENTS_USER_AGENT` to your project's name and address."
        )
        return
    st.button("Look up online", key="place_online", on_click=_look_up, args=(geocoder, query))
    st.text(
        f"Sends the name, district, province and country of this place, and nothing else, to {geocoder.settings.key}."
    )
    if fault := st.session_state.pop(_FAULT, None):
        st.text(fault)


def _look_up(geocoder: Online, query: PlaceQuery) -> None:
    try:
        geocoder.look_up(query)
    except IncidentsError as problem:
        st.session_state[_FAULT] = str(problem)


assert served  # its import declares the routes of the map's files
