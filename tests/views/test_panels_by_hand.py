"""Panels on a few incidents, with values worked out by hand."""

from datetime import date
from pathlib import Path

import pytest
from tests.views.made_data import at, figure, incident, put, site

from incidents.model.errors import NoSuchDataset
from incidents.model.figures import Total
from incidents.model.filters import ALL_DATASETS, EVERYTHING, IncidentFilter, Near
from incidents.store import Store, open_store
from incidents.views.cards import cards_view
from incidents.views.details import details_view
from incidents.views.facets import facet
from incidents.views.lists import top
from incidents.views.map import at_point, map_view
from incidents.views.spelling import settle
from incidents.views.summary import summary_json
from incidents.views.table import table_page
from incidents.views.timeline import fitting_unit, last_day, timeline_view
from incidents.views.values import WORLD, FacetValue, ListRow, TimeBin, Viewport


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(str(tmp_path))


def put_the_night(store: Store) -> None:
    """Eleven dead in Chabahar and Rask together; two in Zahedan; one incident in Kerman without a figure."""
    night = incident(
        1, event_type="Battles", actor1="Jaish al-Adl", **at("Chabahar"), **figure("fatalities", 11, 11, None)
    )
    zahedan = incident(
        2,
        event_type="Battles",
        event_date=date(2024, 4, 9),
        actor1="Jundallah",
        actor2="Jaish al-Adl",
        **at("Zahedan"),
        **figure("fatalities", 2, 2, 2),
    )
    kerman = incident(3, event_date=date(2024, 5, 1), **at("Kerman", "province"))
    put(store, [night, zahedan, kerman], [site(night, 2, **at("Rask"))])


def test_an_open_high_makes_the_total_open(store: Store) -> None:
    put_the_night(store)
    dead = cards_view(store.reader(), EVERYTHING).fatalities
    assert dead == Total(low=13, best=13, high_shown=13, open=1, unknown=1, known=2)
    assert (dead.high, dead.high_text) == (None, "13+")


def test_a_town_finds_the_incident_by_its_second_site_and_says_so(store: Store) -> None:
    put_the_night(store)
    cards = cards_view(store.reader(), IncidentFilter(location=("Rask",)))
    assert (cards.incidents, cards.fatalities.best, cards.several_places) == (1, 11, 11)


def test_a_province_that_holds_all_sites_has_no_shared_dead(store: Store) -> None:
    put_the_night(store)
    cards = cards_view(store.reader(), IncidentFilter(admin1=("Sistan and Baluchestan",)))
    assert (cards.incidents, cards.several_places) == (2, 0)


def test_the_killed_filter_says_what_it_leaves_out_without_a_figure(store: Store) -> None:
    put_the_night(store)
    cards = cards_view(store.reader(), IncidentFilter(fatalities_least=1))
    assert (cards.incidents, cards.left_out_without_figure) == (2, 1)


def test_a_further_site_is_a_mark_that_counts_nothing(store: Store) -> None:
    put_the_night(store)
    view = map_view(store.reader(), IncidentFilter(location=("Rask",)), WORLD)
    [first, second] = view.cells
    assert (first.n, first.incident_id, second.n, second.incident_id) == (1, "made-1", 0, "made-1")
    assert (second.latitude, second.from_latitude) == (26.24, 25.29)


def test_a_province_is_never_in_a_cell_with_towns(store: Store) -> None:
    put(store, [incident(1, **at("Rask")), incident(2, **at("Rask", "province"))])
    view = map_view(store.reader(), EVERYTHING, WORLD)
    assert sorted((cell.n, cell.is_area) for cell in view.cells) == [(1, False), (1, True)]


def test_a_view_over_the_date_line_shows_both_sides(store: Store) -> None:
    put(store, [incident(1, **at("Suva")), incident(2, **at("Apia")), incident(3, **at("Rask"))])
    view = map_view(store.reader(), EVERYTHING, Viewport(-30.0, 170.0, 0.0, 195.0, 6))
    assert sorted(cell.incident_id or "" for cell in view.cells) == ["made-1", "made-2"]


def test_incidents_of_one_point_are_told_apart_by_a_list(store: Store) -> None:
    put(store, [incident(1, **at("Rask")), incident(2, **at("Rask")), incident(3, **at("Kerman"))])
    [cell] = [cell for cell in map_view(store.reader(), EVERYTHING, Viewport(20, 55, 35, 70, 12)).cells if cell.n == 2]
    assert cell.one_point
    found = at_point(store.reader(), EVERYTHING, cell.south, cell.west, cell.north, cell.east)
    assert found["incident_id"].tolist() == ["made-1", "made-2"]


