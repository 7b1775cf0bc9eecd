"""Filters that a callback sets while the browser is still sending what it showed before.

With every click the browser sends the values of all widgets as it shows them. A click that comes before a filter set by
a callback has reached the browser would take that filter back. So each state of the filter that the program wrote has a
number, which the browser returns in a field that nobody sees: values that come with an old number are those of that
state, except where the user changed them.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

KEY = "filter_version"
_NUMBER = "filter_version_written"
_SHOWN = "filter_version_shown"
_REMEMBERED = 20


def written(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """The widgets held `before` and are now told `after`, by key."""
    session = st.session_state
    number = int(session.get(_NUMBER) or 0)
    shown: dict[int, Mapping[str, Any]] = {**session.get(_SHOWN, {}), number: before, number + 1: after}
    session[_SHOWN] = {each: shown[each] for each in sorted(shown)[-_REMEMBERED:]}
    session[_NUMBER] = number + 1
    session[KEY] = str(number + 1)


def bring_up_to_date() -> None:
    """Before the values are read: what the browser has not been told yet is put back."""
    session = st.session_state
    number, returned = session.get(_NUMBER), session.get(KEY)
    if number is None or returned is None or returned == str(number):
        return
    shown: dict[int, Mapping[str, Any]] = session[_SHOWN]
    before = shown.get(int(returned)) if returned.isdecimal() else None
    if before is not None:
        for key, value in shown[number].items():
            if session.get(key) == before.get(key) != value:
                session[key] = value
    session[KEY] = str(number)


def render_version() -> None:
    """After all filters, so that the browser has shown them when it returns the number."""
    with st.container(key="version"):
        st.text_input("Version of the filter", key=KEY, label_visibility="collapsed")
