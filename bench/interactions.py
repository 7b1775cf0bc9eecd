"""What people do on the page: each interaction as keys and buttons, with values that the store's own data suggest."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice
from pathlib import Path

from playwright.sync_api import Page

from incidents.model.filters import EVERYTHING
from incidents.store import open_store
from incidents.views.facets import facet

CLEAR = ".st-key-clear_all button"

Act = Callable[[Page], object]


@dataclass(frozen=True, slots=True)
class Interaction:
    """`act(n)` is the n-th repetition, which differs from the one before; `before` makes ready, untimed, and `after` clears."""

    name: str
    act: Callable[[int], Act]
    redraws_map: bool = True
    before: Act | None = None
    after: Act | None = None


def interactions(store: Path) -> tuple[Interaction, ...]:
    with open_store(str(store)) as opened:
        reader = opened.reader()
        names = {
            field: [found.value for found in facet(reader, EVERYTHING, field, most=12)]
            for field in ("country", "actor", "event_type")
        }
        newest = reader.datasets[0]
    words = _words([*names["actor"], *names["country"]])
    first, last = (date.fromisoformat(day or "2000-01-01") for day in (newest.first_date, newest.last_date))
    return (
        Interaction("killed at least", lambda n: filter_at_least(n + 1), after=clear_all),
        Interaction("clear all", lambda _: clear_all, before=filter_at_least(1)),
        Interaction(
            "country",
            lambda n: _choose("filter_country", names["country"][n % len(names["country"])]),
            before=clear_if_set,
            after=clear_all,
        ),
        Interaction(
            "actor",
            lambda n: _choose("filter_actor", names["actor"][n % len(names["actor"])]),
            before=clear_if_set,
            after=clear_all,
        ),
        Interaction(
            "event type",
            lambda n: _choose("filter_event_type", names["event_type"][n % len(names["event_type"])]),
            before=clear_if_set,
            after=clear_all,
        ),
        Interaction("words", lambda n: _type("filter_words", words[n % len(words)]), after=clear_all),
        Interaction("dates", lambda n: _dates(first, last, n), after=clear_all),
        Interaction(
            "table: sort",
            lambda n: _choose("table_sort", ("Country", "Dead", "Town", "Type", "Date")[n % 5]),
            redraws_map=False,
        ),
        Interaction("table: next page", lambda n: _type("table_page", str(n + 2)), redraws_map=False),
        Interaction("map: pan", _pan),
        Interaction("map: zoom", _zoom),
    )


def filter_at_least(least: int) -> Act:
    return _type("filter_fatalities", str(least))


def clear_all(page: Page) -> None:
    page.locator(CLEAR).click()


def clear_if_set(page: Page) -> None:
    if page.locator(CLEAR).count():
        page.locator(CLEAR).click()


def _type(key: str, text: str) -> Act:
    def act(page: Page) -> None:
        box = page.locator(f".st-key-{key} input").first
        box.fill(text)
        box.press("Enter")

    return act


def _choose(key: str, value: str) -> Act:
    """In a list of options: by its whole name, so that no other is left."""

    def act(page: Page) -> None:
        box = page.locator(f".st-key-{key} input").first
        box.click()
        box.fill(value)
        page.get_by_role("option", name=value, exact=True).first.click()

    return act


def _dates(first: date, last: date, number: int) -> Act:
    """A half of the data's time that begins a little later at each repetition."""
    half = (last - first) / 2
    start = first + half * (number % 5) / 5

    def act(page: Page) -> None:
        parts = page.locator('.st-key-filter_dates [role="spinbutton"]')
        for part, day in ((0, start), (3, start + half)):
            parts.nth(part).click()
            page.keyboard.type(f"{day:%Y%m%d}")
        page.keyboard.press("Escape")  # closes the calendar: the dates count from then on

    return act


def _pan(number: int) -> Act:
    return _in_map(f"map_div.panBy([{-400 if number % 2 else 400}, 0], {{animate: false}})")


def _zoom(number: int) -> Act:
    return _in_map(f"map_div.setZoom(map_div.getZoom() + {-1 if number % 2 else 1}, {{animate: false}})")


def _in_map(script: str) -> Act:
    def act(page: Page) -> float:
        frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
        return float(frame.evaluate(f"() => {{ const at = seen.now(); {script}; return at; }}"))

    return act


def _words(names: list[str]) -> list[str]:
    """Words that occur in many incidents, since they are in the names that do."""
    words = dict.fromkeys(
        word.casefold() for name in names for word in name.split() if word.isalpha() and len(word) > 3
    )
    return list(islice(cycle(words), 12)) if words else ["the"]
