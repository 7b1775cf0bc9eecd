"""The timeline: stacked bars; a brush sets the dates, and the rest of the time stays visible in grey."""

import streamlit as st

from incidents.charts.timeline import brushed, colours, frame, group_order, spec
from incidents.model.filters import IncidentFilter
from incidents.store import Reader
from incidents.ui import loading, state
from incidents.ui.loading import Key

UNITS = {"auto": None, "day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year"}
GROUPS = {"Event type": "event_type", "Actor": "actor"}
MEASURES = {"Incidents": "incidents", "Reported dead": "dead"}
_CHART = "timeline_brush"


def chosen_unit() -> str | None:
    return UNITS.get(st.session_state.get("timeline_unit") or "auto")


def chosen_group() -> str:
    return GROUPS.get(st.session_state.get("timeline_by") or "", "event_type")


def warm(reader: Reader, key: Key, wanted: IncidentFilter) -> None:
    loading.soon(loading.timeline, reader, key, wanted, chosen_unit(), chosen_group())


def render_timeline(reader: Reader, key: Key, wanted: IncidentFilter, slot_of: dict[str, int]) -> None:
    measure = MEASURES.get(st.session_state.get("timeline_measure") or "", "incidents")
    timeline = loading.timeline(reader, key, wanted, chosen_unit(), chosen_group())
    if timeline.bins or timeline.rest:
        order = group_order(timeline)
        table = frame(timeline, measure, order)
        by_type = chosen_group() == "event_type"  # the map's legend names these colours already
        shades = colours(order, slot_of if by_type else None)
        st.session_state["timeline_shown"] = timeline
        st.vega_lite_chart(
            table, spec(order, shades, measure, legend=not by_type), width="stretch", height=150 if by_type else 200, key=_CHART, on_select=_brush, selection_mode="brush",
            alt=f"Bars of {measure} for each {timeline.unit}; the same numbers are in the table and the export.",
        )  # fmt: skip
    else:
        st.caption("No incidents to draw in time.")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.selectbox(
            "Bars of",
            list(UNITS),
            key="timeline_unit",
            label_visibility="collapsed",
            width=110,
            persist_state="session",
        )
        st.segmented_control(
            "Count",
            list(MEASURES),
            key="timeline_measure",
            default="Incidents",
            label_visibility="collapsed",
            persist_state="session",
        )
        st.segmented_control(
            "Colours",
            list(GROUPS),
            key="timeline_by",
            default="Event type",
            label_visibility="collapsed",
            persist_state="session",
        )
        st.caption(
            "Drag over the bars to choose dates."
            if not wanted.start
            else "Drag again for other dates; the chip above clears them."
        )


def _brush() -> None:
    timeline = st.session_state.get("timeline_shown")
    selection = (st.session_state.get(_CHART) or {}).get("selection", {})
    dates = brushed(selection, timeline) if timeline else None
    if dates:
        state.change(start=dates[0], end=dates[1])
