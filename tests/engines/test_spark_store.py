"""What only a cluster can do wrong: an address without a folder, a worker that dies during an export."""

import threading
from pathlib import Path

import pytest
from tests.engines.spark_cluster import SparkCluster
from tests.views.made_data import put, random_rows

from incidents.exports import export
from incidents.model.errors import StoreError
from incidents.model.filters import EVERYTHING
from incidents.store import open_store

ROWS = 3000


def test_an_address_without_a_folder_is_one_sentence() -> None:
    pytest.importorskip("pyspark")
    with pytest.raises(StoreError, match=r"say spark://HOST:PORT\?store=FOLDER"):
        open_store("spark://127.0.0.1:7077")


def test_incidents_are_stored_by_year_and_the_rest_beside(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    incidents, sites = random_rows(200, 4)
    with open_store(f"spark://127.0.0.1:7077?store={tmp_path}") as store:  # importing asks no cluster
        put(store, incidents, sites)
        (stored,) = (tmp_path / "datasets").iterdir()
    years = {f"event_year={row['event_date'].year}" for row in incidents}
    assert {path.name for path in (stored / "incidents").iterdir()} == years
    assert {path.name for path in stored.iterdir()} == {"incidents", "sites", "rejected", "notes"}


def test_an_export_whose_worker_is_killed_is_whole_or_absent(spark: SparkCluster, tmp_path: Path) -> None:
    file = tmp_path / "out" / "all.csv"
    file.parent.mkdir()
    with open_store(spark.location(tmp_path / "store")) as store:
        put(store, *random_rows(ROWS, 6))
        reader = store.reader()
        killer = threading.Timer(1.0, spark.kill_worker)
        killer.start()
        said = ""
        try:
            export(reader, EVERYTHING, file)
        except StoreError as problem:
            said = str(problem)
        killer.join()
        if said:
            assert "nothing of the answer is used" in said or "could not answer" in said
            assert not file.exists()
        else:
            assert sum(1 for line in file.open() if line.startswith('"made-')) == ROWS
        assert list((tmp_path / "store" / "exports").iterdir()) == []
        assert {path.name for path in file.parent.iterdir()} <= {"all.csv", "all.csv.about.json"}
    spark.add_worker()
