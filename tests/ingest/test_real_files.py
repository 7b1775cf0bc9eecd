"""Real files: counts and sums against values that plain csv reading gives."""

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from incidents.cli import main

pytestmark = pytest.mark.shared


def rows(path: Path) -> Iterator[dict[str, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as file:  # type: ignore[operator]
        yield from csv.DictReader(file)


def imported(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    assert main(["import", str(path), "--json"]) == 0
    report: dict[str, object] = json.loads(capsys.readouterr().out)
    return report


def summed(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    assert main(["summary", "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.usefixtures("store_folder")
@pytest.mark.parametrize(("file", "count"), [("ucdp_pakistan_hxl.csv", 6416), ("ucdp_bangladesh_hxl.csv", 601)])
def test_ucdp_keeps_every_row_and_its_own_sums(
    file: str, count: int, shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = [row for row in rows(shared / file) if not (row["id"] == "" or row["id"].startswith("#"))]
    report = imported(shared / file, capsys)
    assert (report["layout"], report["read"], report["kept"], report["rejected"]) == ("ucdp-ged", count, count, 0)
    assert len(own) == count
    dead = summed(capsys)["fatalities"]
    assert isinstance(dead, dict)
    assert dead["best"] == sum(int(row["best"]) for row in own)
    assert dead["low"] == sum(int(row["low"]) for row in own)
    assert dead["high"] == sum(int(row["high"]) for row in own)
    for side, column in (
        ("actor1", "deaths_a"),
        ("actor2", "deaths_b"),
        ("civilians", "deaths_civilians"),
        ("unknown_side", "deaths_unknown"),
    ):
        assert dead[side]["best"] == sum(int(row[column]) for row in own), side


@pytest.mark.usefixtures("store_folder")
def test_the_large_file_rejects_the_rows_without_a_date_and_no_other(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = list(rows(shared / "events_345k.csv.gz"))
    dateless = sum(not row["date"].strip() for row in own)
    report = imported(shared / "events_345k.csv.gz", capsys)
    assert (report["read"], report["kept"], report["rejected"]) == (345_520, 340_694, 4_826)
    assert dateless == 4_826
    assert list(report["reasons"].values()) == [4_826]  # type: ignore[attr-defined]
    found = summed(capsys)
    dead = found["fatalities"]
    assert isinstance(dead, dict)
    kept = [row for row in own if row["date"].strip()]
    assert found["incidents"] == len(kept)
    assert dead["best"] == sum(int(float(row["killed"])) for row in kept if row["killed"])
    assert dead["unknown"] == sum(not row["killed"] for row in kept)
