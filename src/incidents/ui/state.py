"""The page's state in the session: session first, then the link, then the default. Widgets hold it; nothing else does."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from incidents.model.dataset import Dataset
from incidents.model.filters import ALL_DATASETS, EVERYTHING, IncidentFilter, Near, Where
from incidents.model.links import EARLIEST, LATEST, Link, fingerprint, from_link, to_link
from incidents.model.sentences import Chip, without_chip
from incidents.queries.shape import chosen_datasets
from incidents.ui import filter_versions

CHOICES = ("country", "admin1", "admin2", "location", "actor", "event_type", "geo_precision", "dataset")
PLACES = ("country", "admin1", "admin2", "location")
LATEST_FIRST, EARLIEST_FIRST = "latest or most first", "earliest or least first"
FIRST_SORT = "event_date"
COLUMNS_CHOSEN = "filter_columns"

_IN_LINK = ("map_mode", "timeline_unit", "timeline_by", "timeline_measure")
_READY = "filter_ready"
_MORE = "filter_more"
_HELD = "filter_held"
_NOTES = "link_notes"
_DATA = "link_data"
_MODES = "link_modes"


def is_key(column: str) -> str:
    """Of the widget with the values that a column must have."""
    return f"filter_is:{column}"


def is_not_key(column: str) -> str:
    return f"filter_is_not:{column}"


def prepare(
    datasets: Sequence[Dataset], *, is_entering: bool, modes: Mapping[str, Sequence[str]] | None = None
) -> tuple[str, ...]:
    """Puts the link's state into a new session, or into one whose user went back or forward, and the held filter back when
    the page is entered again, since widgets forget what they hold on other pages.

    `modes` has the options of the choices beside the filter, the default first. Returns what to say of the link.
    """
    session = st.session_state
    session[_MODES] = {name: tuple(options) for name, options in (modes or {}).items()}
    notes: list[str] = []
    if _READY not in session or _is_history():
        session[_READY] = True
        notes = _adopt(tuple(datasets))
        session[_NOTES] = (wanted(), tuple(notes)) if notes else None
    elif is_entering and _HELD in session:
        write(session[_HELD])
    known = {dataset.dataset_id for dataset in datasets} | set(ALL_DATASETS)
    if any(chosen not in known for chosen in session.get("filter_dataset", ())):
        session["filter_dataset"] = [chosen for chosen in session["filter_dataset"] if chosen in known]
        notes.append("A dataset that was chosen is not in this store any more.")
        session[_NOTES] = (wanted(), tuple(notes))
    shown = chosen_datasets(wanted(), tuple(datasets))
    session[_DATA] = fingerprint(dataset.sha256 for dataset in shown) if shown else ""
    held: tuple[IncidentFilter, tuple[str, ...]] | None = session.get(_NOTES)
    return held[1] if held and held[0] == wanted() else ()


def _is_history() -> bool:
    """Whether the browser's back or forward button asked for this run."""
    context = get_script_run_ctx()
    return bool(context and context.is_history_navigation)


def _adopt(datasets: tuple[Dataset, ...]) -> list[str]:
    """The state that the address asks for; what could not be read, in sentences of constant words."""
    link, unread = from_link({name: st.query_params.get_all(name) for name in st.query_params})
    session = st.session_state
    bad = list(unread)
    asked = link.wanted
    known = {dataset.dataset_id for dataset in datasets}
    if asked.dataset and asked.dataset != ALL_DATASETS and not known.issuperset(asked.dataset):
        asked = asked.with_(dataset=tuple(each for each in asked.dataset if each in known))
        bad.append("dataset")
    is_other = False
    if link.data and datasets:
        same = [each.dataset_id for each in datasets if fingerprint([each.sha256]) == link.data]
        is_shown = fingerprint(each.sha256 for each in chosen_datasets(asked, datasets)) == link.data
        if same and not is_shown and not asked.dataset:
            asked = asked.with_(dataset=(same[0],))
        elif not is_shown:
            is_other = True
    write(asked)
    for name in _IN_LINK:
        text, options = getattr(link, name), session[_MODES].get(name, ())
        if text and text not in options:
            bad.append({"map_mode": "map", "timeline_unit": "unit", "timeline_by": "by"}.get(name, "bars"))
            text = ""
        if text or options:
            session[name] = text or options[0]
    session["map_view"] = link.map_view
    session["selected_incident"] = link.incident or None
    session["listed"] = None
    session["table_sort"] = link.sort or FIRST_SORT
    session["table_order"] = EARLIEST_FIRST if link.is_ascending else LATEST_FIRST
    session["table_columns"] = list(link.columns) or session.get("table_columns_default", [])
    session["table_page"] = link.page
    session["table_filter"] = wanted()
    notes = []
    if bad:
        notes.append(f"The link's {', '.join(dict.fromkeys(bad))} could not be read and is left out.")
    if is_other:
        notes.append(
            "The link was made on other data: what it asks for may be missing here, and its numbers may differ."
        )
    return notes


