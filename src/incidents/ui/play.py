"""Play: time goes by, one bar of the timeline a step, and the whole page follows, since each step sets the dates of the filter."""

import streamlit as st

from incidents.model.filters import IncidentFilter
from incidents.ui import state
from incidents.ui.play_windows import Windows
from incidents.ui.wording import period
from incidents.views.values import Timeline

LENGTHS = (1, 3, 6, 12, 0)
"""Bars of the moving window; 0: from the start on."""

SPEEDS = {"Slow": 2.5, "Normal": 1.2, "Fast": 0.6}
"""Seconds a step, where the page is ready in less."""


def take_step() -> None:
    """At the start of a run, before any widget is drawn: the step that the clock asked for."""
    if st.session_state.pop("play_due", False):
        _step(1)


def render_start(timeline: Timeline, wanted: IncidentFilter) -> None:
    """The button alone, among what else the timeline offers: the rest of it comes with the first step."""
    session = st.session_state
    windows = session["play_windows"] = _windows(timeline)
    at: int | None = session.get("play_at")
    if at is not None and (windows is None or (wanted.start, wanted.end) != windows.at(min(at, windows.steps - 1))):
        _forget()  # the dates, the unit or the data were changed by hand
        at = None
    if at is None and windows is not None:
        st.button("Play", key="play_start", on_click=_start, icon=":material/play_arrow:", type="tertiary")


def render_play(timeline: Timeline) -> None:
    """After `render_start`."""
    session = st.session_state
    windows: Windows | None = session.get("play_windows")
    at: int | None = session.get("play_at")
    if windows is None or at is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="play"):
        st.selectbox("Window", LENGTHS, key="play_length", format_func=lambda bars: _length(bars, timeline.unit), label_visibility="collapsed",
                     width=190, persist_state="session", on_change=_relength)  # fmt: skip
        st.segmented_control(
            "Speed",
            list(SPEEDS),
            key="play_speed",
            default="Normal",
            label_visibility="collapsed",
            persist_state="session",
            required=True,
        )
        st.button("Back", key="play_back", on_click=_by_hand, args=(-1,), shortcut="Left", disabled=at <= 0)
        is_running = bool(session.get("play_running"))
        st.button("Pause" if is_running else "Go on", key="play_pause", on_click=_pause, shortcut="Space")
        st.button(
            "Forward",
            key="play_forward",
            on_click=_by_hand,
            args=(1,),
            shortcut="Right",
            disabled=at >= windows.steps - 1,
        )
        st.button("Stop", key="play_stop", on_click=_stop, shortcut="Esc")
        st.caption(f"{period(*windows.at(at))}: step {at + 1:,} of {windows.steps:,}")
    if is_running:
        session["play_is_armed"] = False
        st.fragment(_tick, run_every=SPEEDS[session.get("play_speed") or "Normal"])()


def _tick() -> None:
    """Called once while the page is drawn, then by the clock."""
    session = st.session_state
    if not session.get("play_is_armed"):
        session["play_is_armed"] = True
        return
    session["play_due"] = True
    st.rerun()


def _windows(timeline: Timeline) -> Windows | None:
    if timeline.first is None or timeline.last is None:
        return None
    return Windows(
        timeline.first, timeline.last, timeline.unit, st.session_state.get("play_length", LENGTHS[0]) or None
    )


def _length(bars: int, unit: str) -> str:
    return f"{bars} {unit}{'s' if bars > 1 else ''}, moving" if bars else "from the start, growing"


def _start() -> None:
    session = st.session_state
    held = state.wanted()
    session["play_before"] = held.start, held.end
    session["play_at"] = 0
    session["play_running"] = True
    _show(0)


def _show(at: int) -> None:
    start, end = st.session_state["play_windows"].at(at)
    state.change(start=start, end=end)


def _step(by: int) -> None:
    session = st.session_state
    windows: Windows | None = session.get("play_windows")
    at: int | None = session.get("play_at")
    if windows is None or at is None:
        return
    session["play_at"] = max(0, min(windows.steps - 1, at + by))
    if session["play_at"] == windows.steps - 1:
        session["play_running"] = False
    _show(session["play_at"])


def _by_hand(by: int) -> None:
    st.session_state["play_running"] = False
    _step(by)


def _pause() -> None:
    session = st.session_state
    session["play_running"] = not session.get("play_running")


def _relength() -> None:
    """Another window in the middle of a play shows the same last bar."""
    session = st.session_state
    windows: Windows | None = session.get("play_windows")
    if windows is not None and session.get("play_at") is not None:
        session["play_windows"] = Windows(windows.first, windows.last, windows.unit, session["play_length"] or None)
        _show(session["play_at"])


def _stop() -> None:
    """The dates as they were before."""
    start, end = st.session_state.get("play_before", (None, None))
    _forget()
    state.change(start=start, end=end)


def _forget() -> None:
    for name in ("play_at", "play_running", "play_before", "play_due"):
        st.session_state.pop(name, None)
