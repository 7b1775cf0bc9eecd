"""New data: an open page notices what another process imports or deletes, and keeps its filter."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from incidents.model.dataset import Dataset
from incidents.store import Reader
from incidents.ui import loading
from incidents.ui.news import news
from incidents.ui.rows import on_trigger, static

_SEEN = "datasets_seen"


def render_new_data(reader: Reader, version: int) -> None:
    """Says which datasets came or went since this session last looked, and watches for the next change.

    `version` is that of the user's store when the page began to be drawn.
    """
    now = {each.dataset_id: each.name for each in reader.datasets}
    before: dict[str, str] | None = st.session_state.get(_SEEN)
    st.session_state[_SEEN] = now
    if before is not None and before != now:
        for text in _changes(before, reader.datasets):
            st.toast(text)
    news().follow(loading.user_store(), version)
    _watch()(
        key="new_data",
        data={"address": news().address, "version": str(version)},
        on_changed_change=on_trigger("new_data", "changed", None),
    )


@cache
def _watch() -> Callable[..., Any]:
    return st.components.v2.component("incidents_new_data", html="", js=static("new_data.js"))


def _changes(before: dict[str, str], datasets: tuple[Dataset, ...]) -> list[str]:
    """Counts only: a dataset's name is a file's text, and toasts read Markdown."""
    came = [each for each in datasets if each.dataset_id not in before]
    gone = len(before.keys() - {each.dataset_id for each in datasets})
    texts = []
    if came:
        incidents = sum(each.incidents for each in came)
        texts.append(f"New data: {len(came)} file{'s' if len(came) > 1 else ''}, {incidents:,} incidents.")
    if gone and not came:
        texts.append(f"{gone} dataset{'s' if gone > 1 else ''} left the store.")
    return texts
