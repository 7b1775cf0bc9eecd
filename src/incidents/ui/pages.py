"""The page's set-up: title, look, navigation."""

from collections.abc import Callable

import streamlit as st

from incidents.model.errors import NoSuchDataset
from incidents.ui import loading, map_panel
from incidents.ui.about import about_page
from incidents.ui.explore import explore_page
from incidents.ui.faults import fault
from incidents.ui.import_page import import_page
from incidents.ui.look import render_look
from incidents.ui.memory import settle_memory
from incidents.ui.review_page import review_page

_PAGES: dict[str, tuple[Callable[[], None], str]] = {
    "explore": (explore_page, "Explore"),
    "import": (import_page, "Import"),
    "review": (review_page, "Review"),
    "about": (about_page, "About"),
}


def run() -> None:
    st.set_page_config(page_title="Incidents", layout="wide", initial_sidebar_state="auto")
    settle_memory()
    render_look()
    pages = {
        path: st.Page(page, title=title, url_path="" if path == "explore" else path, default=path == "explore")
        for path, (page, title) in _PAGES.items()
    }
    st.session_state["pages"] = pages
    chosen = st.navigation(list(pages.values()), position="top")
    if st.session_state.get("page") != chosen.title:
        st.session_state["page"] = chosen.title
        map_panel.forget_frame()
    try:
        draw(chosen.run)
    except Exception as problem:  # noqa: BLE001 - the last place where a fault of ours can be told in one sentence
        st.error(fault(problem))


def draw(page: Callable[[], None]) -> None:
    """Once more where a dataset left the store while the page was drawn: its parts ask the store at different moments."""
    version = loading.user_store().version()
    try:
        page()
    except NoSuchDataset:
        if loading.user_store().version() == version:
            raise
        st.rerun()
