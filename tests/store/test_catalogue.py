"""What people decided is kept: places, mappings, saved views."""

from pathlib import Path

from incidents.model.place import Candidate, PlaceQuery
from incidents.store import open_store

RASK = Candidate("Rask", "Sistan and Baluchestan", "Iran", 26.24, 61.40, "town", "decision")


def test_a_decision_is_kept_for_the_next_start(tmp_path: Path) -> None:
    with open_store(str(tmp_path)) as store:
        store.decide(PlaceQuery("Rask", None, None, "Iran"), RASK)
    with open_store(str(tmp_path)) as store:
        assert store.decisions() == {PlaceQuery("Rask", None, None, "Iran"): RASK}


def test_a_later_decision_replaces_the_first(tmp_path: Path) -> None:
    other = Candidate("Rask", None, "Iran", 1.0, 2.0, "near", "decision")
    with open_store(str(tmp_path)) as store:
        store.decide(PlaceQuery("Rask", country="Iran"), other)
        store.decide(PlaceQuery("Rask", country="Iran"), RASK)
        assert list(store.decisions().values()) == [RASK]


def test_a_decision_can_be_taken_back(tmp_path: Path) -> None:
    with open_store(str(tmp_path)) as store:
        store.decide(PlaceQuery("Rask", country="Iran"), RASK)
        store.undecide(PlaceQuery("Rask", country="Iran"))
        assert store.decisions() == {}


def test_a_mapping_is_found_by_the_header_alone(tmp_path: Path) -> None:
    with open_store(str(tmp_path)) as store:
        store.remember_mapping(("When", "Where"), {"When": "event_date"})
        assert store.mapping(("When", "Where")) == {"When": "event_date"}
        assert store.mapping(("Where", "When")) is None


def test_saved_views_come_by_name(tmp_path: Path) -> None:
    with open_store(str(tmp_path)) as store:
        store.save_view("b", "?from=2024")
        store.save_view("a", "?to=2024")
        store.delete_view("b")
        assert store.saved_views() == {"a": "?to=2024"}
