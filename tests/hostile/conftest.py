"""A store into which every payload was imported, in every column."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.browser.conftest import Served, address, browser, served  # noqa: F401 - fixtures
from tests.hostile.rows import OPTIONS, hostile_csv

from incidents.ingest import import_file
from incidents.store import Store, open_store

NAME = "{{7*7}}<img src=x onerror=window.pwned=1>.csv"


@pytest.fixture(scope="session")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that only a template or a command that ran could make."""
    return tmp_path_factory.mktemp("canary") / "touched"


@pytest.fixture(scope="session")
def hostile_file(tmp_path_factory: pytest.TempPathFactory, canary: Path) -> Path:
    file = tmp_path_factory.mktemp("hostile") / "hostile.csv"
    file.write_bytes(hostile_csv(canary))
    return file


@pytest.fixture(scope="module")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `hostile_store` is, alone in its folder."""
    return tmp_path_factory.mktemp("hostile_store") / "store"


@pytest.fixture(scope="module")
def hostile_store(hostile_folder: Path, hostile_file: Path) -> Iterator[Store]:
    with open_store(str(hostile_folder)) as store:
        import_file(store, hostile_file, OPTIONS, file=NAME)
        yield store
