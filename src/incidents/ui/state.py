"""The filter in the session: session first, then the link, then the default. Widgets hold it; nothing else does."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from incidents.model.dataset import Dataset
from incidents.model.filters import ALL_DATASETS, EVERYTHING, IncidentFilter
from incidents.ui.links import from_link, to_link

CHOICES = ("country", "admin1", "admin2", "location", "actor", "event_type", "geo_precision", "dataset")
PLACES = ("country", "admin1", "admin2", "location")
EARLIEST, LATEST = date(1800, 1, 1), date(2200, 12, 31)
_WITHOUT_WIDGET = ("near", "bbox", "where", "leave_out_words")
_READY = "filter_ready"
_MORE = "filter_more"
_HELD = "filter_held"


def prepare(datasets: Sequence[Dataset], *, is_entering: bool) -> tuple[str, ...]:
    """Puts the link's filter into a new session, and the held one back when the page is entered again, since widgets forget
    what they hold on other pages. Returns the link's parameters that could not be read."""
    session = st.session_state
    bad: tuple[str, ...] = ()
    if _READY not in session:
        asked, bad = from_link({name: st.query_params.get_all(name) for name in st.query_params})
        write(asked)
        session[_READY] = True
    elif is_entering and _HELD in session:
        write(session[_HELD])
    known = {dataset.dataset_id for dataset in datasets} | set(ALL_DATASETS)
    if any(chosen not in known for chosen in session.get("filter_dataset", ())):
        session["filter_dataset"] = [chosen for chosen in session["filter_dataset"] if chosen in known]
        bad = (*bad, "dataset")
    return bad


def wanted() -> IncidentFilter:
    """The filter that the widgets hold."""
    session = st.session_state
    dates = tuple(session.get("filter_dates") or ())
    chosen: dict[str, Any] = {name: tuple(session.get(f"filter_{name}") or ()) for name in CHOICES}
    more: IncidentFilter = session.get(_MORE, EVERYTHING)
    return more.with_(
        **chosen,
        start=dates[0] if dates and dates[0] != EARLIEST else None,
        end=dates[1] if len(dates) > 1 and dates[1] != LATEST else None,
        fatalities_least=_whole(session.get("filter_fatalities")),
        fatalities_most=_whole(session.get("filter_fatalities_most")),
        words=(session.get("filter_words") or "").strip(),
    )


def write(asked: IncidentFilter) -> None:
    """The filter into the widgets; only before they are drawn: at a session's start and in callbacks."""
    session = st.session_state
    for name in CHOICES:
        session[f"filter_{name}"] = list(getattr(asked, name))
    session["filter_dates"] = (asked.start or EARLIEST, asked.end or LATEST) if asked.start or asked.end else ()
    session["filter_fatalities"] = asked.fatalities_least
    session["filter_fatalities_most"] = asked.fatalities_most
    session["filter_words"] = asked.words
    session[_HELD] = asked
    session[_MORE] = EVERYTHING.with_(**{name: getattr(asked, name) for name in _WITHOUT_WIDGET})


def change(**changes: Any) -> None:
    """In a callback: some fields of the filter to new values."""
    write(wanted().with_(**changes))


def add(field: str, value: str) -> None:
    """In a callback: one more value of a field."""
    held: tuple[str, ...] = getattr(wanted(), field)
    if value not in held:
        change(**{field: (*held, value)})


def remove(field: str, value: str | None) -> None:
    """In a callback: one value out of a field, or the whole field."""
    held = wanted()
    if field == "dates":
        write(held.with_(start=None, end=None))
    elif value is None:
        write(held.without(field))
    else:
        write(held.with_(**{field: tuple(other for other in getattr(held, field) if other != value)}))


def clear() -> None:
    """In a callback: every narrowing away; the choice of datasets stays."""
    write(EVERYTHING.with_(dataset=wanted().dataset))


def hold(held: IncidentFilter) -> None:
    """Keeps the filter for the next visit of the page, and shows it in the address bar where it changed."""
    st.session_state[_HELD] = held
    link = to_link(held)
    if {name: st.query_params.get_all(name) for name in st.query_params} != link:
        st.query_params.from_dict(link)


def selected() -> str | None:
    chosen: str | None = st.session_state.get("selected")
    return chosen


def select(incident_id: str | None) -> None:
    st.session_state["selected"] = incident_id
    st.session_state["listed"] = None


def _whole(number: object) -> int | None:
    return int(number) if isinstance(number, int | float) else None
