"""A PostgreSQL server for one measurement, where one is installed: durable, as it comes, and gone at the end."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from tests.engines.postgres_server import PostgresServer, find_binaries, running

from bench import synthetic_store
from bench.material import REAL, Material, rows_of
from bench.processes import python, run_fresh
from incidents.store import open_store

AS_IT_COMES = ("listen_addresses=127.0.0.1",)


@contextmanager
def postgres_server() -> Iterator[PostgresServer | None]:
    """None, and a line that says so, where there is no server or no driver."""
    binaries = find_binaries()
    if binaries is None or find_spec("adbc_driver_postgresql") is None:
        print("PostgreSQL or its driver is absent: not measured", file=sys.stderr, flush=True)
        yield None
        return
    with running(binaries, AS_IT_COMES) as server:
        yield server


@contextmanager
def postgres_store(material: Material, size: str) -> Iterator[str | None]:
    """The address of a store whose only dataset has that size."""
    with postgres_server() as server:
        if server is None:
            yield None
            return
        location = server.new_database()
        started = time.perf_counter()
        if size == REAL:
            command = python("-m", "incidents", "import", str(material.file(REAL)), "--store", location, "--json")
            run_fresh(command, material.index)
        else:
            with open_store(str(material.store(REAL))) as source, open_store(location) as store:
                synthetic_store.write_store(store, source, source.datasets()[0], rows_of(size))
        print(f"made the store on PostgreSQL in {time.perf_counter() - started:,.0f} s", file=sys.stderr, flush=True)
        yield location
