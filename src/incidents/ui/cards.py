"""Cards: what is shown, in numbers. Only numbers and constant words reach the page's HTML."""

import streamlit as st

from incidents.model.figures import Total
from incidents.model.filters import IncidentFilter
from incidents.ui.wording import day, span
from incidents.views.values import Cards


def render_cards(cards: Cards, wanted: IncidentFilter) -> None:
    st.html(f'<div class="cards">{"".join(_card(*parts) for parts in _parts(cards))}</div>')
    if notes := _notes(cards, wanted):
        st.caption(" ".join(notes))


def _card(value: str, words: str, beside: str) -> str:
    return f"<div><b>{value}</b><span>{words}</span><small>{beside}</small></div>"


def _parts(cards: Cards) -> list[tuple[str, str, str]]:
    days = f"{day(cards.first_date)} to {day(cards.last_date)}" if cards.first_date and cards.last_date else "no dates"
    return [
        (f"{cards.incidents:,}", "incidents", days),
        (_best(cards.fatalities), "reported fatalities", _certainty(cards.fatalities)),
        (_best(cards.injured), "reported injured", _certainty(cards.injured)),
        (f"{cards.places:,}", "named places", _not_on_map(cards.unlocated)),
        (f"{cards.actors:,}", "actors", "named on either side"),
    ]


def _not_on_map(unlocated: int) -> str:
    if not unlocated:
        return "every incident is on the map"
    return "1 incident is not on the map" if unlocated == 1 else f"{unlocated:,} incidents are not on the map"


def _best(total: Total) -> str:
    return f"{total.best:,}" if total.known else "not known"


def _certainty(total: Total) -> str:
    if not total.known:
        return "no incident has a figure"
    unknown = f"; {total.unknown:,} without a figure" if total.unknown else ""
    return f"low {span(total).replace(' to ', ', high ')}{unknown}"


def _notes(cards: Cards, wanted: IncidentFilter) -> list[str]:
    notes = []
    if cards.left_out_without_figure and (wanted.fatalities_least is not None or wanted.fatalities_most is not None):
        notes.append(f"The killed filter leaves out {cards.left_out_without_figure:,} incidents without a figure.")
    if cards.from_words:
        notes.append(f'{cards.from_words:,} of the dead rest on words such as "dozens".')
    if cards.several_places:
        notes.append(f"{cards.several_places:,} of the dead are reported for several places together.")
    return notes
