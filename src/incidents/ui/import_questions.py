"""What the file cannot decide is asked; the answer checks it again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from incidents.model.errors import Undecided
from incidents.normalise.options import ImportOptions
from incidents.places.countries import countries
from incidents.ui.import_files import Incoming
from incidents.ui.import_wording import DATES, without_options

_HEADS = {
    "dates": "How are the dates written?",
    "country": "Which country is it about?",
    "casualties": "What does this column count?",
    "sheet": "Which table holds the incidents?",
    "mapping": "Which column is which?",
}
_CASUALTIES = {"fatalities": "The killed", "injured": "The injured", "": "Both: leave it aside"}

Answered = Callable[[ImportOptions], None]


def render_question(file: Incoming, question: Undecided, answered: Answered) -> None:
    with st.container(key=f"question_{file.file_id}"):
        st.markdown(f"**{_HEADS.get(question.question, 'One thing is open')}**")
        st.text(without_options(str(question)) + ".")
        if question.question == "dates":
            names = question.choices or tuple(DATES)
            _buttons(file, {name: DATES.get(name, name) for name in names}, lambda name: {"dates": name}, answered)
        elif question.question == "casualties":
            columns = _casualties(file)
            _buttons(
                file,
                _CASUALTIES,
                lambda name: {"mapping": {**file.options.mapping, **dict.fromkeys(columns, name)}},
                answered,
            )
        elif question.question == "sheet":
            _one_of(file, "Sheet or table", question.choices, "sheet", answered)
        elif question.question == "country":
            render_country(file, answered)


def render_country(file: Incoming, answered: Answered) -> None:
    _one_of(
        file,
        "Country of every row without one",
        sorted(country.name for country in countries().values()),
        "country",
        answered,
    )


def _casualties(file: Incoming) -> tuple[str, ...]:
    seen = file.examination.look if file.examination else None
    return seen.mapping.get("casualties", ()) if seen else ()


def _buttons(
    file: Incoming, choices: Mapping[str, str], change: Callable[[str], dict[str, Any]], answered: Answered
) -> None:
    """Constant words only: a button reads Markdown."""
    with st.container(horizontal=True):
        for number, (name, words) in enumerate(choices.items()):
            if st.button(words, key=f"answer_{number}_{file.file_id}"):
                answered(replace(file.options, **change(name)))


def _one_of(file: Incoming, label: str, choices: tuple[str, ...] | list[str], option: str, answered: Answered) -> None:
    """Names of a file are shown as options, which are plain text."""
    chosen = st.selectbox(
        label, list(choices), index=None, key=f"answer_{option}_{file.file_id}", placeholder="choose", width=360
    )
    if chosen and chosen != getattr(file.options, option):
        changes: dict[str, Any] = {option: chosen}
        answered(replace(file.options, **changes))
