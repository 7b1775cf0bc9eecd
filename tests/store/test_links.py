"""Links: two incidents as one in every count, undone exactly, all or nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from tests.views.made_data import at, figure, incident, put, random_rows, site

from incidents.model.dataset import Dataset
from incidents.model.errors import StoreError
from incidents.model.filters import ALL_DATASETS, EVERYTHING
from incidents.model.schema import INCIDENTS, SITES
from incidents.store import Store, open_store
from incidents.store.catalogue_links import LinkingCatalogue
from incidents.store.linked_row import linked_row
from incidents.views.cards import cards_view

ALL = EVERYTHING.with_(dataset=ALL_DATASETS)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store")) as opened:
        put(opened, *random_rows(60, 1, "older"), dataset_id="older")
        put(opened, *random_rows(60, 2, "newer"), dataset_id="newer")
        yield opened


def everything(store: Store) -> dict[tuple[str, str], pa.Table]:
    return {
        (dataset.dataset_id, table): pa.Table.from_batches(
            [batch.cast(schema) for batch in store.rows(dataset.dataset_id, table)], schema
        )
        for dataset in store.datasets()
        for table, schema in (("incidents", INCIDENTS), ("sites", SITES))
    }


def row(store: Store, incident_id: str) -> dict[str, Any] | None:
    rows = everything(store)[incident_id.partition("-")[0], "incidents"].to_pylist()
    return next((each for each in rows if each["incident_id"] == incident_id), None)


def data_files(tmp_path: Path) -> int:
    return len(list((tmp_path / "store" / "datasets").iterdir()))


def test_the_row_of_the_newer_import_stays_and_the_other_leaves(store: Store) -> None:
    made = store.link("older-7", "newer-9")
    assert (made.kept_id, made.other_id) == ("newer-9", "older-7")
    assert row(store, "newer-9")
    assert row(store, "older-7") is None
    assert cards_view(store.reader(), ALL).incidents == 119
    assert [dataset.incidents for dataset in store.datasets()] == [60, 59]
    assert store.links() == (made,)


def test_within_one_file_the_earlier_row_stays(store: Store) -> None:
    made = store.link("newer-9", "newer-8")
    assert (made.kept_id, made.other_id) == ("newer-8", "newer-9")
    assert cards_view(store.reader(), ALL).incidents == 119


@pytest.mark.parametrize("pair", [("older-7", "newer-9"), ("newer-8", "newer-9")])
def test_undo_restores_every_row_in_its_order(store: Store, pair: tuple[str, str], tmp_path: Path) -> None:
    before = everything(store)
    datasets = store.datasets()
    made = store.link(*pair)
    assert everything(store) != before
    store.unlink(made.link_id)
    assert everything(store) == before
    assert store.datasets() == datasets
    assert store.links() == ()
    assert data_files(tmp_path) == 2


def test_many_links_undone_from_the_last_restore_all(store: Store) -> None:
    before = everything(store)
    made = [store.link(f"older-{number}", f"newer-{number}") for number in range(1, 13)]
    rows = everything(store)["newer", "incidents"].to_pylist()
    order = [(each["event_date"], each["source_row"]) for each in rows]
    assert order == sorted(order)
    for link in reversed(made):
        store.unlink(link.link_id)
    assert everything(store) == before


def test_a_chain_is_undone_from_its_end_only(store: Store) -> None:
    before = everything(store)
    first = store.link("newer-1", "older-1")
    second = store.link("newer-1", "older-2")
    with pytest.raises(StoreError, match="linked again later; undo that link first"):
        store.unlink(first.link_id)
    store.unlink(second.link_id)
    store.unlink(first.link_id)
    assert everything(store) == before


def test_a_link_is_undone_once(store: Store) -> None:
    made = store.link("newer-1", "older-1")
    store.unlink(made.link_id)
    with pytest.raises(StoreError, match="undone already"):
        store.unlink(made.link_id)


def test_what_is_gone_cannot_be_linked(store: Store) -> None:
    store.link("newer-1", "older-1")
    with pytest.raises(StoreError, match="older-1: this incident is no longer in the store"):
        store.link("newer-2", "older-1")
    with pytest.raises(StoreError, match="cannot be linked with itself"):
        store.link("newer-2", "newer-2")


@pytest.mark.parametrize("deleted", ["older", "newer"])
def test_deleting_a_dataset_gives_the_other_its_row_back(store: Store, deleted: str) -> None:
    left = "newer" if deleted == "older" else "older"
    before = {key: table for key, table in everything(store).items() if key[0] == left}
    store.link("newer-1", "older-1")
    store.link("newer-1", "older-2")
    store.delete(deleted)
    assert everything(store) == before
    assert store.links() == ()


def test_an_update_undoes_the_links_of_what_it_replaces(store: Store) -> None:
    before = everything(store)["newer", "incidents"]
    store.link("newer-1", "older-1")
    put(store, [incident(1, "latest")], dataset_id="latest", updates="older")
    assert everything(store)["newer", "incidents"] == before
    assert store.links() == ()


def test_a_link_that_fails_at_the_last_step_leaves_all_as_it_was(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, version = everything(store), store.version()

    def failing(*_: object) -> None:
        raise ZeroDivisionError("at the last step")

    monkeypatch.setattr(LinkingCatalogue, "add_link", failing)
    with pytest.raises(ZeroDivisionError, match="at the last step"):
        store.link("newer-1", "older-1")
    assert everything(store) == before
    assert store.version() == version
    assert data_files(tmp_path) == 2


def test_a_dataset_changed_by_another_process_meanwhile_is_not_overwritten(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_store(str(tmp_path / "store"))
    add_link = LinkingCatalogue.add_link

    def after_another(self: LinkingCatalogue, *arguments: Any) -> Any:
        monkeypatch.setattr(LinkingCatalogue, "add_link", add_link)
        other.link("newer-3", "older-3")
        return add_link(self, *arguments)

    monkeypatch.setattr(LinkingCatalogue, "add_link", after_another)
    with pytest.raises(StoreError, match="changed meanwhile; nothing was done"):
        store.link("newer-1", "older-1")
    assert [(link.kept_id, link.other_id) for link in store.links()] == [("newer-3", "older-3")]
    assert cards_view(store.reader(), ALL).incidents == 119
    assert data_files(tmp_path) == 2


def test_every_total_follows_a_link(tmp_path: Path) -> None:
    with open_store(str(tmp_path)) as store:
        put(store, [incident(1, "a", **figure("fatalities", 4, 7, 9))], dataset_id="a")
        put(store, [incident(1, "b", **figure("fatalities", 5, 5, 5))], dataset_id="b")
        made = store.link("a-1", "b-1")
        found = cards_view(store.reader(), ALL)
        assert (found.incidents, found.fatalities.low, found.fatalities.best, found.fatalities.high) == (1, 4, 5, 9)
        store.unlink(made.link_id)
        found = cards_view(store.reader(), ALL)
        assert (found.incidents, found.fatalities.low, found.fatalities.best, found.fatalities.high) == (2, 9, 12, 14)


def test_the_sites_of_both_are_kept_each_name_once(tmp_path: Path) -> None:
    with open_store(str(tmp_path)) as store:
        old, new = incident(1, "a", **at("Chabahar")), incident(1, "b", **at("Chabahar"))
        put(store, [old], [site(old, 2, **at("Rask")), site(old, 3, **at("Zahedan"))], dataset_id="a")
        put(store, [new], [site(new, 2, **at("Rask"))], dataset_id="b")
        store.link("a-1", "b-1")
        sites = [each for batch in store.rows("b", "sites") for each in batch.to_pylist()]
        assert [(each["site_no"], each["location"]) for each in sites] == [(2, "Rask"), (3, "Zahedan")]
        kept = row(store, "b-1")
        assert kept
        assert kept["n_sites"] == 3


def linked(kept: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    with_ids = incident(2, "b", **kept), incident(9, "a", source_id="X9", **other)
    return linked_row(*with_ids, Dataset("a", "a", "old.csv", "sha", "acled", "utf-8", ",", 1, 1, 0, 0, 0, 1))


BEST = {
    "equally exact: the newer import's": ((5, 5, 5), False, (7, 7, 7), False, (5, 5, 7)),
    "the narrower range": ((3, 5, 9), False, (6, 6, 6), False, (3, 6, 9)),
    "closed before open": ((11, 11, None), False, (10, 12, 15), False, (10, 12, None)),
    "a number before a word": ((12, 12, 12), True, (8, 9, 14), False, (8, 9, 14)),
    "a figure before none": ((None, None, None), False, (4, 4, 4), False, (4, 4, 4)),
    "disorder is set right": ((7, 5, 4), False, (None, None, None), False, (4, 5, 7)),
    "no figure in either": ((None, None, None), False, (None, None, None), False, (None, None, None)),
}


@pytest.mark.parametrize(("kept", "in_words", "other", "other_in_words", "expected"), BEST.values(), ids=BEST)
def test_low_and_high_span_both_and_best_is_of_the_more_exact(
    kept: Any, in_words: bool, other: Any, other_in_words: bool, expected: Any
) -> None:
    made = linked(
        figure("fatalities", *kept) | {"from_words": in_words},
        figure("fatalities", *other) | {"from_words": other_in_words},
    )
    assert (made["fatalities_low"], made["fatalities"], made["fatalities_high"]) == expected


def test_the_best_of_the_sides_is_of_the_same_row_as_the_total() -> None:
    made = linked(
        figure("fatalities", 3, 5, 9) | figure("fatalities_actor1", 2, 2, 2),
        figure("fatalities", 6, 6, 6) | figure("fatalities_actor1", 4, 4, 4) | figure("injured", 1, 1, 1),
    )
    assert [made[name] for name in ("fatalities", "fatalities_actor1", "injured")] == [6, 4, 1]
    assert (made["fatalities_actor1_low"], made["fatalities_actor1_high"]) == (2, 4)


def test_both_sources_and_texts_are_listed_and_where_the_other_row_stood() -> None:
    made = linked(
        {"source": "IRNA", "notes": "A police post was attacked."} | figure("fatalities", 5, 5, 5),
        {"source": "AFP", "source_url": "https://a.example/1", "notes": "Five dead."}
        | figure("fatalities", 5, 5, None),
    )
    assert made["source"] == "IRNA; AFP"
    assert made["notes"].split("\n") == [
        "A police post was attacked.",
        (
            "Linked as one incident with old.csv, line 9, its number X9: 2024-04-03, reported dead low 5, best 5, high open."
            " The best figures are not this row's. https://a.example/1"
        ),
        "Five dead.",
    ]
    assert "five dead" in made["folded"]


def test_one_source_is_listed_once() -> None:
    assert linked({"source": "IRNA"}, {"source": "IRNA"})["source"] == "IRNA"


def test_pairs_kept_apart_are_kept_in_either_order(store: Store) -> None:
    store.keep_apart("older-1", "newer-1")
    store.keep_apart("newer-1", "older-1")
    assert store.kept_apart() == {frozenset(("older-1", "newer-1"))}
    store.forget_apart("newer-1", "older-1")
    assert store.kept_apart() == frozenset()
