"""What only a cluster can do wrong: an address without a folder, a worker that dies during an export."""

import json
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.conftest import absent
from tests.engines.spark_cluster import WORKERS, SparkCluster
from tests.views.made_data import incident, put, random_rows

from incidents.cli import main
from incidents.model.errors import StoreError
from incidents.store import open_store

ROWS = 20_000


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


def test_the_command_line_says_that_a_cluster_takes_its_time(
    spark: SparkCluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    location, file = spark.location(tmp_path / "store"), tmp_path / "all.csv"
    with open_store(location) as store:
        put(store, [incident(1), incident(2)])
    said = "incidents: a spark:// store is a batch engine: the answer takes seconds to minutes.\n"
    assert main(["summary", "--json", "--store", location]) == 0
    summary = capsys.readouterr()
    assert (json.loads(summary.out)["incidents"], summary.err) == (2, said)
    assert main(["export", "-o", str(file), "--store", location]) == 0
    assert capsys.readouterr() == (f"2 incidents written to {file}\n", said)


@pytest.mark.soak
def test_a_cluster_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """In a process of its own: this one works on the tests' cluster."""
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        absent("Java")
    with open_store(f"spark://127.0.0.1:1?store={tmp_path}") as store:
        put(store, [incident()])
        command = [sys.executable, "-m", "incidents", "summary", "--store", f"spark://127.0.0.1:1?store={tmp_path}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.search(
        r"^incidents: spark://127\.0\.0\.1:1: Spark cannot be started, or no cluster answers there \(.*\)\.$",
        done.stderr,
        re.MULTILINE,
    )
    assert "Traceback" not in done.stderr


def test_an_export_whose_worker_is_killed_is_whole_or_absent(
    spark: SparkCluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    location, exports = spark.location(tmp_path / "store"), tmp_path / "store" / "exports"
    file = tmp_path / "out" / "all.csv"
    file.parent.mkdir()
    with open_store(location) as store:
        put(store, *random_rows(ROWS, 6))
    ended = threading.Event()
    killer = threading.Thread(target=kill_once_it_writes, args=(spark, exports, ended))
    killer.start()
    status = main(["export", "-o", str(file), "--store", location])
    ended.set()
    killer.join()
    said = capsys.readouterr()
    assert [each.poll() for each in spark.workers].count(None) == WORKERS - 1
    spark.add_worker()
    if status == 0:
        assert said.out == f"{ROWS:,} incidents written to {file}\n"
        assert sum(1 for line in file.open() if line.startswith('"made-')) == ROWS
        assert {path.name for path in file.parent.iterdir()} == {"all.csv", "all.csv.about.json"}
    else:
        assert re.search(r"^incidents: The cluster could not .*\.$", said.err, re.MULTILINE)
        assert {path.name for path in file.parent.iterdir()} == set()
    assert list(exports.iterdir()) == []


def kill_once_it_writes(spark: SparkCluster, exports: Path, ended: threading.Event) -> None:
    """A worker, when the cluster has begun to write the answer."""
    while not ended.is_set():
        if list(exports.glob("*/_temporary")):
            spark.kill_worker()
            return
        time.sleep(0.01)
