"""One incident: every fact, its sides and sites, its source, how its place was found, and the line it came from."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from incidents.model.filters import IncidentFilter
from incidents.store import Reader
from incidents.ui import loading, state
from incidents.ui.columns import label
from incidents.ui.loading import Key
from incidents.ui.rows import Column, Row, render_rows
from incidents.ui.wording import PRECISION_WORDS, UNLOCATED, day, figure, period
from incidents.views.details import NEAR_DAYS, NEAR_KM
from incidents.views.values import Details, Site

MOST_NEAR = 5
SHORT = 400  # characters of the file's own columns that are shown at once

_SIDES = {"actor1": "of actor 1", "actor2": "of actor 2", "civilians": "civilians", "unknown": "side not known"}


def render_details(reader: Reader, key: Key, wanted: IncidentFilter, incident_id: str) -> None:
    """Inside the map's fragment."""
    found = loading.details(reader, key, wanted, incident_id)
    if found is None:
        st.caption("The selected incident is in none of the chosen datasets.")
        st.button("Close", key="details_close", on_click=state.select, args=(None,))
        return
    _steps(found)
    with st.container(key="detail_title"):
        st.text(_title(found))
    with st.container(key="detail_facts"):
        st.text(_facts(found))
    st.html(_harm(found.values))
    if notes := _word(found.values.get("notes")):
        st.text(notes)
    with st.container(key="detail_origin"):
        st.text(_places(found.sites))
        _source(found)
        _rest(found)
    _near(found)
    state.show_link()


def _steps(found: Details) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Earlier",
            key="details_previous",
            on_click=state.select,
            args=(found.previous_id,),
            disabled=found.previous_id is None,
        )
        st.button(
            "Later", key="details_next", on_click=state.select, args=(found.next_id,), disabled=found.next_id is None
        )
        st.button("Close", key="details_close", on_click=state.select, args=(None,), type="tertiary")


def _title(found: Details) -> str:
    first = found.sites[0] if found.sites else None
    place = "; ".join(site.location for site in found.sites if site.location)
    wider = [part for part in ((first.admin1, first.country) if first else ()) if part]
    return ", ".join([place, *wider] if place else wider) or "Place not stated"


def _facts(found: Details) -> str:
    values = found.values
    start, end = values.get("event_date"), values.get("event_date_end")
    when = (
        period(start, end if isinstance(end, date) else start, _word(values.get("time_precision")))
        if isinstance(start, date)
        else "not stated"
    )
    kind = [text for text in (_word(values.get("event_type")), _word(values.get("sub_event_type"))) if text]
    lines = [("When", when), ("What", ", ".join(kind) or "not stated")]
    lines += [
        (label, text)
        for label, name in (("Actor 1", "actor1"), ("Actor 2", "actor2"))
        if (text := _word(values.get(name)))
    ]
    if (responsibility := _word(values.get("responsibility"))) and responsibility != "unknown":
        lines.append(("Claim", responsibility))
    if values.get("from_words"):
        lines.append(("Figure", "rests on a word such as dozens"))
    return "\n".join(f"{label}\t{text}" for label, text in lines)


def _harm(values: dict[str, Any]) -> str:
    """Figures only: nothing from a file reaches this HTML."""
    attackers = {"yes": "attackers included", "no": "attackers not included"}.get(
        str(values.get("attackers_included")), "not stated whether attackers are included"
    )
    rows = [
        ("Reported dead", "fatalities"),
        *((f"&ensp;{words}", f"fatalities_{side}") for side, words in _SIDES.items()),
        ("Injured", "injured"),
    ]
    cells = "".join(
        f"<tr><td>{label}</td><td>{figure(*known)}</td></tr>"
        for label, name in rows
        if (known := _known(values, name)) != (None, None, None) or name in ("fatalities", "injured")
    )
    return (
        f'<table class="sides"><thead><tr><th>Harm</th><th>{attackers}</th></tr></thead><tbody>{cells}</tbody></table>'
    )


def _known(values: dict[str, Any], name: str) -> tuple[int | None, int | None, int | None]:
    low, best, high = (values.get(column) for column in (f"{name}_low", name, f"{name}_high"))
    return tuple(int(value) if value is not None else None for value in (low, best, high))  # type: ignore[return-value]


def _places(sites: tuple[Site, ...]) -> str:
    several = len(sites) > 1
    lines = ["One incident at several places; its figures are counted once, at the first."] if several else []
    for site in sites:
        name = site.location or site.admin2 or site.admin1 or site.country or "not stated"
        if site.latitude is None or site.longitude is None:
            known = PRECISION_WORDS[UNLOCATED]
        else:
            radius = f", within {site.geo_radius_km:,.0f} km" if site.geo_radius_km else ""
            known = f"{site.latitude:.4f}, {site.longitude:.4f}; known to: {PRECISION_WORDS.get(site.geo_precision or '', site.geo_precision)}{radius}"
        how = f". {site.geo_match}" if site.geo_match else f". Position {site.geo_source}" if site.geo_source else ""
        lines.append(f"Place: {name}\n{known}{how}")
    return "\n".join(lines)


def _source(found: Details) -> None:
    values = found.values
    named = [text for text in (_word(values.get("source")), _dated(values.get("source_date"))) if text]
    st.text(f"Source: {', '.join(named) or 'not stated'}")
    if address := _word(values.get("source_url")):
        st.text(address)
        if _is_web(address):
            st.link_button("Open the source", address)


def _rest(found: Details) -> None:
    row = found.values.get("source_row")
    number = f", its number {source_id}" if (source_id := _word(found.values.get("source_id"))) else ""
    st.text(f"From {found.file}, line {row}{number}; dataset {found.dataset_name}")
    own = "\n".join(f"{column}: {cell}" for column, cell in found.extra.items())
    if own and len(own) <= SHORT:
        st.text(own)
    with st.expander("Every column"):
        known = {label(name): value for name, value in found.values.items() if value is not None and value != ""}
        st.text("\n".join(f"{name}: {value}" for name, value in (known | found.extra).items()))


def _near(found: Details) -> None:
    if not found.near:
        return
    st.caption(f"Near in space and time: within {NEAR_KM:g} km and {NEAR_DAYS} days")
    columns = (Column("day", "Date"), Column("place", "Place"), Column("kind", "Type"), Column("km", "km", True))
    rows = [
        Row(
            each.incident_id,
            (
                each.event_date.isoformat(),
                each.location or "not stated",
                each.event_type or "not stated",
                f"{each.km:,.0f}" if each.km is not None else "–",
            ),
        )
        for each in found.near[:MOST_NEAR]
    ]
    render_rows("details_near", "Incidents near in space and time", columns, rows, state.select)


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _word(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _dated(value: object) -> str | None:
    return day(value) if isinstance(value, date) else None