def test_the_event_types_of_a_cell_come_most_frequent_first(store: Store) -> None:
    put(store, [incident(number, event_type=kind, **at("Rask")) for number, kind in enumerate("abbccc", 1)])
    [cell] = map_view(store.reader(), EVERYTHING, WORLD).cells
    assert cell.event_types == (("c", 3), ("b", 2), ("a", 1))


def test_bars_keep_the_rest_of_the_time_in_grey(store: Store) -> None:
    put_the_night(store)
    timeline = timeline_view(store.reader(), IncidentFilter(end=date(2024, 4, 5)), unit="month")
    april, may = (date(2024, 4, 1), date(2024, 4, 30)), (date(2024, 5, 1), date(2024, 5, 31))
    assert timeline.bins == (TimeBin(*april, "Battles", 1, 11, False),)
    assert timeline.rest == (TimeBin(*april, "", 2, 13, False), TimeBin(*may, "", 1, 0, False))


def test_an_incident_known_to_the_month_is_imprecise_among_days_only(store: Store) -> None:
    put(store, [incident(1, time_precision="month")])
    for unit, is_imprecise in (("day", True), ("week", True), ("month", False), ("year", False)):
        [bar] = timeline_view(store.reader(), EVERYTHING, unit=unit).bins
        assert bar.is_imprecise == is_imprecise


@pytest.mark.parametrize(
    ("last", "unit"),
    [
        (date(2024, 4, 29), "day"),
        (date(2024, 5, 1), "week"),
        (date(2033, 12, 31), "month"),
        (date(2050, 1, 1), "quarter"),
    ],
)
def test_the_unit_keeps_bars_few(last: date, unit: str) -> None:
    assert fitting_unit((date(2024, 1, 1), last)) == unit


def test_a_bar_ends_on_the_last_day_of_its_unit() -> None:
    ends = [last_day(date(2024, 1, 1), unit) for unit in ("day", "week", "month", "quarter", "year")]
    assert ends == [date(2024, 1, 1), date(2024, 1, 7), date(2024, 1, 31), date(2024, 3, 31), date(2024, 12, 31)]


def test_a_facet_counts_both_towns_of_an_incident(store: Store) -> None:
    put_the_night(store)
    assert facet(store.reader(), EVERYTHING, "location") == tuple(
        FacetValue(town, 1) for town in ("Chabahar", "Kerman", "Rask", "Zahedan")
    )


def test_an_incident_over_two_towns_has_a_row_of_its_own(store: Store) -> None:
    put_the_night(store)
    assert top(store.reader(), EVERYTHING, "location") == (
        ListRow("Kerman", 1, 0, 1),
        ListRow("Zahedan", 1, 2, 0),
        ListRow("several places", 1, 11, 0),
    )


def test_pairs_have_no_direction(store: Store) -> None:
    put(store, [incident(1, actor1="B", actor2="A"), incident(2, actor1="A", actor2="B")])
    assert top(store.reader(), EVERYTHING, "pair") == (ListRow("A – B", 2, 0, 2, ("A", "B")),)


def test_details_have_both_sites_and_the_neighbours_in_time(store: Store) -> None:
    put_the_night(store)
    details = details_view(store.reader(), EVERYTHING, "made-2")
    assert details is not None
    assert (details.previous_id, details.next_id) == ("made-1", "made-3")
    first = details_view(store.reader(), EVERYTHING, "made-1")
    assert first is not None
    assert [place.location for place in first.sites] == ["Chabahar", "Rask"]
    assert first.previous_id is None


def test_previous_and_next_stay_inside_the_filter(store: Store) -> None:
    put_the_night(store)
    details = details_view(store.reader(), IncidentFilter(actor=("Jaish al-Adl",)), "made-2")
    assert details is not None
    assert (details.previous_id, details.next_id) == ("made-1", None)


