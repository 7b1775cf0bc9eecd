"""Cards: what is shown, in numbers. Only numbers and constant words reach the page's HTML."""

from datetime import date, timedelta
from html import escape

import streamlit as st

from incidents.model.figures import Total
from incidents.model.filters import IncidentFilter
from incidents.ui.wording import day, period, span
from incidents.views.change import LAST_DAYS, Before, is_too_few
from incidents.views.values import Cards


def render_cards(cards: Cards, wanted: IncidentFilter, before: Before | None = None) -> None:
    parts = _parts(cards)
    if before:
        parts.append(_change(cards, before))
    notes = [*_notes(cards, wanted), *(_change_notes(cards, wanted, before) if before else ())]
    below = f'<p class="below">{escape(" ".join(notes))}</p>' if notes else ""
    st.html(f'<div class="cards">{"".join(_card(*part) for part in parts)}</div>{below}')


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


def _change(cards: Cards, before: Before) -> tuple[str, str, str]:
    """A sign and a word; both windows are in the notes."""
    against = f"{cards.incidents:,} now, {before.incidents:,} before"
    if is_too_few(before.incidents, cards.incidents):
        return "too few", "to say what changed", against
    difference = cards.incidents - before.incidents
    if difference == 0:
        return "±0", "as many incidents as before", against
    return (
        f"{difference:+,}".replace("-", "−"),
        f"{'more' if difference > 0 else 'fewer'} incidents than before",
        against,
    )


def _change_notes(cards: Cards, wanted: IncidentFilter, before: Before) -> list[str]:
    assert wanted.start
    assert wanted.end
    now = _window(wanted.start, wanted.end, cards.incidents, cards.fatalities.best)
    notes = [f"Change: {now} against {_window(before.start, before.end, before.incidents, before.dead)}."]
    if before.data_end and wanted.end > before.data_end:
        notes.append(f"The data end on {day(before.data_end)}, before the chosen days do.")
    elif before.data_end and wanted.end > before.data_end - timedelta(days=LAST_DAYS):
        notes.append(f"The last days of the data, up to {day(before.data_end)}, are likely incomplete.")
    if before.data_start and before.start < before.data_start:
        notes.append(f"The data begin on {day(before.data_start)}: the days before are not covered in full.")
    return notes


def _window(start: date, end: date, incidents: int, dead: int) -> str:
    return f"{period(start, end)} ({incidents:,} incidents, {dead:,} reported dead)"


def _notes(cards: Cards, wanted: IncidentFilter) -> list[str]:
    notes = []
    if cards.left_out_without_figure and wanted.asks_for_killed:
        notes.append(f"The killed filter leaves out {cards.left_out_without_figure:,} incidents without a figure.")
    if cards.from_words:
        notes.append(f'{cards.from_words:,} of the dead rest on words such as "dozens".')
    if cards.several_places:
        notes.append(f"{cards.several_places:,} of the dead are reported for several places together.")
    return notes
