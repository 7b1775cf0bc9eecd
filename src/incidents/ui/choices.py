"""Choices: a few buttons of words as one element of the page, since each element costs the browser some milliseconds of
every step.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import streamlit as st

from incidents.ui.rows import on_trigger, static


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    words: str = ""
    """What it does, on hovering."""
    is_disabled: bool = False


def render_choices(key: str, label: str, choices: Sequence[Choice], chosen: Callable[[str], None]) -> None:
    """Calls `chosen` with the label of the button, in a callback."""
    _component()(
        key=key,
        width="content",
        data={
            "label": label,
            "choices": [{"label": each.label, "words": each.words, "disabled": each.is_disabled} for each in choices],
        },
        on_chosen_change=on_trigger(key, "chosen", chosen),
    )


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "incidents_choices",
        html='<div class="choices" role="group"></div>',
        css=static("choices.css"),
        js=static("choices.js"),
    )
