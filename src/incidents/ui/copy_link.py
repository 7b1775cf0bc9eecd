"""Copy link: the address bar's content, with what the map shows now."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from incidents.ui.rows import static

_STYLE = """
div { display: flex; align-items: center; gap: 0.6rem; justify-content: flex-end; font: 400 0.9rem/1.3 var(--st-font, sans-serif); color: var(--st-text-color, inherit); }
button { all: unset; cursor: pointer; padding: 0.35rem 0.6rem; border-radius: 4px; color: var(--st-link-color, inherit); white-space: nowrap; }
button:hover { text-decoration: underline; }
button:focus-visible { outline: 2px solid var(--st-primary-color, #1f6f8b); }
"""


def render_copy_link() -> None:
    _component()(key="copy_link", width="content")


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "incidents_copy_link",
        html='<div><span role="status"></span><button type="button">Copy link</button></div>',
        css=_STYLE,
        js=static("copy_link.js"),
    )
