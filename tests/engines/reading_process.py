"""A process that reads a store as an open dashboard does: every panel, step after step, on the newest version.

It says each fault on a line of its own, and at the end, when its standard input is closed, how often it read.
"""

import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from incidents.model.filters import ALL_DATASETS, EVERYTHING
from incidents.store import Reader, Store, open_store
from incidents.views.cards import cards_view, first_numbers
from incidents.views.facets import facet
from incidents.views.lists import top
from incidents.views.map import map_view
from incidents.views.table import count, table_page
from incidents.views.timeline import timeline_view
from incidents.views.values import WORLD

ALL = EVERYTHING.with_(dataset=ALL_DATASETS)
WORKERS = 2
"""Panels of one step that are asked at once."""
BETWEEN_STEPS = 0.2  # seconds: a fast hand


def panels(reader: Reader, pool: ThreadPoolExecutor) -> dict[str, int]:
    """The incidents that each panel of one step counts."""
    asked = {
        "cards": pool.submit(lambda: cards_view(reader, ALL).incidents),
        "timeline": pool.submit(lambda: sum(each.incidents for each in timeline_view(reader, ALL).bins)),
        "lists": pool.submit(lambda: sum(each.incidents for each in top(reader, ALL, "admin1", most=None))),
        "table": pool.submit(lambda: count(reader, ALL)),
    }
    first, drawn = first_numbers(reader, ALL), map_view(reader, ALL, WORLD)
    counted = {"sentence": first.incidents, "map": drawn.shown + first.unlocated}
    table_page(reader, ALL, ("event_date", "location"))
    return counted | {name: panel.result() for name, panel in asked.items()}


def faults(store: Store, pool: ThreadPoolExecutor, rows: int) -> Iterator[str]:
    """Of one step: what is not a whole number of datasets, or not the same on every panel."""
    reader = store.reader()
    each_dataset = {each.value: each.incidents for each in facet(reader, ALL, "dataset")}
    if each_dataset != {each.dataset_id: rows for each in reader.datasets}:
        yield f"datasets: {each_dataset}"
    for panel, counted in panels(reader, pool).items():
        if counted != rows * len(reader.datasets):
            yield f"{panel}: {counted} incidents of {len(reader.datasets)} datasets"


def main(location: str, rows: int) -> None:
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    reads = 0
    with open_store(location) as store, ThreadPoolExecutor(WORKERS) as pool:
        print("ready", flush=True)
        while not ended.is_set():
            try:
                for fault in faults(store, pool, rows):
                    print(fault, flush=True)
            except Exception as problem:  # noqa: BLE001 any fault is the test's result
                print(repr(problem), flush=True)
            reads += 1
            ended.wait(BETWEEN_STEPS)
    print(f"reads {reads}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
