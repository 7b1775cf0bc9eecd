"""Words are looked for once: the same incidents as by reading each row's text, over one file and over several."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.views.made_data import incident, put

from incidents.exports.rows import rows_to_export
from incidents.model.filters import ALL_DATASETS, EVERYTHING
from incidents.store import Store, open_store
from incidents.store.words_found import MOST_WORDS, rare_end
from incidents.views.cards import first_numbers


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store")) as opened:
        put(opened, [told(n, "old", f"guards of post {n}") for n in range(20)], dataset_id="old")
        put(opened, [told(n, "new", f"a convoy {n} guards") for n in range(1, 14)], dataset_id="new")
        yield opened


def told(number: int, dataset_id: str, text: str) -> dict[str, Any]:
    return incident(number, dataset_id, notes=text, folded=text)


def found(store: Store, words: str, *datasets: str) -> int:
    return first_numbers(store.reader(), EVERYTHING.with_(words=words, dataset=datasets or ALL_DATASETS)).incidents


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        ("guards", 20, 13),
        ("GUARDS", 20, 13),
        ("uard", 20, 13),
        ("g", 20, 13),
        ("post", 20, 0),
        ("convoy guards", 0, 13),
        ("convoy post", 0, 0),
        ("guards guards", 20, 13),
        ("19", 1, 0),
        ("nowhere", 0, 0),
    ],
)
def test_in_one_dataset_and_in_all(store: Store, words: str, old: int, new: int) -> None:
    assert (found(store, words, "old"), found(store, words, "new")) == (old, new)
    assert found(store, words) == found(store, words, "old", "new") == old + new
    assert found(store, words, "old") == old  # what was found before is the other dataset's no less


def test_after_rows_were_taken_out_and_put_back(store: Store) -> None:
    made = store.link("old-3", "new-5")
    assert (found(store, "guards", "old"), found(store, "guards", "new"), found(store, "post 3")) == (19, 13, 2)
    store.unlink(made.link_id)
    assert (found(store, "guards", "old"), found(store, "post 3"), found(store, "post")) == (20, 2, 20)


def test_an_empty_store_holds_no_word(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "empty")) as empty:
        assert found(empty, "guards") == 0


def test_more_words_than_are_kept(store: Store) -> None:
    asked = [f"post {number % 20}" for number in range(2 * MOST_WORDS)]
    first = [found(store, f"{words} w{number}" if number >= 20 else words) for number, words in enumerate(asked)]
    assert first[:20] == [found(store, words) for words in asked[:20]]
    assert found(store, "guards") == 33


def test_an_export_reads_the_texts_and_finds_the_same(store: Store) -> None:
    wanted = EVERYTHING.with_(words="guards 1", dataset=ALL_DATASETS)
    exported = sum(batch.num_rows for batch in rows_to_export(store.reader(), wanted).batches)
    assert exported == first_numbers(store.reader(), wanted).incidents > 0


@pytest.mark.parametrize(
    ("word", "end"),
    [("taliban", "ban"), ("iraqi", "qi"), ("the", "he"), ("a", "a"), ("army", "my"), ("چابهار", "چابهار")],
)
def test_the_end_that_is_looked_for_first(word: str, end: str) -> None:
    assert rare_end(word) == end
