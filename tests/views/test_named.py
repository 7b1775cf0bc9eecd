"""What is counted in one query is what the panels' own queries count."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.views.made_data import made_store, put, random_rows
from tests.views.made_filters import narrow_filters

from incidents.model.filters import EVERYTHING, IncidentFilter
from incidents.store import Reader, open_store
from incidents.views.cards import cards_view
from incidents.views.facets import facet
from incidents.views.lists import top
from incidents.views.named import MOST, named_view

FIELDS = ("country", "admin1", "admin2", "location", "actor", "event_type", "geo_precision")
often = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def of_several_sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with made_store(tmp_path_factory.mktemp("several")) as store:
        yield store.reader()


@pytest.fixture(scope="module")
def of_one_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    incidents, _ = random_rows(300, 7, "made")
    with open_store(str(tmp_path_factory.mktemp("one"))) as store:
        put(store, [row | {"n_sites": 1} for row in incidents])
        yield store.reader()


def assert_named(reader: Reader, wanted: IncidentFilter) -> None:
    """A field's own choice does not narrow its facet, so only the others are compared."""
    named = named_view(reader, wanted)
    for field in FIELDS:
        if wanted.without(field) == wanted:
            assert named.facets[field] == facet(reader, wanted, field, MOST)
    assert named.top_actors == top(reader, wanted, "actor", MOST)
    assert cards_view(reader, wanted, named=named) == cards_view(reader, wanted)


@often
@given(wanted=narrow_filters())
def test_of_incidents_of_one_site(of_one_site: Reader, wanted: IncidentFilter) -> None:
    assert_named(of_one_site, wanted.with_(dataset=()))


@often
@given(wanted=narrow_filters())
def test_of_incidents_of_several_sites(of_several_sites: Reader, wanted: IncidentFilter) -> None:
    assert_named(of_several_sites, wanted.with_(dataset=()))


def test_without_an_incident_nothing_is_named(tmp_path: Path) -> None:
    with open_store(str(tmp_path)) as store:
        put(store, random_rows(5, 1)[0])
        named = named_view(store.reader(), EVERYTHING.with_(fatalities_least=10_000))
    assert (named.top_actors, named.actors) == ((), 0)
    assert set(named.facets.values()) == {()}
