"""What only a PostgreSQL store has: a schema brought up to date, tables taken away late, an address that may have secrets."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pytest
from tests.engines.postgres_server import PostgresServer
from tests.views.made_data import incident, made_store, put, random_rows

from incidents.exports import export
from incidents.model.errors import StoreError
from incidents.model.filters import ALL_DATASETS, EVERYTHING
from incidents.model.schema import INCIDENTS
from incidents.store import CompiledQuery, Store, open_store
from incidents.views.table import count

ALL = EVERYTHING.with_(dataset=ALL_DATASETS)


@pytest.fixture
def location(postgres: PostgresServer) -> str:
    return postgres.new_database()


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    with open_store(location) as opened:
        yield opened


def test_eight_first_users_at_once_make_one_store(location: str) -> None:
    def first_use(number: int) -> str:
        with open_store(location) as store:
            return put(store, [incident(1, f"d{number}")], dataset_id=f"d{number}").dataset_id

    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(first_use, range(8)))
    with open_store(location) as store:
        assert {each.dataset_id for each in store.datasets()} == made
        assert store.version() == 8


def test_an_older_store_is_brought_up_to_date_once(location: str) -> None:
    from incidents.store.postgres_schema import STEPS, migrate

    with open_store(location) as store:
        put(store, [incident(1)])
    from incidents.store.postgres_sessions import Sessions

    sessions = Sessions(location)
    further = (*STEPS, ("ALTER TABLE incidents.dataset ADD COLUMN remark text",))
    with sessions.one() as session:
        migrate(session, "here", further)
        migrate(session, "here", further)
        assert session.rows("SELECT format FROM incidents.format") == [(2,)]
        assert session.rows("SELECT remark FROM incidents.dataset") == [(None,)]
    sessions.close()


def test_a_store_of_a_newer_program_is_refused(location: str, postgres: PostgresServer) -> None:
    open_store(location).close()
    postgres.sql(location.rpartition("/")[2], "UPDATE incidents.format SET format = 99")
    with pytest.raises(StoreError, match="newer version of this program"):
        open_store(location)


def test_a_server_that_is_not_there_is_one_sentence_without_the_password() -> None:
    with pytest.raises(StoreError, match="Connection refused") as said:
        open_store("postgresql://me:hunter2@127.0.0.1:1/db")
    assert "hunter2" not in str(said.value)
    assert "\n" not in str(said.value)


def test_a_database_that_is_not_there_is_named(postgres: PostgresServer) -> None:
    with pytest.raises(StoreError, match='database "nowhere" does not exist'):
        open_store(postgres.location("nowhere"))


def test_somebody_who_may_only_read_reads(location: str, postgres: PostgresServer) -> None:
    database = location.rpartition("/")[2]
    with open_store(location) as store:
        put(store, [incident(1)])
    postgres.sql("postgres", "DO $$ BEGIN CREATE ROLE guest LOGIN; EXCEPTION WHEN duplicate_object THEN END $$")
    postgres.sql(database, "GRANT USAGE ON SCHEMA incidents TO guest")
    postgres.sql(database, "GRANT SELECT ON ALL TABLES IN SCHEMA incidents TO guest")
    with open_store(postgres.location(database, "guest")) as guest:
        assert count(guest.reader(), ALL) == 1
        with pytest.raises(StoreError, match="permission denied"):
            guest.delete("made")


def test_a_socket_is_an_address_too(location: str, postgres: PostgresServer) -> None:
    database = location.rpartition("/")[2]
    socket = f"postgresql:///{database}?host={postgres.folder}&port={postgres.port}&user=analyst"
    with open_store(socket) as store:
        assert store.datasets() == ()


def test_a_connection_that_the_server_ended_is_replaced(store: Store, postgres: PostgresServer, location: str) -> None:
    from incidents.store.postgres_sessions import TRUSTED_SECONDS

    put(store, [incident(1)])
    assert count(store.reader(), ALL) == 1
    ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database()"
    postgres.sql(location.rpartition("/")[2], f"{ended} AND pid <> pg_backend_pid()")
    time.sleep(TRUSTED_SECONDS)
    assert store.version() == 1
    assert count(store.reader(), ALL) == 1
    put(store, [incident(1, "b")], dataset_id="b")
    assert count(store.reader(), ALL) == 2


def test_a_stream_is_whole_while_its_dataset_is_deleted(store: Store, location: str) -> None:
    put(store, random_rows(300, 5)[0])
    query = CompiledQuery("SELECT incident_id FROM incidents", frozenset())
    batches = store.reader().stream(query, {}, rows=10)
    streamed = [next(batches).num_rows]
    with open_store(location) as other:
        other.delete("made")
    streamed += [batch.num_rows for batch in batches]
    assert sum(streamed) == 300


def test_a_panel_does_not_wait_for_an_import(store: Store, location: str) -> None:
    put(store, [incident(1, "a")], dataset_id="a")
    with open_store(location) as other, other.new_dataset("b") as writer:
        writer.add(pa.Table.from_pylist([incident(1, "b")], schema=INCIDENTS))
        assert count(store.reader(), ALL) == 1
        store.rename("a", "April")
        store.delete("April")
    assert store.datasets() == ()


def test_no_connection_stays_open(location: str, postgres: PostgresServer, tmp_path: Path) -> None:
    def open_connections() -> int:
        return int(postgres.sql("postgres", f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}'")[0])

    database = location.rpartition("/")[2]
    with made_store(location) as store:
        threads = [threading.Thread(target=count, args=(store.reader(), ALL)) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        export(store.reader(), ALL, tmp_path / "all.csv")
        assert open_connections() > 0
    for _ in range(50):  # the server needs a moment to see them go
        if not open_connections():
            return
        threading.Event().wait(0.1)
    assert open_connections() == 0
