"""What every store promises of its datasets: all or nothing, by id, newest first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest
from tests.views.made_data import incident, put, random_rows, site

from incidents.model.errors import AlreadyImported, NoSuchDataset, StoreError
from incidents.model.filters import ALL_DATASETS, EVERYTHING
from incidents.model.schema import INCIDENTS, NOTES, REJECTED, SITES
from incidents.store import Store, open_store
from incidents.views.table import count

ALL = EVERYTHING.with_(dataset=ALL_DATASETS)
Left = Callable[[], list[str]]


def test_a_new_store_is_empty(store: Store) -> None:
    assert store.datasets() == ()
    assert count(store.reader(), ALL) == 0


def test_the_newest_import_comes_first(store: Store) -> None:
    put(store, [incident(1, "a")], dataset_id="a")
    put(store, [incident(1, "b")], dataset_id="b")
    assert [each.dataset_id for each in store.datasets()] == ["b", "a"]


def test_nothing_is_seen_before_the_commit(store: Store) -> None:
    with store.new_dataset("a") as writer:
        writer.add(pa.Table.from_pylist([incident(1, "a")], schema=INCIDENTS))
        assert store.datasets() == ()
    assert store.datasets() == ()


def test_an_import_that_is_not_committed_leaves_no_file(store: Store, left: Left) -> None:
    with store.new_dataset("a") as writer:
        writer.add(pa.Table.from_pylist([incident(1, "a")], schema=INCIDENTS))
    assert left() == []


def test_an_import_that_fails_leaves_no_file(store: Store, left: Left) -> None:
    def failing() -> None:
        with store.new_dataset("a") as writer:
            writer.add(pa.Table.from_pylist([incident(1, "a")], schema=INCIDENTS))
            raise ZeroDivisionError("half-way")

    with pytest.raises(ZeroDivisionError, match="half-way"):
        failing()
    assert left() == []


def test_rows_are_stored_by_date(store: Store) -> None:
    rows, _ = random_rows(50, seed=3)
    put(store, rows)
    stored = [day for batch in store.rows("made", "incidents") for day in batch["event_date"].to_pylist()]
    assert stored == sorted(row["event_date"] for row in rows)


def test_the_grid_integers_come_from_the_coordinates(store: Store) -> None:
    put(store, [incident(1, latitude=0.0, longitude=0.0), incident(2)])
    stored = [row for batch in store.rows("made", "incidents") for row in batch.to_pylist()]
    assert [(row["merc_x"], row["merc_y"]) for row in stored] == [(1 << 29, 1 << 29), (None, None)]


def test_the_same_content_is_refused_by_name(store: Store) -> None:
    put(store, [incident(1, "a")], dataset_id="a", name="April", sha256="x")
    with pytest.raises(AlreadyImported, match='already in the store as dataset "April"'):
        put(store, [incident(1, "b")], dataset_id="b", sha256="x")
    with pytest.raises(AlreadyImported, match='"April"'), store.new_dataset("b", sha256="x"):
        pass
    assert [each.name for each in store.datasets()] == ["April"]


def test_two_imports_of_one_file_at_once_give_one_dataset(store: Store, left: Left, location: str) -> None:
    with open_store(location) as other, store.new_dataset("a") as slow:
        made = put(other, [incident(1, "a")], dataset_id="a")
        slow.add(pa.Table.from_pylist([incident(1, "a")], schema=INCIDENTS))
        with pytest.raises(AlreadyImported, match='"a"'):
            slow.commit(made)
    assert count(store.reader(), ALL) == 1
    assert len(left()) == 1


def test_counts_that_do_not_fit_the_rows_are_refused(store: Store, left: Left) -> None:
    with pytest.raises(StoreError, match="5 rows read are not 1 kept and 3 rejected"):
        put(store, [incident(1)], read=5, kept=1, rejected=3)
    assert left() == []


def test_deleting_undoes_an_import(store: Store, left: Left) -> None:
    put(store, [incident(1, "a")], dataset_id="a")
    before = left()
    put(store, [incident(1, "b")], dataset_id="b", name="May")
    store.delete("May")
    assert [each.dataset_id for each in store.datasets()] == ["a"]
    assert left() == before


@pytest.mark.cannot(engine="spark", reason="its files are opened for each question, so a deleted one is gone")
def test_a_reader_keeps_what_it_had_when_a_dataset_is_deleted(store: Store) -> None:
    put(store, [incident(1, "a")], dataset_id="a")
    reader = store.reader()
    store.delete("a")
    assert count(reader, ALL) == 1
    assert count(store.reader(), ALL) == 0


@pytest.mark.cannot(engine="spark", reason="its files are opened for each question, so a deleted one is gone")
def test_what_no_reader_holds_any_more_is_taken_away(store: Store, left: Left) -> None:
    put(store, [incident(1, "a")], dataset_id="a")
    put(store, [incident(1, "b")], dataset_id="b")
    reader = store.reader()
    store.delete("a")
    assert count(reader, ALL) == 2
    del reader
    store.delete("b")
    assert left() == []


def test_a_deleted_dataset_can_be_imported_again(store: Store) -> None:
    put(store, [incident(1, "a")], dataset_id="a")
    store.delete("a")
    put(store, [incident(1, "a")], dataset_id="a")
    assert count(store.reader(), ALL) == 1


def test_an_unknown_name_is_refused_with_the_known_ones(store: Store) -> None:
    put(store, [incident(1, "a")], dataset_id="a", name="April")
    with pytest.raises(NoSuchDataset, match='"June": no dataset has that name or id; in the store: "April"'):
        store.find("June")


def test_renaming_keeps_the_rows(store: Store) -> None:
    put(store, [incident(1, "a")], dataset_id="a", name="April")
    store.rename("April", "April 2024")
    assert store.find("April 2024").dataset_id == "a"
    assert count(store.reader(), ALL) == 1


def test_an_update_takes_the_place_of_the_dataset_at_once(store: Store, left: Left) -> None:
    put(store, [incident(1, "a")], dataset_id="a")
    put(store, [incident(1, "b"), incident(2, "b")], dataset_id="b", updates="a")
    assert [each.dataset_id for each in store.datasets()] == ["b"]
    assert count(store.reader(), ALL) == 2
    assert len(left()) == 1


def test_a_new_generation_takes_the_place_of_the_earlier(store: Store, left: Left) -> None:
    first = put(store, [incident(1, "a")], dataset_id="a")
    put(store, [incident(1, "b")], dataset_id="b")
    with store.new_generation("a") as writer:
        writer.change("incidents", changed_cells("a", 1))
        writer.commit(first)
    assert [each.dataset_id for each in store.datasets()] == ["b", "a"]
    assert len(left()) == 2


def test_a_new_generation_changes_the_cells_of_some_rows_alone(store: Store) -> None:
    rows = [incident(number, "d", event_date=date(2024, 4, 9 - number)) for number in (1, 2, 3)]
    first = put(store, rows, [site(rows[1], 2), site(rows[1], 3)], dataset_id="d")
    before = {name: every(store, name) for name in ("incidents", "sites")}
    with store.new_generation("d") as writer:
        writer.change("incidents", changed_cells("d", 2))
        writer.change("sites", changed_cells("d", 2, site_no=3))
        stored = writer.commit(first)
    after = {name: every(store, name) for name in before}
    assert stored == first
    assert [row["source_row"] for row in after["incidents"]] == [3, 2, 1]
    came = {"latitude": 0.0, "longitude": 0.0, "geo_precision": "near", "geo_radius_km": 25.0, "geo_source": "decision", "geo_match": "why", "merc_x": 1 << 29, "merc_y": 1 << 29}  # fmt: skip
    assert after["incidents"][1] == before["incidents"][1] | came
    assert after["sites"][1] == before["sites"][1] | came
    assert [after["incidents"][row] == before["incidents"][row] for row in (0, 2)] == [True, True]
    assert after["sites"][0] == before["sites"][0]


def test_a_new_generation_that_is_not_committed_leaves_all_as_it_was(store: Store, left: Left) -> None:
    put(store, [incident(1, "a")], dataset_id="a")
    before, version = every(store, "incidents", "a"), store.version()
    with store.new_generation("a") as writer:
        writer.change("incidents", changed_cells("a", 1))
    assert (every(store, "incidents", "a"), store.version()) == (before, version)
    assert len(left()) == 1


def changed_cells(dataset: str, row: int, **keys: int) -> pa.Table:
    cells = {"latitude": 0.0, "longitude": 0.0, "geo_precision": "near", "geo_radius_km": 25.0, "geo_source": "decision", "geo_match": "why"}  # fmt: skip
    names = ["incident_id", *keys, *cells]
    schema = pa.schema([SITES.field(name) for name in names])
    return pa.Table.from_pylist([{"incident_id": f"{dataset}-{row}", **keys, **cells}], schema=schema)


def every(store: Store, table: str, dataset: str = "d") -> list[dict[str, object]]:
    return [row for batch in store.rows(dataset, table) for row in batch.to_pylist()]


def test_the_version_grows_with_every_change(store: Store) -> None:
    versions = [store.version()]
    put(store, [incident(1, "a")], dataset_id="a")
    versions.append(store.version())
    store.rename("a", "b")
    versions.append(store.version())
    store.delete("b")
    versions.append(store.version())
    assert versions == [0, 1, 2, 3]


def test_what_another_process_imports_is_seen(store: Store, location: str) -> None:
    assert count(store.reader(), ALL) == 0
    with open_store(location) as other:
        put(other, [incident(1, "a")], dataset_id="a")
    assert count(store.reader(), ALL) == 1


def test_the_dataset_is_kept_with_every_field(store: Store) -> None:
    made = put(store, [incident(1)], places={"town": 1}, attribution="UCDP", columns=("A", "B"), is_sample=True)
    assert store.find(made.dataset_id) == made


def test_rejected_rows_and_notes_are_kept_from_generation_to_generation(store: Store) -> None:
    made = put(store, [incident(1, "a")], dataset_id="a")
    rejected = {"dataset_id": "b", "line": 3, "raw": "x,y", "column": "date", "value": "x", "reason": "no date"}
    note = {
        "dataset_id": "b",
        "line": 2,
        "kind": "note",
        "column": "date",
        "value": "v",
        "repaired_to": None,
        "reason": "r",
    }
    with store.new_dataset("b") as writer:
        writer.add(
            pa.Table.from_pylist([incident(1, "b")], schema=INCIDENTS),
            rejected=pa.Table.from_pylist([rejected], schema=REJECTED),
            notes=pa.Table.from_pylist([note], schema=NOTES),
        )
        stored = writer.commit(replace(made, dataset_id="b", sha256="b", read=2, rejected=1))
    with store.new_generation("b") as generation:
        generation.change("incidents", changed_cells("b", 1))
        generation.commit(stored)
    assert [row for batch in store.rejected("b") for row in batch.to_pylist()] == [rejected]
    assert [row for batch in store.notes("b") for row in batch.to_pylist()] == [note]