def wanted() -> IncidentFilter:
    """The filter that the widgets hold."""
    filter_versions.bring_up_to_date()
    session = st.session_state
    dates = tuple(session.get("filter_dates") or ())
    chosen: dict[str, Any] = {name: tuple(session.get(f"filter_{name}") or ()) for name in CHOICES}
    if ALL_DATASETS[0] in chosen["dataset"]:
        chosen["dataset"] = ALL_DATASETS
    more: IncidentFilter = session.get(_MORE, EVERYTHING)
    return more.with_(
        **chosen,
        start=dates[0] if dates and dates[0] != EARLIEST else None,
        end=dates[1] if len(dates) > 1 and dates[1] != LATEST else None,
        near=_near(*(session.get(f"filter_near_{name}") for name in ("latitude", "longitude", "km"))),
        fatalities_least=_whole(session.get("filter_fatalities")),
        fatalities_most=_whole(session.get("filter_fatalities_most")),
        words=(session.get("filter_words") or "").strip(),
        where=tuple(_where()),
        leave_out_words=bool(session.get("filter_leave_out_words")),
    )


def write(asked: IncidentFilter) -> None:
    """The filter into the widgets; only before they are drawn: at a session's start and in callbacks."""
    session = st.session_state
    values = _values(asked, session.get(COLUMNS_CHOSEN, ()))
    before = {key: session.get(key) for key in values}
    for key, value in values.items():
        session[key] = value
    filter_versions.written(before, values)
    session[_HELD] = asked
    session[_MORE] = EVERYTHING.with_(bbox=asked.bbox)


def _values(asked: IncidentFilter, columns_before: Sequence[str]) -> dict[str, Any]:
    """Of every widget, by key."""
    values: dict[str, Any] = {f"filter_{name}": list(getattr(asked, name)) for name in CHOICES}
    values["filter_dates"] = (asked.start or EARLIEST, asked.end or LATEST) if asked.start or asked.end else ()
    for name in ("latitude", "longitude", "km"):
        values[f"filter_near_{name}"] = float(getattr(asked.near, name)) if asked.near else None
    values["filter_fatalities"] = asked.fatalities_least
    values["filter_fatalities_most"] = asked.fatalities_most
    values["filter_words"] = asked.words
    values["filter_leave_out_words"] = asked.leave_out_words
    columns = list(dict.fromkeys(each.column for each in asked.where))
    for column in dict.fromkeys((*columns, *columns_before)):
        values[is_key(column)] = [each.value for each in asked.where if each.column == column and each.include]
        values[is_not_key(column)] = [each.value for each in asked.where if each.column == column and not each.include]
    values[COLUMNS_CHOSEN] = columns
    return values


def change(**changes: Any) -> None:
    """In a callback: some fields of the filter to new values."""
    write(wanted().with_(**changes))


def add(field: str, value: str) -> None:
    """In a callback: one more value of a field."""
    held: tuple[str, ...] = getattr(wanted(), field)
    if value not in held:
        change(**{field: (*held, value)})


def add_pair(first: str, second: str) -> None:
    """In a callback: incidents between the two, on whichever side."""
    columns = ("actor1", "actor2")
    others = tuple(each for each in wanted().where if each.column not in columns)
    change(where=(*others, *(Where(column, name) for column in columns for name in dict.fromkeys((first, second)))))


def remove(chip: Chip) -> None:
    """In a callback."""
    write(without_chip(wanted(), chip))


def clear() -> None:
    """In a callback: every narrowing away; the choice of datasets stays."""
    write(EVERYTHING.with_(dataset=wanted().dataset))


def hold(held: IncidentFilter) -> None:
    """Keeps the filter for the next visit of the page, and shows the state in the address bar where it changed."""
    st.session_state[_HELD] = held
    show_link()


def show_link() -> None:
    """The state into the address bar; also in a fragment that changed a part of it."""
    link = to_link(link_now())
    if {name: st.query_params.get_all(name) for name in st.query_params} != link:
        st.query_params.from_dict(link)


def link_now() -> Link:
    session = st.session_state
    modes: dict[str, tuple[str, ...]] = session.get(_MODES, {})
    others = {name: session.get(name) or "" for name in _IN_LINK}
    others = {name: "" if not modes.get(name) or text == modes[name][0] else text for name, text in others.items()}
    sort = session.get("table_sort") or FIRST_SORT
    columns = session.get("table_columns") or []
    view = session.get("map_view")
    return Link(
        wanted=wanted(),
        incident=selected() or "",
        map_view=(round(view[0], 4), round(view[1], 4), int(view[2])) if view else None,
        sort="" if sort == FIRST_SORT else sort,
        is_ascending=session.get("table_order") == EARLIEST_FIRST,
        page=int(session.get("table_page") or 1),
        columns=() if columns == session.get("table_columns_default") else tuple(columns),
        data=session.get(_DATA) or "",
        **others,
    )


def selected() -> str | None:
    chosen: str | None = st.session_state.get("selected_incident")
    return chosen


def select(incident_id: str | None) -> None:
    st.session_state["selected_incident"] = incident_id
    st.session_state["listed"] = None


def _where() -> list[Where]:
    session = st.session_state
    found = []
    for column in session.get(COLUMNS_CHOSEN, ()):
        found += [Where(column, value) for value in session.get(is_key(column)) or ()]
        found += [Where(column, value, include=False) for value in session.get(is_not_key(column)) or ()]
    return found


def _near(latitude: float | None, longitude: float | None, km: float | None) -> Near | None:
    if latitude is None or longitude is None or km is None:
        return None
    return Near(float(latitude), float(longitude), float(km))


def _whole(number: object) -> int | None:
    return int(number) if isinstance(number, int | float) else None


def earliest_to_latest(days: Sequence[date]) -> tuple[date, date]:
    """The dates that a date field must take to hold these."""
    return min(days, default=EARLIEST), max(days, default=LATEST)
