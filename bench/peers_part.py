"""The project's page beside the two usual ways of putting incidents on a Streamlit page: same rows, same run."""

import statistics
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser, Page

from bench.browser import Step, Timed, chromium
from bench.material import Material
from bench.page import APP, filter_at_least
from bench.processes import ROOT, streamlit_server
from bench.results import Figures

PAGES = ROOT / "bench" / "peers"
MOST_PEER_STEPS = 3  # a step of theirs takes many seconds

Drawn = Callable[[Timed, int], float | None]


def measure(material: Material, size: str, steps: int) -> Figures:
    file = material.file(size)
    killed = (
        pd.read_csv(file, usecols=["latitude", "longitude", "killed"]).dropna(subset=["latitude", "longitude"]).killed
    )
    wanted = min(steps, MOST_PEER_STEPS)
    with chromium() as browser:
        ours = _ours(browser, material, size, steps)
        cluster = _peer(
            browser, PAGES / "cluster_page.py", file, killed, wanted, lambda page, count: page.clustered(count)
        )
        scatter = _peer(
            browser, PAGES / "scatter_page.py", file, killed, wanted, lambda page, count: page.instances(count)
        )
    names = {"incidents": ours, "FastMarkerCluster": cluster, "st.pydeck_chart": scatter}
    return {
        **{
            f"a filter change on {name}'s map, times incidents": other[1] / ours[1]
            for name, other in names.items()
            if other is not ours
        },
        **{
            f"kB a change by {name}, times incidents": other[2] / ours[2]
            for name, other in names.items()
            if other is not ours
        },
        **{f"{name}: filter change on the map (ms)": figures[1] for name, figures in names.items()},
        **{f"{name}: first view (s)": figures[0] for name, figures in names.items()},
        **{f"{name}: kB a change": figures[2] for name, figures in names.items()},
        **{f"{name}: server's peak (MB)": figures[3] for name, figures in names.items()},
        "rows with coordinates in the file": float(len(killed)),
    }


Measured = tuple[float, float, float, float | None]
"""First view in seconds, a change on the map in milliseconds, kB a change, the server's peak in MB."""


def _ours(browser: Browser, material: Material, size: str, steps: int) -> Measured:
    environment = {**material.index, "INCIDENTS_STORE": str(material.store(size))}
    with streamlit_server(APP, environment) as server:
        page = Timed(browser, server.address)
        first = page.open(Timed.marks_drawn)
        page.settle()
        made = []
        for least in range(1, steps + 1):
            made.append(page.step(filter_at_least(least), Timed.marks_drawn))
            page.settle()
        page.close()
        return _measured(first, made, server.peak_mb())


def _peer(browser: Browser, script: Path, file: Path, killed: "pd.Series[float]", steps: int, drawn: Drawn) -> Measured:
    with streamlit_server(script, {"BENCH_FILE": str(file)}) as server:
        page = Timed(browser, server.address)
        everything = int((killed >= 0).sum())
        first = page.open(lambda timed: drawn(timed, everything))
        page.settle()
        made = []
        for least in range(1, steps + 1):
            count = int((killed >= least).sum())
            made.append(page.step(_number(least), lambda timed, count=count: drawn(timed, count)))  # type: ignore[misc]
            page.settle()
        page.close()
        return _measured(first, made, server.peak_mb())


def _number(value: int) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        box = page.locator('[data-testid="stNumberInput"] input')
        box.fill(str(value))
        box.press("Enter")

    return act


def _measured(first: float, steps: list[Step], peak: float | None) -> Measured:
    changes = [step.map_ms for step in steps if step.map_ms is not None]
    return first, statistics.median(changes), statistics.median(step.kb for step in steps), peak
