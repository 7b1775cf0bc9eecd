"""The map's modes and what they count by."""

import streamlit as st

INCIDENTS, HEAT, PROVINCES = "incidents", "heat", "provinces"
MODES = {INCIDENTS: "Incidents", HEAT: "Heat", PROVINCES: "Provinces"}
"""The first is the default."""

MEASURES = {"incidents": "Incidents", "dead": "Reported dead"}


def chosen_mode() -> str:
    mode = st.session_state.get("map_mode")
    return mode if mode in MODES else INCIDENTS


def chosen_measure() -> str:
    """What heat and provinces count."""
    measure = st.session_state.get("map_measure")
    return measure if measure in MEASURES else "incidents"
