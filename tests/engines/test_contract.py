"""What every engine must do for the queries: one list of claims, run on each store that this version has."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from tests.engines.conftest import reason_of
from tests.views.made_data import incident, made_store, put

from incidents.model.errors import StoreError
from incidents.model.filters import ALL_DATASETS, EVERYTHING, IncidentFilter
from incidents.store import CompiledQuery, Store
from incidents.views.cards import cards_view, first_numbers
from incidents.views.details import details_view
from incidents.views.facets import facet
from incidents.views.lists import top
from incidents.views.map import extent, map_view
from incidents.views.summary import summary_json
from incidents.views.table import count, table_page
from incidents.views.timeline import timeline_view
from incidents.views.values import WORLD

THREADS = 8
ASKED_BY_EACH = 200


def assert_views_answer(store: Store, incidents: int) -> None:
    reader = store.reader()
    assert cards_view(reader, EVERYTHING).incidents == incidents
    assert first_numbers(reader, EVERYTHING).unlocated == incidents
    assert map_view(reader, EVERYTHING, WORLD).cells == ()
    assert extent(reader, EVERYTHING) is None
    assert sum(each.incidents for each in timeline_view(reader, EVERYTHING).bins) <= incidents
    assert facet(reader, EVERYTHING, "country") == ()
    assert sum(each.incidents for each in top(reader, EVERYTHING, "admin1")) == incidents
    assert len(table_page(reader, EVERYTHING, ["notes"])) == incidents
    assert summary_json(reader, EVERYTHING)["incidents"] == incidents
    assert details_view(reader, EVERYTHING, "none") is None


@pytest.mark.cannot(
    engine="spark",
    reason="its array_agg has no order, so map cells cannot list their types by frequency; maps are for clicks",
)
def test_every_view_answers_on_an_empty_store(store: Store) -> None:
    assert_views_answer(store, 0)


@pytest.mark.cannot(
    engine="spark",
    reason="its array_agg has no order, so map cells cannot list their types by frequency; maps are for clicks",
)
def test_every_view_answers_on_one_row(store: Store) -> None:
    put(store, [incident()])
    assert_views_answer(store, 1)


@pytest.mark.cannot(
    engine="spark",
    reason="its array_agg has no order, so map cells cannot list their types by frequency; maps are for clicks",
)
def test_every_view_answers_where_all_is_null(store: Store) -> None:
    nothing = dict.fromkeys(incident(), None)
    put(store, [nothing | {"incident_id": "made-1", "dataset_id": "made"}])
    assert_views_answer(store, 1)


@pytest.mark.cannot(engine="spark", reason="1,600 questions of a second each; it is for batches")
def test_eight_threads_get_right_answers(location: str) -> None:
    with made_store(location) as store:
        wanted = [
            IncidentFilter(country=("Iran",)),
            IncidentFilter(start=date(2018, 1, 1), dataset=ALL_DATASETS),
            IncidentFilter(words="ambush"),
            IncidentFilter(fatalities_least=3, dataset=("older",)),
        ]
        alone = [count(store.reader(), each) for each in wanted]

        def ask(number: int) -> bool:
            return count(store.reader(), wanted[number % 4]) == alone[number % 4]

        with ThreadPoolExecutor(THREADS) as pool:
            assert sum(pool.map(ask, range(THREADS * ASKED_BY_EACH))) == THREADS * ASKED_BY_EACH
        assert len(set(alone)) == 4


@pytest.mark.cannot(
    engine="spark", reason="this query names its value with a dollar; the exports of test_same_answers are streams"
)
def test_a_stream_brings_every_row_in_stored_order(location: str) -> None:
    with made_store(location) as store:
        query = CompiledQuery("SELECT event_date FROM incidents WHERE dataset_id = $id", frozenset({"id"}))
        batches = list(store.reader().stream(query, {"id": "made"}, rows=100))
        streamed = [day for batch in batches for day in batch["event_date"].to_pylist()]
    assert len(streamed) == 300
    assert streamed == sorted(streamed)


def test_a_value_cannot_change_the_query(store: Store) -> None:
    put(store, [incident(country="Iran")])
    hostile = IncidentFilter(country=("'; DROP VIEW incidents; --",))
    assert count(store.reader(), hostile) == 0
    assert count(store.reader(), EVERYTHING) == 1


@pytest.mark.cannot(engine="spark", reason="its SQL reads any file that its user may; only this program writes the SQL")
def test_a_query_cannot_read_other_files(engine: str, store: Store, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    put(store, [incident()])
    reads = {"folder": "SELECT * FROM read_csv('{}')", "postgres": "SELECT pg_read_file('{}')"}
    query = CompiledQuery(reads[engine].format(tmp_path / "secret.csv"), frozenset())
    with pytest.raises(StoreError, match="could not answer"):
        store.reader().run(query, {})


@pytest.mark.cannot(engine="spark", reason="its temporary views have no rows of their own to write to")
def test_a_query_cannot_write(engine: str, store: Store) -> None:
    put(store, [incident()])
    writes = {"folder": "DELETE FROM d0.incidents", "postgres": "UPDATE incidents.counter SET version = 0"}
    with pytest.raises(StoreError, match=r"could not answer.*read-only"):
        store.reader().run(CompiledQuery(writes[engine], frozenset()), {})


@pytest.mark.parametrize("kwargs", [{}, {"engine": "spark"}, {"engine": "spark", "reason": " "}, {"reason": "slow"}])
def test_a_claim_is_not_left_out_without_a_reason(kwargs: dict[str, str]) -> None:
    with pytest.raises(pytest.UsageError, match="say engine="):
        reason_of(pytest.mark.cannot(**kwargs).mark)
