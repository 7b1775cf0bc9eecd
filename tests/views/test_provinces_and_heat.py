"""Provinces and heat: everything is counted, or said to be left out."""

from datetime import date
from pathlib import Path

import pytest
from tests.views.made_data import at, incident, put, site

from incidents.model.filters import EVERYTHING, IncidentFilter
from incidents.model.settings import settings
from incidents.places.gazetteer import Gazetteer, open_index
from incidents.store import Store, open_store
from incidents.views.heat import heat_view
from incidents.views.provinces import ProvinceCount, province_ids, province_view, spellings
from incidents.views.timeline import timeline_view
from incidents.views.values import WORLD

SISTAN, KERMAN = "IRN-3247", "IRN-3248"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(str(tmp_path))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_index(settings().index_folder)


def put_four_provinces(store: Store) -> None:
    """Two spellings of one province, one unknown, one over two provinces, one without."""
    both = incident(4, n_sites=2, fatalities=8, **at("Rask"))
    put(
        store,
        [
            incident(1, fatalities=3, **at("Rask")),
            incident(2, fatalities=None, **(at("Zahedan") | {"admin1": "Sistan-va-Baluchestan province"})),
            incident(3, fatalities=5, **(at("Kerman") | {"admin1": "Utopia"})),
            both,
            incident(5, **(at("Kerman") | {"admin1": None})),
            incident(6, fatalities=0, event_date=date(2020, 1, 1), event_date_end=date(2020, 1, 1), **at("Kerman")),
        ],
        [site(both, 2, **at("Kerman"))],
        has_sites=True,
    )


def test_spellings_of_one_province_are_counted_together_and_all_else_is_said(
    store: Store, gazetteer: Gazetteer
) -> None:
    put_four_provinces(store)
    reader = store.reader()
    view = province_view(reader, EVERYTHING, province_ids(gazetteer, reader, EVERYTHING))
    assert set(view.counts) == {ProvinceCount(SISTAN, 2, 3, 1), ProvinceCount(KERMAN, 1, 0, 0)}
    assert (view.several, view.unmatched, view.unstated) == (1, (("Iran", "Utopia", 1),), 1)


def test_a_province_of_the_data_that_the_filter_does_not_find_counts_zero(store: Store, gazetteer: Gazetteer) -> None:
    put_four_provinces(store)
    reader = store.reader()
    ids = province_ids(gazetteer, reader, EVERYTHING)
    view = province_view(reader, IncidentFilter(start=date(2024, 1, 1)), ids)
    assert ProvinceCount(KERMAN, 0, 0, 0) in view.counts


def test_a_click_on_a_province_asks_for_every_spelling_of_it(store: Store, gazetteer: Gazetteer) -> None:
    put_four_provinces(store)
    ids = province_ids(gazetteer, store.reader(), EVERYTHING)
    countries, names = spellings(ids, SISTAN)
    assert countries == ("Iran",)
    assert set(names) == {"Sistan and Baluchestan", "Sistan-va-Baluchestan province"}


def test_heat_leaves_what_is_known_to_a_district_or_less_as_marks(store: Store) -> None:
    put(store, [incident(1, **at("Rask")), incident(2, **at("Rask", "province")), incident(3, **at("Kerman", "near"))])
    view = heat_view(store.reader(), EVERYTHING, WORLD)
    assert sorted(point.incidents for point in view.points) in ([2], [1, 1])
    assert [cell.n for cell in view.areas] == [1]
    assert view.shown == 3


def test_an_incident_known_to_the_month_spans_its_month(store: Store) -> None:
    put(store, [incident(1, time_precision="month", event_date=date(2024, 5, 1), event_date_end=date(2024, 5, 31))])
    (bar,) = timeline_view(store.reader(), EVERYTHING, unit="week").bins
    assert (bar.start, bar.end) == (date(2024, 5, 1), date(2024, 5, 31))


def test_a_chosen_unit_of_too_many_bars_becomes_coarser(store: Store) -> None:
    put(store, [incident(1, event_date=date(2000, 1, 1)), incident(2, event_date=date(2024, 1, 1))])
    assert timeline_view(store.reader(), EVERYTHING, unit="day").unit == "month"


def test_the_end_of_the_data_does_not_depend_on_the_filter(store: Store) -> None:
    later = incident(2, event_date=date(2024, 5, 9), event_date_end=date(2024, 5, 9))
    put(store, [incident(1, **at("Rask")), later])
    made = timeline_view(store.reader(), IncidentFilter(location=("Rask",)))
    assert made.data_until == date(2024, 5, 9)
