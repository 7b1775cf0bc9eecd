"""The page: first views, and every kind of interaction, each as a median."""

import statistics
from collections.abc import Callable, Iterator

from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as BrowserError

from bench.browser import Step, Timed, chromium
from bench.interactions import Interaction, filter_at_least, interactions
from bench.material import Material
from bench.processes import ROOT, streamlit_server
from bench.results import Figures

APP = ROOT / "app.py"
EMPTY = ROOT / "bench" / "peers" / "empty_page.py"
FIRST = "killed at least"

__all__ = ["APP", "filter_at_least", "measure"]


def measure(material: Material, size: str, steps: int) -> Figures:
    store = material.store(size)
    with chromium() as browser:
        floor = empty_step(browser, steps)
        with streamlit_server(APP, {**material.index, "INCIDENTS_STORE": str(store)}) as server:
            page = Timed(browser, server.address)
            cold = page.open(Timed.marks_drawn)
            page.settle(3)
            warm = _warm(browser, server.address)
            measured = dict(_measured(page, interactions(store), steps))
            outside, peak = page.outside, server.peak_mb()
    filters = measured[FIRST]
    if isinstance(filters, str):
        raise RuntimeError(f"{FIRST}: {filters}")  # noqa: TRY004 - the page is at fault, not a type
    everywhere = statistics.median(step.all_ms for step in filters)
    return {
        "a filter change on every panel, times an empty page's step": everywhere / floor,
        "empty page's step (ms)": floor,
        "first view, cold server (s)": cold,
        "first view, warm server (s)": warm,
        **{label: value for name, found in measured.items() for label, value in _figures(name, found)},
        "kB a filter change": statistics.median(step.kb for step in filters),
        "server's peak (MB)": peak,
        "requests outside": float(len(outside)),
    }


def empty_step(browser: Browser, steps: int) -> float:
    """Median milliseconds of a step on a page that has nothing but a number and its value."""
    with streamlit_server(EMPTY) as server:
        page = Timed(browser, server.address)
        page.open(lambda timed: _shows(timed, 0))
        made = []
        for value in range(1, max(steps, 5) + 1):
            page.settle(0.3)
            made.append(page.step(_typed(value), lambda timed, value=value: _shows(timed, value)).all_ms)  # type: ignore[misc]
        page.close()
        return statistics.median(made)


def _shows(timed: Timed, value: int) -> float | None:
    return timed.page.evaluate(f"document.body?.innerText.includes('value {value}') ? seen.now() : null")  # type: ignore[no-any-return]


def _typed(value: int) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.locator("input").fill(str(value))
        page.locator("input").press("Enter")

    return act


def _warm(browser: Browser, address: str) -> float:
    page = Timed(browser, address)
    try:
        return page.open(Timed.marks_drawn)
    finally:
        page.close()


def _measured(page: Timed, kinds: tuple[Interaction, ...], steps: int) -> Iterator[tuple[str, list[Step] | str]]:
    """Each interaction with its steps, or with why it could not be made."""
    for kind in kinds:
        made: list[Step] = []
        try:
            for number in range(steps):
                if kind.before:
                    kind.before(page.page)
                    page.settle()
                made.append(page.step(kind.act(number), Timed.marks_drawn if kind.redraws_map else None))
                page.settle()
            if kind.after:
                kind.after(page.page)
                page.settle()
        except (BrowserError, TimeoutError) as problem:
            yield kind.name, f"not measured: {str(problem).splitlines()[0]}"
            page.open(Timed.marks_drawn)
            page.settle(3)
            continue
        yield kind.name, made


def _figures(name: str, found: list[Step] | str) -> Iterator[tuple[str, float | str]]:
    if isinstance(found, str):
        yield f"{name} (ms)", found
        return
    on_map = [step.map_ms for step in found if step.map_ms is not None]
    if on_map:
        yield f"{name}: map (ms)", statistics.median(on_map)
    yield f"{name}: every panel (ms)" if on_map else f"{name} (ms)", statistics.median(step.all_ms for step in found)
