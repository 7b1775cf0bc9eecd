"""Actors: one name for the spellings that are known, the file's own for the rest."""

import csv
from pathlib import Path

import pytest

from incidents.normalise.actors import actor_names
from incidents.normalise.folding import fold_words


@pytest.mark.parametrize(
    "spelling",
    ["Jaish ul-Adl", "Jaysh al-Adl", "JAISH-UL-ADL", "Jaish al‑Adl", "جیش العدل", "جيش العدل", " Jaish  al-Adl "],
)
def test_spellings_of_one_group_are_one_name(spelling: str) -> None:
    assert actor_names().canonical(spelling) == "Jaish al-Adl"


def test_one_name_may_be_two_groups_told_apart_by_country() -> None:
    assert actor_names().canonical("Jundullah", "Iran") == "Jundallah"
    assert actor_names().canonical("Jundullah", "Pakistan") == "Jundallah (Pakistan)"
    assert actor_names().canonical("Jundullah", "Kenya") == "Jundullah"


def test_translated_name_holds_only_where_it_is_used() -> None:
    assert actor_names().canonical("Army of Justice", "Iran") == "Jaish al-Adl"
    assert actor_names().canonical("Army of Justice", "Georgia") == "Army of Justice"


def test_unknown_actor_keeps_the_files_spelling() -> None:
    assert actor_names().canonical("Security forces of Iran", "Iran") == "Security forces of Iran"


def test_empty_actor_is_none() -> None:
    assert actor_names().canonical(" ") is None
    assert actor_names().canonical("N/A") is None


def test_actors_of_the_fact_table_stay_as_they_are(shared: Path) -> None:
    with (shared / "sistan_baluchestan_facts.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            assert actor_names().canonical(row["actor1"], row["country"]) == row["actor1"]
            assert actor_names().canonical(row["actor2"], row["country"]) == row["actor2"]


def test_words_are_folded_for_the_search() -> None:
    assert fold_words("Jaish al-‘Adl, Chābahār") == "jaish al adl chabahar"
    assert fold_words("Iran's ۱۲ Straße") == "irans 12 strasse"
    assert fold_words("علي كريم") == fold_words("علی کریم")
    assert fold_words("می‌شود") == fold_words("میشود")
