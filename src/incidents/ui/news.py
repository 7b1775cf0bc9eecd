"""News of the store: its version in a small file that open pages ask the server for.

A page that asked by a run of its script, as Streamlit's fragments do, would draw itself over each time: twenty open pages
that nobody touches took two fifths of a processor.
"""

import atexit
import os
import shutil
import tempfile
import threading
import time
from functools import cache
from pathlib import Path

import streamlit.components.v1 as components

from incidents.store import Store
from incidents.ui.faults import fault

EVERY_SECONDS = 1.0
_ROUTE, _FILE = "news", "version.txt"


class News:
    """One for the server. It asks the store that was followed last, in a thread of its own."""

    address = f"component/{__name__}.{_ROUTE}/{_FILE}"
    """Below the page's own address."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="incidents-news-"))
        atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        self._store: Store | None = None
        self._told: int | None = None
        self._is_failing = False
        components.declare_component(_ROUTE, path=str(self._folder))
        threading.Thread(target=self._watch, daemon=True, name="news").start()

    def follow(self, store: Store, version: int) -> None:
        """`version` is one that the store had: where it has been followed already, it may be an old one."""
        if store is not self._store:
            self._store = store
            self._tell(version)

    def _watch(self) -> None:
        while True:
            time.sleep(EVERY_SECONDS)
            try:
                if self._store:
                    self._tell(self._store.version())
                self._is_failing = False
            except Exception as problem:  # noqa: BLE001 - told once in the log; a database that is away for a while comes back
                if not self._is_failing:
                    fault(problem)
                self._is_failing = True

    def _tell(self, version: int) -> None:
        """The file changes at once and is never half written."""
        if version == self._told:
            return
        written = self._folder / f"{threading.get_ident()}.part"
        written.write_text(str(version), encoding="ascii")
        os.replace(written, self._folder / _FILE)
        self._told = version


@cache
def news() -> News:
    return News()
