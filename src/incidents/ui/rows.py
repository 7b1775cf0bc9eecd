"""Rows: a table of text that mouse, keyboard and screen reader can use alike.

`st.dataframe` is a canvas, which a screen reader cannot read row by row and which sets every text from the left.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

HTML = '<div class="box" role="region" tabindex="0"><table></table></div><p></p>'


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    label: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """`row_id` None: the row cannot be chosen."""

    row_id: str | None
    cells: tuple[str, ...]


def render_rows(
    key: str,
    label: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    chosen: Callable[[str], None],
    *,
    sorted_by: Callable[[str], None] | None = None,
    sort: str | None = None,
    is_descending: bool = False,
    selected: str | None = None,
    height: int | None = None,
    page: int = 0,
    note: str = "",
) -> None:
    """Calls `chosen` with a row's id, `sorted_by` with a column's name. Without a `sort`, headings are plain."""

    _component()(
        key=key,
        data={
            "label": label,
            "columns": [{"name": each.name, "label": each.label, "number": each.is_number} for each in columns],
            "rows": [{"id": each.row_id, "cells": list(each.cells)} for each in rows],
            "sort": sort,
            "descending": is_descending,
            "selected": selected,
            "height": height,
            "page": page,
            "note": note,
        },
        on_chosen_change=on_trigger(key, "chosen", chosen),
        on_sorted_change=on_trigger(key, "sorted", sorted_by),
    )


def on_trigger(key: str, what: str, call: Callable[[str], None] | None) -> Callable[[], None]:
    """A component's callback that hands on the value of its trigger `what`; one that comes from a page left since is late."""

    def called() -> None:
        value = getattr(st.session_state.get(key), what, None)
        if call and value is not None:
            call(value)

    return called


def static(name: str) -> str:
    return (files("incidents.ui") / "static" / name).read_text(encoding="utf-8")


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "incidents_rows",
        html=HTML,
        css=static("rows.css"),
        js=static("rows.js"),
    )
