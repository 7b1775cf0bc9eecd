"""The mapping: which column each field is read from, with three cells of it; text of the file stays plain text."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from incidents.ingest.look import Look
from incidents.normalise.options import ImportOptions
from incidents.ui.import_files import Incoming
from incidents.ui.import_wording import field_words, offered

NONE: tuple[str, ...] = ()
PROPOSED = "proposed"
SURE, LIKELY = 0.9, 0.6


def render_mapping(file: Incoming, look: Look) -> ImportOptions | None:
    """The options with the columns that the user chose, when they ask for it."""
    chosen: dict[str, tuple[str, ...]] = {}
    names = offered(set(look.mapping))
    with st.form(f"mapping_{file.file_id}", border=False):
        for names_of_part, wide in (
            ([name for name in names if name in look.mapping], 2),
            ([name for name in names if name not in look.mapping], 4),
        ):
            for start in range(0, len(names_of_part), wide):
                row = names_of_part[start : start + wide]
                for place, name in zip(st.columns(wide), row, strict=False):
                    with place:
                        chosen[name] = _choice(file, look, name)
        asked = st.form_submit_button("Check with these columns", key=f"remap_{file.file_id}")
    _render_others(look)
    if not asked:
        return None
    twice = _twice(chosen)
    if twice:
        st.text(f"Chosen twice: {', '.join(twice)}. One column can be one field only.")
        return None
    return replace(file.options, mapping=_overrides(file.options, look, chosen))


def is_sure(look: Look) -> bool:
    """Nothing about the columns needs a person's eye before the report does."""
    mapped = {"event_date", "location", "fatalities"} <= set(look.mapping)
    return (
        look.is_remembered or look.layout != PROPOSED or (mapped and min(look.confidence.values(), default=0) >= SURE)
    )


def _choice(file: Incoming, look: Look, name: str) -> tuple[str, ...]:
    """A field's column, with its cells below."""
    now = look.mapping.get(name, NONE)
    columns = [NONE, *((column,) for column in look.columns)]
    options = columns if len(now) < 2 else [now, *columns[1:]]
    found: tuple[str, ...] = st.selectbox(
        field_words(name),
        options,
        index=options.index(now) if now in options else 0,
        format_func=lambda each: ", ".join(each) or "no column",
        key=f"map_{name}_{file.file_id}",
    )
    if now:
        st.text(_beside(look, name, now))
    return found


def _render_others(look: Look) -> None:
    read = {column for columns in look.mapping.values() for column in columns}
    others = [column for column in look.columns if column not in read]
    if others:
        st.caption("Columns that no field is read from; they are kept beside the incidents and can be filtered by.")
        cells = [("  |  ".join(look.samples.get(column, ()))) for column in others]
        st.dataframe(
            pd.DataFrame({"Column": others, "First cells": cells}), hide_index=True, height="content" if len(others) < 6 else 215,
            alt="Columns of the file that no field is read from",
        )  # fmt: skip


def _beside(look: Look, name: str, columns: tuple[str, ...]) -> str:
    """Cells of the column, and how sure the mapping is."""
    if not columns:
        return ""
    cells = "  |  ".join(look.samples.get(columns[0], ())) or "no cells"
    return f"{confidence(look, name)}: {cells}"


def confidence(look: Look, name: str) -> str:
    """ "by the layout", "sure, 97 %", "a guess, 40 %", "mapped by hand"."""
    if look.is_remembered:
        return "mapped before"
    if name not in look.confidence:
        return "mapped by hand" if look.layout == PROPOSED else "by the layout"
    share = look.confidence[name]
    words = "sure" if share >= SURE else "likely" if share >= LIKELY else "a guess"
    return f"{words}, {share:.0%}"


def _twice(chosen: dict[str, tuple[str, ...]]) -> list[str]:
    columns = [column for each in chosen.values() for column in each]
    return list(dict.fromkeys(column for column in columns if columns.count(column) > 1))


def _overrides(options: ImportOptions, look: Look, chosen: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Column -> field, "" for a column that is left aside. Of an unknown layout every column is settled, so that the next file
    with this header is read in the same way, whatever its cells suggest."""
    settled = {columns[0]: name for name, columns in chosen.items() if len(columns) == 1}
    if look.layout == PROPOSED:
        return {column: settled.get(column, "") for column in look.columns}
    changed = {column: name for column, name in settled.items() if look.mapping.get(name) != (column,)}
    freed = {
        look.mapping[name][0]: ""
        for name, columns in chosen.items()
        if len(look.mapping.get(name, ())) == 1 and columns != look.mapping[name]
    }
    return {**options.mapping, **freed, **changed}
