"""Duplicates on the Review page: pairs side by side; a person keeps both or links them, and can undo it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from incidents.model.errors import IncidentsError
from incidents.store import Link, Store
from incidents.ui import loading
from incidents.ui.pair_facts import facts
from incidents.ui.wording import day
from incidents.views.duplicates import Proposal, Proposals, in_short, pair_view, proposals

_LISTED = 25
_FOUND, _AT, _PROBLEM = "duplicates_found", "duplicates_at", "duplicates_problem"
_DECIDED = "duplicates_decided"
_RULE = (
    "Linked incidents count once. Low and high span both reports, both sources are listed, and the best figures are those "
    "of the more exact toll: a number before a word, a closed range before an open one, a narrower before a wider; where "
    "both are as exact, those of the newer import. The row of the newer import stays."
)

Choice = tuple[str, str]
"""The datasets compared; twice the same: within one."""


def render_duplicates() -> None:
    store = loading.store()
    st.caption(_RULE)
    names = {dataset.dataset_id: dataset.name for dataset in store.datasets()}
    if problem := st.session_state.pop(_PROBLEM, None):
        st.text(problem)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Compare", _choices(list(names)), format_func=lambda pair: _in_words(pair, names), key="duplicates_compare"
        )
        wanted = st.button("Look for duplicates", key="duplicates_find", type="primary", disabled=chosen is None)
    if chosen and wanted:
        _find(store, chosen)
    found = _current(store, chosen)
    if found:
        _render_found(store, found)
    _render_links(store, names)


def _choices(dataset_ids: list[str]) -> list[Choice]:
    """The newest with each older one, then each within itself, then the others with one another."""
    pairs = [(one, other) for number, one in enumerate(dataset_ids) for other in dataset_ids[number + 1 :]]
    return [pair for pair in pairs if pair[0] == dataset_ids[0]] + [(one, one) for one in dataset_ids] + [
        pair for pair in pairs if pair[0] != dataset_ids[0]
    ]  # fmt: skip


def _in_words(choice: Choice, names: dict[str, str]) -> str:
    one, other = (names[each] for each in choice)
    return f"Within {one}" if choice[0] == choice[1] else f"{one} with {other}"


def _find(store: Store, choice: Choice) -> None:
    with st.spinner("Comparing"):
        try:
            reader = store.reader()
            found = proposals(reader, *choice, store.kept_apart())
        except IncidentsError as problem:
            st.session_state[_PROBLEM] = str(problem)
            st.rerun()
    st.session_state[_FOUND] = (choice, reader.version, found)
    st.session_state[_AT] = 0


def _current(store: Store, choice: Choice | None) -> Proposals | None:
    """What was found, unless the data is another by now."""
    held: tuple[Choice, int, Proposals] | None = st.session_state.get(_FOUND)
    if held is None or held[0] != choice:
        return None
    if held[1] != store.version():
        st.caption("The data has changed since these were found. Look again.")
        return None
    return held[2]


def _render_found(store: Store, found: Proposals) -> None:
    st.text(_counted(found))
    if not found.pairs:
        return
    at = min(st.session_state.get(_AT, 0), len(found.pairs) - 1)
    pair = found.pairs[at]
    with st.container(horizontal=True, vertical_alignment="center", key="duplicates_steps"):
        st.button("Earlier pair", key="duplicates_back", on_click=_go, args=(at - 1,), disabled=at == 0)
        st.button("Later pair", key="duplicates_on", on_click=_go, args=(at + 1,), disabled=at + 1 == len(found.pairs))
        st.text(f"Pair {at + 1:,} of {len(found.pairs):,}: {', '.join(pair.reasons)}")
    shown = pair_view(store.reader(), pair.left_id, pair.right_id)
    if shown is None:
        st.caption("One of the two is no longer in the store.")
        return
    st.dataframe(
        facts(shown), hide_index=True, height="content", key="duplicates_pair", alt="The two incidents, fact by fact"
    )
    with st.container(horizontal=True):
        if st.button("Keep both", key="duplicates_keep"):
            _decide(store, pair, store.keep_apart)
        if st.button("Link as one incident", key="duplicates_link", type="primary"):
            _decide(store, pair, store.link)
    _render_list(store, found, at)


def _counted(found: Proposals) -> str:
    """What is proposed, and what is not and why."""
    count, exact = len(found.pairs), sum(pair.is_exact for pair in found.pairs)
    said = f"{count:,} {'pair' if count == 1 else 'pairs'} may be one event, {exact:,} the same in every fact; the likeliest first."
    if not count:
        said = "No pair of incidents looks like one event."
    if found.is_cut:
        said += f" {found.agreeing:,} agree; the least likely were not looked at."
    if found.undecided:
        said += (
            f" {found.undecided:,} pairs are not proposed: more than ten look the same, and nothing tells them apart."
        )
    if found.left_out:
        said += f" {found.left_out:,} incidents were not compared: hundreds on one day in one place, or known to several years only."
    return said


def _render_list(store: Store, found: Proposals, at: int) -> None:
    first = at - at % _LISTED
    listed = found.pairs[first : first + _LISTED]
    rows = in_short(store.reader(), listed)
    st.caption(f"Pairs {first + 1:,} to {first + len(listed):,}. Choose a line to see it.")
    st.dataframe(
        pd.DataFrame([_line(pair, rows) for pair in listed]),
        hide_index=True,
        height=min(420, 36 * (len(listed) + 1)),
        key=f"duplicates_list_{first}_{len(found.pairs)}",
        on_select=lambda: _choose(first, len(found.pairs)),
        selection_mode="single-row",
        alt="Proposed pairs, the likeliest first",
    )


def _line(pair: Proposal, rows: dict[str, dict[str, Any]]) -> dict[str, str]:
    one, other = rows.get(pair.left_id, {}), rows.get(pair.right_id, {})
    return {
        "When": day(one["event_date"]) if one.get("event_date") else "",
        "Where": ", ".join(part for part in (one.get("location"), one.get("admin1"), one.get("country")) if part),
        "Who": " - ".join(part for part in (one.get("actor1"), one.get("actor2")) if part),
        "Dead": " / ".join(
            str(row["fatalities"]) if row.get("fatalities") is not None else "?" for row in (one, other)
        ),
        "Why": ", ".join(pair.reasons),
    }


def _go(at: int) -> None:
    st.session_state[_AT] = at


def _choose(first: int, count: int) -> None:
    rows = st.session_state[f"duplicates_list_{first}_{count}"].selection.rows
    if rows:
        _go(first + rows[0])


def _decide(store: Store, pair: Proposal, decision: Callable[[str, str], object]) -> None:
    """The pair leaves the list, and may come back."""
    choice, _, found = st.session_state[_FOUND]
    try:
        with st.spinner("Writing"):
            decision(pair.left_id, pair.right_id)
    except IncidentsError as problem:
        st.session_state[_PROBLEM] = str(problem)
    else:
        rest = tuple(each for each in found.pairs if each != pair)
        st.session_state[_FOUND] = (choice, store.version(), replace(found, pairs=rest))
        st.session_state.setdefault(_DECIDED, {})[frozenset((pair.left_id, pair.right_id))] = pair
    st.rerun()


def _render_links(store: Store, names: dict[str, str]) -> None:
    links, apart = store.links(), store.kept_apart()
    if links:
        st.markdown(f"**{len(links):,} linked**")
    for link in links[:_LISTED]:
        with st.container(horizontal=True, vertical_alignment="center", key=f"duplicates_linked_{link.link_id}"):
            st.text(
                f"{_place_in_file(link.other_dataset, link.other_id, names)} is one incident with "
                f"{_place_in_file(link.kept_dataset, link.kept_id, names)}"
            )
            if st.button("Undo", key=f"duplicates_undo_{link.link_id}"):
                _undo(store, link)
    if len(links) > _LISTED:
        st.caption(f"The latest {_LISTED:,}; undo them to see the earlier ones.")
    if apart and st.button(f"Propose again what was kept apart ({len(apart):,})", key="duplicates_again"):
        for pair in apart:
            store.forget_apart(*pair)
        st.session_state.pop(_FOUND, None)
        st.rerun()


def _place_in_file(dataset_id: str, incident_id: str, names: dict[str, str]) -> str:
    return f"{names.get(dataset_id, dataset_id)}, line {incident_id.removeprefix(dataset_id + '-')}"


def _undo(store: Store, link: Link) -> None:
    """The pair is the first of the list again, where it was of it."""
    try:
        with st.spinner("Undoing"):
            store.unlink(link.link_id)
    except IncidentsError as problem:
        st.session_state[_PROBLEM] = str(problem)
        st.rerun()
    again = st.session_state.get(_DECIDED, {}).pop(frozenset((link.kept_id, link.other_id)), None)
    if again and _FOUND in st.session_state:
        choice, _, found = st.session_state[_FOUND]
        st.session_state[_FOUND] = (choice, store.version(), replace(found, pairs=(again, *found.pairs)))
        _go(0)
    st.rerun()
