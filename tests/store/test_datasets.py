"""What only a folder can do wrong."""

from pathlib import Path

import pytest
from tests.views.made_data import incident, put

from incidents.model.errors import StoreError
from incidents.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(str(tmp_path / "store"))


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="the store's folder cannot be made"):
        open_store(str(tmp_path / "file" / "store"))


def test_a_store_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    import sqlite3

    open_store(str(tmp_path)).close()
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.execute("PRAGMA user_version = 99")
    catalogue.close()
    with pytest.raises(StoreError, match="newer version"):
        open_store(str(tmp_path))


def test_a_data_file_that_is_missing_is_said(store: Store, tmp_path: Path) -> None:
    put(store, [incident(1, "a")], dataset_id="a")
    for path in (tmp_path / "store" / "datasets").iterdir():
        path.unlink()
    with pytest.raises(StoreError, match="missing from the store"):
        open_store(str(tmp_path / "store")).reader()


def test_a_stream_is_whole_after_its_dataset_was_deleted(store: Store) -> None:
    put(store, [incident(1, "a"), incident(2, "a")], dataset_id="a")
    reader = store.reader()
    store.delete("a")
    assert sum(batch.num_rows for batch in reader.rows("a", "incidents")) == 2
