"""An update: what is new, changed, gone and the same, and what stays as it was."""

from pathlib import Path

import pytest

from incidents.ingest import check, import_file
from incidents.model.errors import AlreadyImported
from incidents.model.place import Candidate, PlaceQuery
from incidents.normalise.options import ImportOptions
from incidents.store import Store, open_store

HEADER = "event_id,date,place,admin1,country,killed,notes,weapon\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(str(tmp_path / "store"))


def row(number: int | str, killed: str = "2", weapon: str = "gun", place: str = "Zahedan") -> str:
    return f"{number},2024-05-03,{place},Sistan and Baluchestan,Iran,{killed},note,{weapon}\n"


def file(folder: Path, name: str, *rows: str, header: str = HEADER) -> Path:
    path = folder / name
    path.write_text(header + "".join(rows), encoding="utf-8")
    return path


def updated(store: Store, folder: Path, old: list[str], new: list[str], header: str = HEADER) -> dict[str, int]:
    """What the check says and what the import then says, which must be one."""
    import_file(store, file(folder, "old.csv", *old, header=header), ImportOptions(), name="Weekly")
    path = file(folder, "new.csv", *new, header=header)
    checked = check(store, path, ImportOptions(), update="Weekly")
    stored = import_file(store, path, ImportOptions(), update="Weekly")
    assert checked.changes == stored.changes
    assert stored.changes
    return stored.changes.as_json()


def test_three_new_two_changed_one_gone(store: Store, tmp_path: Path) -> None:
    old = [row(1), row(2), row(3), row(4)]
    new = [row(1), row(2, killed="7"), row(3, weapon="mine"), row(5), row(6), row(7)]
    assert updated(store, tmp_path, old, new) == {"new": 3, "changed": 2, "gone": 1, "same": 1}
    assert [(dataset.name, dataset.incidents, dataset.file) for dataset in store.datasets()] == [
        ("Weekly", 6, "new.csv")
    ]


def test_the_examples_say_from_what_to_what(store: Store, tmp_path: Path) -> None:
    import_file(store, file(tmp_path, "old.csv", row(1), row(2), row(3)), ImportOptions(), name="Weekly")
    path = file(tmp_path, "new.csv", row(1, killed="at least 7"), row(2, weapon="mine"), row(9))
    changes = check(store, path, ImportOptions(), update="Weekly").changes
    assert changes
    assert [(each.kind, each.source_id, each.what) for each in changes.examples] == [
        ("new", "9", ""),
        ("changed", "1", "fatalities 2 -> 7; fatalities_high 2 -> none; killed none -> at least 7"),
        ("changed", "2", "weapon gun -> mine"),
        ("gone", "3", ""),
    ]


def test_rows_in_another_order_are_the_same(store: Store, tmp_path: Path) -> None:
    old, new = [row(1), row(2), row(3)], [row(3), row(1), row(2)]
    assert updated(store, tmp_path, old, new) == {"new": 0, "changed": 0, "gone": 0, "same": 3}


def test_a_further_site_is_content(store: Store, tmp_path: Path) -> None:
    old, new = [row(1, place="Chabahar and Rask"), row(2)], [row(1, place="Chabahar and Khash"), row(2)]
    assert updated(store, tmp_path, old, new) == {"new": 0, "changed": 1, "gone": 0, "same": 1}


def test_an_id_that_occurs_twice_counts_twice(store: Store, tmp_path: Path) -> None:
    old = [row(1), row(1, killed="3"), row(2)]
    new = [row(1), row(2), row(2, killed="5")]
    assert updated(store, tmp_path, old, new) == {"new": 1, "changed": 0, "gone": 1, "same": 2}


def test_without_ids_content_is_matched_and_said(store: Store, tmp_path: Path) -> None:
    header = "date,place,country,killed\n"
    rows = ["2024-05-01,Zahedan,Iran,1\n", "2024-05-02,Khash,Iran,2\n", "2024-05-03,Zabol,Iran,3\n"]
    import_file(store, file(tmp_path, "old.csv", *rows, header=header), ImportOptions(), name="Weekly")
    path = file(tmp_path, "new.csv", rows[0], "2024-05-02,Khash,Iran,9\n", rows[2], header=header)
    changes = check(store, path, ImportOptions(), update="Weekly").changes
    assert changes
    assert changes.as_json() == {"new": 1, "changed": 0, "gone": 1, "same": 2}
    assert changes.matched_by == "content"


def test_decisions_outlive_an_update(store: Store, tmp_path: Path) -> None:
    query = PlaceQuery("Zahedan", None, "Sistan and Baluchestan", "Iran")
    store.decide(query, Candidate("Zahedan", None, "Iran", 29.5, 60.8, "town", "decision"))
    updated(store, tmp_path, [row(1)], [row(1), row(2)])
    assert query in store.decisions()


def test_the_same_file_is_no_update(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, "old.csv", row(1))
    import_file(store, path, ImportOptions(), name="Weekly")
    with pytest.raises(AlreadyImported, match="in the store already, as Weekly"):
        import_file(store, path, ImportOptions(), update="Weekly")


def test_the_report_names_the_four_counts(store: Store, tmp_path: Path) -> None:
    import_file(store, file(tmp_path, "old.csv", row(1)), ImportOptions(), name="Weekly")
    report = import_file(store, file(tmp_path, "new.csv", row(2)), ImportOptions(), update="Weekly").as_json()
    assert report["update"] == {"new": 1, "changed": 0, "gone": 1, "same": 0}
    assert report["matched_by"] == "source_id"
