"""The engines that a store can have, each started once for a run."""

import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.conftest import absent
from tests.engines import postgres_server, spark_cluster
from tests.engines.postgres_server import PostgresServer
from tests.engines.spark_cluster import SparkCluster

from incidents.store import Store, open_store

ENGINES = ("folder", "postgres", "spark")
ON_SPARK = (
    pytest.mark.soak,  # a cluster starts in half a minute and answers in seconds
    # PySpark leaves its sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    if find_spec("adbc_driver_postgresql") is None:
        absent("the PostgreSQL driver")
    binaries = postgres_server.find_binaries()
    if binaries is None:
        absent("a PostgreSQL server")
    assert binaries is not None
    with postgres_server.running(binaries) as server:
        yield server


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkCluster]:
    if shutil.which("java") is None:
        absent("Java")
    found = find_spec("pyspark")
    if found is None or found.origin is None:
        absent("PySpark")
    assert found is not None
    assert found.origin is not None
    with spark_cluster.running(Path(found.origin).parent) as cluster:
        yield cluster


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "cannot(engine, reason): this claim is not one of that engine's, and why")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"spark", "spark_reader"} & set(getattr(item, "fixturenames", ())):
            for mark in ON_SPARK:
                item.add_marker(mark)
        for mark in item.iter_markers("cannot"):
            reason_of(mark)


def reason_of(mark: pytest.Mark) -> tuple[str, str]:
    """Engine and reason. What an engine cannot do is never left out without saying why."""
    engine, reason = str(mark.kwargs.get("engine", "")), str(mark.kwargs.get("reason", "")).strip()
    if engine not in ENGINES or not reason:
        raise pytest.UsageError(f"cannot: say engine= (one of {', '.join(ENGINES)}) and reason=; found {mark.kwargs}.")
    return engine, reason


@pytest.fixture(params=["folder", "postgres", pytest.param("spark", marks=ON_SPARK)])
def engine(request: pytest.FixtureRequest) -> str:
    """Its name."""
    name = str(request.param)
    for mark in request.node.iter_markers("cannot"):
        where, reason = reason_of(mark)
        if where == name:
            pytest.skip(reason)
    return name


@pytest.fixture
def location(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Of an empty store."""
    if engine == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        return server.new_database()
    if engine == "spark":
        cluster: SparkCluster = request.getfixturevalue("spark")
        return cluster.location(tmp_path / "store")
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
    folder = Path(parse_qs(urlsplit(location).query)["store"][0] if engine == "spark" else location)
    return lambda: sorted(path.name for path in (folder / "datasets").iterdir())
