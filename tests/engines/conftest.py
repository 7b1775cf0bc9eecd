"""The engines that a store can have, each started once for a run."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.conftest import absent
from tests.engines import postgres_server
from tests.engines.postgres_server import PostgresServer

from incidents.store import Store, open_store

NewLocation = Callable[[], str]


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    pytest.importorskip("adbc_driver_postgresql")
    binaries = postgres_server.find_binaries()
    if binaries is None:
        absent("a PostgreSQL server")
    assert binaries is not None
    with postgres_server.running(binaries) as server:
        yield server


@pytest.fixture(params=["folder", "postgres"])
def engine(request: pytest.FixtureRequest) -> str:
    """Its name."""
    return str(request.param)


@pytest.fixture
def location(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Of an empty store."""
    if engine == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        return server.new_database()
    return str(tmp_path / "store")


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    with open_store(location) as opened:
        yield opened


@pytest.fixture
def left(engine: str, location: str, request: pytest.FixtureRequest) -> Callable[[], list[str]]:
    """What lies where the store keeps rows, one for each dataset: data files, or the numbers of its tables."""
    if engine == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        return lambda: server.parts(location)
    return lambda: sorted(path.name for path in (Path(location) / "datasets").iterdir())
