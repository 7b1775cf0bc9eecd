"""Places to settle: those of most incidents first; a person chooses, for all incidents of that name."""

import pandas as pd
import streamlit as st

from incidents.ingest.places import resolver_for
from incidents.model.place import PlaceQuery
from incidents.model.settings import settings
from incidents.places.resolver import Resolver
from incidents.store import Reader
from incidents.ui import loading
from incidents.ui.loading import Key
from incidents.ui.own_gazetteers import render_gazetteers
from incidents.ui.place_choice import SAID, render_choice
from incidents.ui.settled_places import render_settled
from incidents.views.places_review import PlacesToSettle, PlaceToSettle, places_to_settle

STATUS_WORDS = {
    "ambiguous": "several places of that name",
    "fallback": "a wider area stands for it",
    "not_found": "not found",
}
_ROWS = "places_rows"
_CHOSEN = "place_query"


def render_places() -> None:
    store = loading.store()
    reader = store.reader()
    resolver = resolver_for(settings(), store=store)
    found = _to_settle(reader, loading.key_of(reader), tuple(store.gazetteers()), resolver)
    is_sample = bool(reader.datasets) and reader.datasets[0].is_sample
    if said := st.session_state.pop(SAID, None):
        st.text(said)
    if is_sample:
        st.caption("These are the places of the sample. Import a file of your own to settle its places.")
    if found.places:
        _render_list(found)
        place = _render_picker(found)
        render_choice(store, place, resolver, can_settle=not is_sample)
    else:
        st.markdown("**Nothing to settle:** every named place is known as closely as its name allows.")
    if not is_sample:
        render_settled(store, reader)
        render_gazetteers(store)


@st.cache_resource(show_spinner="Reading the places", max_entries=8)
def _to_settle(_reader: Reader, key: Key, gazetteers: tuple[str, ...], _resolver: Resolver) -> PlacesToSettle:
    return places_to_settle(_reader, _resolver)


def _render_list(found: PlacesToSettle) -> None:
    more = "; there are more, of fewer incidents" if found.is_cut else ""
    st.markdown(
        f"**{len(found.places):,} place names are not settled**; {found.incidents:,} incidents are known only to a wider area, or not at all, "
        f"because of them{more}."
    )
    rows = [(*_parts(place.query), place.incidents, STATUS_WORDS[place.status]) for place in found.places]
    st.session_state["places_shown"] = [place.query for place in found.places]
    st.dataframe(
        pd.DataFrame(rows, columns=["Place", "District", "Province", "Country", "Incidents", "What is open"]),
        hide_index=True, height=240, key=_ROWS, on_select=_row_chosen, selection_mode="single-row",
        alt="Places to settle, those of most incidents first",
    )  # fmt: skip


def _row_chosen() -> None:
    rows = (st.session_state.get(_ROWS) or {}).get("selection", {}).get("rows", [])
    shown = st.session_state.get("places_shown", [])
    if rows and rows[0] < len(shown):
        st.session_state[_CHOSEN] = shown[rows[0]]


def _render_picker(found: PlacesToSettle) -> PlaceToSettle:
    by_query = {place.query: place for place in found.places}
    if st.session_state.get(_CHOSEN) not in by_query:
        st.session_state[_CHOSEN] = found.places[0].query
    chosen = st.selectbox("Place", list(by_query), format_func=lambda query: _label(by_query[query]), key=_CHOSEN)
    return by_query[chosen]


def _label(place: PlaceToSettle) -> str:
    named = ", ".join(part for part in _parts(place.query) if part)
    return f"{named}: {place.incidents:,} incident{'' if place.incidents == 1 else 's'}, {STATUS_WORDS[place.status]}"


def _parts(query: PlaceQuery) -> tuple[str, str, str, str]:
    return query.name or "", query.admin2 or "", query.admin1 or "", query.country or ""
