"""Duplicates: which pairs are proposed, by hand; and how many of the real ones are found."""

import random
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from tests.views.made_data import at, figure, incident, put, site

from incidents.cli import main
from incidents.queries.duplicates import CROWDED, MOST_ALIKE
from incidents.store import Store, open_store
from incidents.views.duplicates import Proposals, in_short, pair_view, proposals

DAY = date(2024, 4, 3)
EVENT: dict[str, Any] = {
    "event_date": DAY,
    "event_type": "Battles",
    "actor1": "Jaish al-Adl",
    "actor2": "Police of Iran",
    **at("Chabahar"),
    **figure("fatalities", 5, 5, 5),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store")) as opened:
        yield opened


def between(
    store: Store, one: list[dict[str, Any]], other: list[dict[str, Any]], layouts: tuple[str, str] = ("acled", "gtd")
) -> Proposals:
    put(store, [incident(n, "a", **row) for n, row in enumerate(one, 1)], dataset_id="a", layout=layouts[0])
    put(store, [incident(n, "b", **row) for n, row in enumerate(other, 1)], dataset_id="b", layout=layouts[1])
    return proposals(store.reader(), "a", "b")


def within(store: Store, rows: list[dict[str, Any]]) -> Proposals:
    put(store, [incident(n, "a", **row) for n, row in enumerate(rows, 1)], dataset_id="a")
    return proposals(store.reader(), "a", "a")


def ids(found: Proposals) -> list[tuple[str, str]]:
    return [(pair.left_id, pair.right_id) for pair in found.pairs]


def is_proposed(store: Store, **changes: Any) -> bool:
    """Whether EVENT and EVENT with these changes, of another file, are proposed."""
    return ids(between(store, [EVENT], [EVENT | changes])) == [("a-1", "b-1")]


def test_the_same_event_of_two_files_is_proposed_with_its_reasons(store: Store) -> None:
    found = between(store, [EVENT | {"source": "A"}], [EVENT | {"source": "B"}])
    assert ids(found) == [("a-1", "b-1")]
    assert found.pairs[0].reasons == ("same day", "same point", "same actors", "same toll", "same type")
    assert not found.pairs[0].is_exact


SAME = {
    "the day after": {"event_date": date(2024, 4, 4), "event_date_end": date(2024, 4, 4)},
    "the month that the day is in": {"event_date": date(2024, 4, 1), "event_date_end": date(2024, 4, 30)},
    "3 km away": {"latitude": 25.317, "location": "Konarak"},
    "the same town by name, unlocated": dict.fromkeys(("latitude", "longitude", "geo_precision")),
    "the town with its kind and accents": {"location": "Chābahār city", "latitude": 25.9},
    "actors the other way round": {"actor1": "Police of Iran", "actor2": "Jaish al-Adl"},
    "one actor of two": {"actor2": "Civilians (Iran)"},
    "no actor known": {"actor1": None, "actor2": None},
    "actors that name nobody": {"actor1": "Unidentified armed group", "actor2": "Civilians"},
    "a range that holds the toll": figure("fatalities", 4, 7, 9),
    "an open high": figure("fatalities", 2, 2, None),
    "a high below its low": figure("fatalities", 7, 5, 4),
    "no toll": figure("fatalities", None, None, None),
    "a type of another vocabulary": {"event_type": "Armed Assault"},
    "no type": {"event_type": None},
}
OTHER = {
    "two days later": {"event_date": date(2024, 4, 5), "event_date_end": date(2024, 4, 5)},
    "6 km away in another town": {"latitude": 25.345, "location": "Konarak"},
    "the same name in another country": {"country": "Pakistan", "latitude": 27.0},
    "other actors": {"actor1": "Jundallah", "actor2": "Army of Iran"},
    "another toll": figure("fatalities", 6, 6, 6),
    "a higher low": figure("fatalities", 6, 7, None),
    "the middle of the province": {"geo_precision": "province", "location": "Sistan and Baluchestan"},
}


@pytest.mark.parametrize("changes", SAME.values(), ids=SAME)
def test_what_may_be_the_same_is_proposed(store: Store, changes: dict[str, Any]) -> None:
    assert is_proposed(store, **changes)


@pytest.mark.parametrize("changes", OTHER.values(), ids=OTHER)
def test_what_cannot_be_the_same_is_not_proposed(store: Store, changes: dict[str, Any]) -> None:
    assert not is_proposed(store, **changes)


def test_civilians_alone_are_not_a_shared_actor(store: Store) -> None:
    one, other = ({"actor1": name, "actor2": "Civilians"} for name in ("Jundallah", "Jaish al-Adl"))
    assert ids(between(store, [EVENT | one], [EVENT | other])) == []


def test_types_that_both_files_use_must_be_equal(store: Store) -> None:
    one, other = {"event_type": "Battles"}, {"event_type": "Riots"}
    elsewhere = at("Quetta")
    found = between(store, [EVENT | one, EVENT | other | elsewhere], [EVENT | other, EVENT | one | elsewhere])
    assert ids(found) == []


def test_neighbours_across_the_date_line_meet(store: Store) -> None:
    west, east = ({"latitude": -16.5, "longitude": longitude, "location": None} for longitude in (-179.99, 179.99))
    assert ids(between(store, [EVENT | west], [EVENT | east])) == [("a-1", "b-1")]


def test_a_further_site_meets_too(store: Store) -> None:
    row = incident(1, "a", **(EVENT | at("Rask")))
    put(store, [row], [site(row, 2, **at("Chabahar"))], dataset_id="a", layout="acled")
    put(store, [incident(1, "b", **EVENT)], dataset_id="b", layout="gtd")
    assert ids(proposals(store.reader(), "a", "b")) == [("a-1", "b-1")]


def test_each_incident_is_in_one_pair_its_best(store: Store) -> None:
    near = {"latitude": 25.31}
    found = between(store, [EVENT | near, EVENT], [EVENT, EVENT | near | {"actor2": None}])
    assert ids(found) == [("a-2", "b-1"), ("a-1", "b-2")]


def test_alike_incidents_are_paired_in_the_order_of_their_files(store: Store) -> None:
    assert ids(between(store, [EVENT] * 3, [EVENT] * 3)) == [("a-1", "b-1"), ("a-2", "b-2"), ("a-3", "b-3")]


def test_a_copy_inside_a_file_is_exact(store: Store) -> None:
    found = within(store, [EVENT | {"source_id": "7"}, EVENT | {"source_id": "7"}, EVENT | {"source_id": "8"}])
    assert ids(found) == [("a-1", "a-2")]
    assert found.pairs[0].is_exact
    assert found.pairs[0].reasons == ("every fact is the same",)


def test_a_copy_with_another_number_is_not_exact(store: Store) -> None:
    found = within(store, [EVENT | {"source_id": "7"}, EVENT | {"source_id": "8"}])
    assert [pair.is_exact for pair in found.pairs] == [False]


def test_a_copy_with_another_cell_of_the_files_own_is_not_exact(store: Store) -> None:
    found = within(store, [EVENT | {"extra": [("Weapon", "bomb")]}, EVENT | {"extra": [("Weapon", "rifle")]}])
    assert [pair.is_exact for pair in found.pairs] == [False]


def test_day_and_place_alone_say_nothing_within_a_file(store: Store) -> None:
    bare = EVENT | dict.fromkeys(("actor1", "actor2")) | figure("fatalities", None, None, None)
    assert ids(within(store, [bare | {"source_id": "1"}, bare | {"source_id": "2"}])) == []


def test_the_number_in_the_file_counts_within_one_layout_only(store: Store) -> None:
    rows = [EVENT | {"source_id": "1"}, EVENT | {"source_id": "2"}]
    assert ids(between(store, rows, rows[::-1], ("acled", "acled"))) == [("a-1", "b-2"), ("a-2", "b-1")]
    store.delete("a")
    store.delete("b")
    assert ids(between(store, rows, rows[::-1], ("acled", "gtd"))) == [("a-1", "b-1"), ("a-2", "b-2")]


def test_more_alike_than_a_person_can_tell_apart_are_counted_and_not_proposed(store: Store) -> None:
    found = between(store, [EVENT | {"source": "A"}], [EVENT] * (MOST_ALIKE + 1))
    assert ids(found) == []
    assert found.undecided == MOST_ALIKE + 1


def test_an_incident_known_to_several_years_is_counted_and_not_compared(store: Store) -> None:
    found = between(store, [EVENT], [EVENT | {"event_date_end": date(2026, 4, 3)}])
    assert (ids(found), found.left_out) == ([], 1)


def test_a_crowd_of_one_day_and_place_is_counted_and_not_compared(store: Store) -> None:
    found = between(store, [EVENT], [EVENT] * (CROWDED + 1))
    assert (ids(found), found.left_out) == ([], CROWDED + 1)


def test_a_pair_kept_apart_is_not_proposed_again(store: Store) -> None:
    between(store, [EVENT], [EVENT])
    store.keep_apart("b-1", "a-1")
    assert ids(proposals(store.reader(), "a", "b", store.kept_apart())) == []
    store.forget_apart("a-1", "b-1")
    assert ids(proposals(store.reader(), "a", "b", store.kept_apart())) == [("a-1", "b-1")]


def test_span_after_span_finds_what_one_look_finds(store: Store) -> None:
    chance = random.Random(5)
    days = [date.fromordinal(DAY.toordinal() + chance.randrange(40)) for _ in range(60)]
    rows = [
        EVENT | {"event_date": day, "event_date_end": date.fromordinal(day.toordinal() + chance.choice((0, 0, 12)))}
        for day in days
    ]
    whole = between(store, rows, rows)
    parts = proposals(store.reader(), "a", "b", rows=10)
    assert len(whole.pairs) == 60
    assert set(ids(parts)) == set(ids(whole))


def test_the_row_of_the_newer_import_stays(store: Store) -> None:
    between(store, [EVENT], [EVENT])
    pair = pair_view(store.reader(), "a-1", "b-1")
    assert pair
    assert (pair.kept["incident_id"], pair.other["incident_id"]) == ("b-1", "a-1")
    assert pair_view(store.reader(), "a-1", "b-9") is None


def test_a_list_names_both_incidents(store: Store) -> None:
    found = between(store, [EVENT], [EVENT])
    rows = in_short(store.reader(), found.pairs)
    assert {each: row["location"] for each, row in rows.items()} == {"a-1": "Chabahar", "b-1": "Chabahar"}
    assert in_short(store.reader(), ()) == {}


@pytest.mark.shared
def test_the_events_of_ucdp_pakistan_are_found_in_the_large_file(shared: Path, store_folder: Path) -> None:
    """Truth: "UCDP" and the id of the one is the id of the other, which the finder may not use."""
    for file in ("events_345k.csv.gz", "ucdp_pakistan_hxl.csv"):
        assert main(["import", str(shared / file), "--json"]) == 0
    with open_store(str(store_folder)) as store:
        small, large = (dataset.dataset_id for dataset in store.datasets())
        numbers = {
            dataset_id: {row["incident_id"]: row["source_id"] for row in _numbers(store, dataset_id)}
            for dataset_id in (small, large)
        }
        truth = set(numbers[large].values()) & {f"UCDP{number}" for number in numbers[small].values()}
        assert len(truth) == 6416
        started = time.process_time()
        found = proposals(store.reader(), small, large)
        seconds = time.process_time() - started
    right = [numbers[large][pair.right_id] == f"UCDP{numbers[small][pair.left_id]}" for pair in found.pairs]
    assert sum(right) >= 0.95 * len(truth)
    assert sum(random.Random(1).sample(right, 200)) >= 190
    assert seconds < 15  # of all cores together; 2.6 where nothing else runs


def _numbers(store: Store, dataset_id: str) -> list[dict[str, Any]]:
    batches = [batch.select(["incident_id", "source_id"]) for batch in store.rows(dataset_id, "incidents")]
    rows: list[dict[str, Any]] = pa.Table.from_batches(batches).to_pylist()
    return rows
