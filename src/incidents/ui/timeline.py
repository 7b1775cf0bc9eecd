"""The timeline: stacked bars; a brush sets the dates, and the rest of the time stays visible in grey."""

from concurrent.futures import Future
from datetime import date, timedelta
from typing import Any

import streamlit as st

from incidents.charts.timeline import brushed, colours, frame, group_order
from incidents.charts.timeline_spec import spec, strips_of
from incidents.model.filters import IncidentFilter
from incidents.store import Reader
from incidents.ui import loading, state
from incidents.ui.choices import Choice, render_choices
from incidents.ui.loading import Key
from incidents.ui.play import render_play, render_start
from incidents.ui.wording import day
from incidents.views.values import Timeline

UNITS = {
    "auto": "fitting bars",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "quarter": "quarters",
    "year": "years",
}
GROUPS = {"event_type": "Event type", "actor": "Actor"}
MEASURES = {"incidents": "Incidents", "dead": "Reported dead"}
"""Of each the first is the default."""

_CHART = "timeline_brush"
_INK = {"light": "#22292e", "dark": "#e3e8ea"}


def chosen_unit() -> str | None:
    unit = st.session_state.get("timeline_unit")
    return unit if unit in UNITS and unit != "auto" else None


def chosen_group() -> str:
    by = st.session_state.get("timeline_by")
    return by if by in GROUPS else "event_type"


def chosen_measure() -> str:
    measure = st.session_state.get("timeline_measure")
    return measure if measure in MEASURES else "incidents"


def warm(reader: Reader, key: Key, wanted: IncidentFilter) -> "list[Future[Any]]":
    return [loading.soon(loading.timeline, reader, key, wanted, chosen_unit(), chosen_group())]


def render_timeline(reader: Reader, key: Key, wanted: IncidentFilter, slot_of: dict[str, int]) -> None:
    timeline = loading.timeline(reader, key, wanted, chosen_unit(), chosen_group())
    if timeline.bins or timeline.rest:
        _chart(timeline, wanted, slot_of)
    else:
        st.caption("No incidents to draw in time.")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.selectbox(
            "Bars of", list(UNITS), key="timeline_unit", format_func=lambda unit: UNITS[unit], label_visibility="collapsed", width=130, persist_state="session",
        )  # fmt: skip
        _choice("Count", MEASURES, "timeline_measure")
        _choice("Colours", GROUPS, "timeline_by")
        _presets(timeline, wanted)
        render_start(timeline, wanted)
    render_play(timeline)
    st.caption(_words(timeline, wanted))


def _choice(label: str, options: dict[str, str], key: str) -> None:
    st.segmented_control(
        label, list(options), key=key, default=next(iter(options)), format_func=lambda option: options[option], label_visibility="collapsed",
        persist_state="session", required=True,
    )  # fmt: skip


def _chart(timeline: Timeline, wanted: IncidentFilter, slot_of: dict[str, int]) -> None:
    session = st.session_state
    measure, by_type = chosen_measure(), chosen_group() == "event_type"  # the map's legend names the types' colours
    order = group_order(timeline)
    table = frame(timeline, measure, order)
    strips = strips_of(zip(table["kind"], table["length"], strict=True))
    shades = colours(order, slot_of if by_type else None)
    session["timeline_shown"] = timeline
    drawn = session.get("timeline_drawn")
    if drawn is not None and drawn != (wanted.start, wanted.end):  # the dates are not the brush's any more
        session["timeline_drawn"] = None
        session["timeline_charts"] = session.get("timeline_charts", 0) + 1
    st.vega_lite_chart(
        table, spec(order, shades, measure, legend=not by_type, strips=strips, ink=_INK[st.context.theme.type or "light"]), width="stretch", height=150 if by_type else 200, key=_key(),
        on_select=_brush, selection_mode="brush", alt=f"Bars of {measure} for each {timeline.unit}; the same numbers are in the table and the export.",
    )  # fmt: skip


def _key() -> str:
    """A new chart has no brush: the browser keeps the drawn one as long as the chart is the same."""
    return f"{_CHART}_{st.session_state.get('timeline_charts', 0)}"


def _brush() -> None:
    """A click without dragging takes the brush away, and with it the dates."""
    session = st.session_state
    timeline = session.get("timeline_shown")
    dates = brushed((session.get(_key()) or {}).get("selection", {}), timeline) if timeline else None
    if dates:
        session["timeline_drawn"] = dates
        state.change(start=dates[0], end=dates[1])
    elif session.get("timeline_drawn"):
        session["timeline_drawn"] = None
        state.change(start=None, end=None)


def _presets(timeline: Timeline, wanted: IncidentFilter) -> None:
    until = timeline.data_until
    if until is None:
        return
    year_before = date(until.year - 1, until.month, min(until.day, 28)) if until.year > 1 else until
    presets: dict[str, tuple[date | None, date | None, str]] = {
        "30 days": (until - timedelta(days=29), until, "The last 30 days of the data"),
        "12 months": (year_before + timedelta(days=1), until, "The last 12 months of the data"),
        f"{until.year}": (date(until.year, 1, 1), date(until.year, 12, 31), "The data's last year"),
        "All dates": (None, None, ""),
    }
    is_all = wanted.start is None and wanted.end is None

    def chosen(label: str) -> None:
        if label in presets:
            start, end, _ = presets[label]
            _dates(start, end)

    render_choices(
        "timeline_presets",
        "Dates at once",
        [Choice(label, words, start is None and is_all) for label, (start, _, words) in presets.items()],
        chosen,
    )


def _dates(start: date | None, end: date | None) -> None:
    state.change(start=start, end=end)


def _words(timeline: Timeline, wanted: IncidentFilter) -> str:
    words = [
        "Drag over the bars to choose dates."
        if not (wanted.start or wanted.end)
        else "Drag again for other dates; a click beside the bars clears them."
    ]
    chosen = chosen_unit()
    if chosen and chosen != timeline.unit:
        words.append(f"{UNITS[chosen].capitalize()} would be too many bars to see: {UNITS[timeline.unit]} instead.")
    if any(bin_.is_imprecise for bin_ in (*timeline.bins, *timeline.rest)):
        words.append("Hatched: known only to the week, month or year that it spans, and not in the bars.")
    if timeline.data_until and timeline.last and timeline.unit != "day":
        words.append(f"The data end on {day(timeline.data_until)}: a last bar framed by dashes is incomplete.")
    return " ".join(words)
