"""Places that are settled: what was chosen, undone one by one, handed on as CSV."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from incidents.ingest.decision_files import decisions_csv, parse_decisions
from incidents.ingest.decisions import decide, undo
from incidents.model.errors import IncidentsError
from incidents.model.place import Candidate, PlaceQuery
from incidents.model.settings import settings
from incidents.places.answers import UNCONFIRMED
from incidents.places.resolver import decision_key
from incidents.store import Reader, Store
from incidents.ui.place_choice import SAID
from incidents.ui.wording import PRECISION_WORDS
from incidents.views.places_review import decided_counts


def render_settled(store: Store, reader: Reader) -> None:
    decisions = store.decisions()
    st.markdown(f"#### Settled places: {len(decisions):,}")
    if decisions:
        counts = decided_counts(reader)
        rows = [_row(query, place, counts.get(decision_key(query), 0)) for query, place in decisions.items()]
        st.dataframe(
            pd.DataFrame(rows), hide_index=True, height="content" if len(rows) < 8 else 280, alt="Decisions on places"
        )
        _render_undo(store, decisions)
    with st.expander("Decisions as a file"):
        st.download_button(
            "Download as CSV", data=lambda: decisions_csv(store.decisions()).encode(), file_name="decisions.csv", mime="text/csv",
            key="decisions_download", on_click="ignore",
        )  # fmt: skip
        _render_upload(store)


def _row(query: PlaceQuery, place: Candidate, incidents: int) -> dict[str, object]:
    return {
        "Place": query.name,
        "District": query.admin2,
        "Province": query.admin1,
        "Country": query.country,
        "Incidents": incidents,
        "Is": place.name,
        "Latitude": place.latitude,
        "Longitude": place.longitude,
        "Known to": PRECISION_WORDS.get(place.geo_precision, place.geo_precision),
        "Chosen by": "a single online answer, not confirmed" if place.source.startswith(UNCONFIRMED) else "a person",
    }


def _render_undo(store: Store, decisions: dict[PlaceQuery, Candidate]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Settled place",
            list(reversed(decisions)),
            format_func=lambda query: ", ".join(
                part for part in (query.name, query.admin2, query.admin1, query.country) if part
            ),
            key="decision_chosen",
        )
        undone = st.button("Undo", key="decision_undo")
        place = decisions[chosen]
        confirmed = place.source.startswith(UNCONFIRMED) and st.button("Confirm", key="decision_confirm")
    try:
        if undone:
            with st.spinner("Placing the incidents"):
                changed = undo(store, settings(), [chosen])
            _say(f"{chosen.name}: undone. {changed:,} incidents are found by name again.")
        if confirmed:
            decide(store, settings(), {chosen: replace(place, source=place.source.removeprefix(UNCONFIRMED))})
            _say(f"{chosen.name}: confirmed.")
    except IncidentsError as problem:
        st.text(str(problem))


def _render_upload(store: Store) -> None:
    uploaded = st.file_uploader("Decisions of another store, as CSV", type=("csv",), key="decisions_file")
    if uploaded is None:
        return
    try:
        read = parse_decisions(uploaded.getvalue(), uploaded.name)
        st.markdown(f"{read.read:,} rows read: {len(read.decisions):,} decisions, {len(read.faults):,} left out.")
        if read.faults:
            st.text("\n".join(read.faults[:20]))
        if st.button(f"Use these {len(read.decisions):,} decisions", key="decisions_use", disabled=not read.decisions):
            with st.spinner("Placing the incidents"):
                changed = decide(store, settings(), read.decisions)
            _say(f"{len(read.decisions):,} decisions are in use; {changed:,} incidents have a new place.")
    except IncidentsError as problem:
        st.text(str(problem))


def _say(words: str) -> None:
    st.session_state[SAID] = words
    st.rerun()