def test_near_incidents_are_within_fifty_kilometres_and_thirty_days(store: Store) -> None:
    rask = at("Rask")
    here = incident(1, **rask)
    close = incident(2, event_date=date(2024, 5, 3), **(rask | {"latitude": 26.24 + 0.44}))
    far = incident(3, **(rask | {"latitude": 26.24 + 0.46}))
    late = incident(4, event_date=date(2024, 5, 4), **rask)
    put(store, [here, close, far, late])
    details = details_view(store.reader(), EVERYTHING, "made-1")
    assert details is not None
    [neighbour] = details.near
    assert (neighbour.incident_id, neighbour.days) == ("made-2", 30)
    assert neighbour.km == pytest.approx(48.9, abs=0.1)


@pytest.mark.parametrize(("km", "found"), [(130.0, 0), (131.0, 1)])
def test_near_is_by_the_great_circle(store: Store, km: float, found: int) -> None:
    put(store, [incident(1, **at("Rask"))])
    assert cards_view(store.reader(), IncidentFilter(near=Near(25.29, 60.64, km))).incidents == found


def test_a_page_of_the_table_sorts_empty_cells_last(store: Store) -> None:
    put_the_night(store)
    for descending, order in ((True, [11, 2]), (False, [2, 11])):
        page = table_page(store.reader(), EVERYTHING, ["fatalities"], "fatalities", descending)
        assert page["fatalities"].dropna().tolist() == order
        assert page["incident_id"].tolist()[-1] == "made-3"


def test_the_table_shows_the_files_own_columns(store: Store) -> None:
    put(store, [incident(1, extra=[("Weapon", "rifle")]), incident(2)])
    page = table_page(store.reader(), EVERYTHING, ["Weapon"], "Weapon", False)
    assert page["Weapon"].tolist()[0] == "rifle"
    assert page["Weapon"].isna().tolist() == [False, True]


def test_the_newest_import_is_shown_alone(store: Store) -> None:
    put(store, [incident(1, "a")], dataset_id="a")
    put(store, [incident(1, "b"), incident(2, "b")], dataset_id="b")
    counts = [
        cards_view(store.reader(), EVERYTHING.with_(dataset=each)).incidents for each in ((), ("a",), ALL_DATASETS)
    ]
    assert counts == [2, 1, 3]


def test_typed_names_settle_on_the_spelling_of_the_data(store: Store) -> None:
    put_the_night(store)
    typed = IncidentFilter(country=("iran",), actor=("JAISH AL ADL",), location=("Nowhere",), dataset=("made",))
    settled = settle(store.reader(), typed)
    assert (settled.country, settled.actor, settled.location) == (("Iran",), ("Jaish al-Adl",), ("Nowhere",))


def test_the_summary_has_the_agreed_keys(store: Store) -> None:
    put_the_night(store)
    summary = summary_json(store.reader(), EVERYTHING)
    nothing = {"low": 0, "best": 0, "high": 0}
    assert summary["fatalities"] == {
        "low": 13, "best": 13, "high": None, "high_shown": 13, "unknown": 1,
        "actor1": nothing, "actor2": nothing, "civilians": nothing, "unknown_side": nothing,
    }  # fmt: skip
    assert summary["by_month"] == {
        "2024-04": {"incidents": 2, "dead": 13, "without_figure": 0},
        "2024-05": {"incidents": 1, "dead": 0, "without_figure": 1},
    }
    assert {name: row["incidents"] for name, row in summary["by_admin1"].items()} == {
        "Sistan and Baluchestan": 2,
        "Kerman": 1,
    }
    assert {name: row["dead"] for name, row in summary["by_actor"].items()} == {"Jaish al-Adl": 13, "Jundallah": 2}


@pytest.mark.parametrize("typed", ["sistan-baluchestan", "Baluchestan va Sistan", "SISTAN AND BALUCHESTAN PROVINCE"])
def test_a_province_is_found_by_its_other_spellings(store: Store, typed: str) -> None:
    put_the_night(store)
    assert settle(store.reader(), IncidentFilter(admin1=(typed,))).admin1 == ("Sistan and Baluchestan",)


def test_an_actor_is_found_by_a_known_alias(store: Store) -> None:
    put_the_night(store)
    assert settle(store.reader(), IncidentFilter(actor=("Jaysh al-Adl",))).actor == ("Jaish al-Adl",)


def test_an_unknown_dataset_is_named(store: Store) -> None:
    put_the_night(store)
    with pytest.raises(NoSuchDataset, match='"June": no dataset has that id'):
        cards_view(store.reader(), IncidentFilter(dataset=("June",)))
