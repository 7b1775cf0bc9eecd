"""The seed's night, from the command line: two sites, one toll, sides apart, "at least" kept."""

import csv
import json
from pathlib import Path

import pytest

from incidents.cli import main

NIGHT = ("--from", "2024-04-03", "--to", "2024-04-04")
SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample_incidents.csv"


def summary(capsys: pytest.CaptureFixture[str], *filters: str) -> dict[str, object]:
    assert main(["summary", *filters, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.usefixtures("store_folder")
def test_the_night_is_one_incident_with_its_sides_apart(capsys: pytest.CaptureFixture[str]) -> None:
    night = summary(capsys, *NIGHT)
    assert night["incidents"] == 1
    assert night["unlocated"] == 0
    dead = night["fatalities"]
    assert isinstance(dead, dict)
    assert (dead["low"], dead["best"], dead["high"], dead["high_shown"]) == (27, 27, None, 27)
    assert dead["actor1"] == {"low": 16, "best": 16, "high": 16}
    assert dead["actor2"] == {"low": 11, "best": 11, "high": None}
    injured = night["injured"]
    assert isinstance(injured, dict)
    assert (injured["low"], injured["best"], injured["high"]) == (10, 10, None)


@pytest.mark.usefixtures("store_folder")
def test_the_whole_sample_adds_up(capsys: pytest.CaptureFixture[str]) -> None:
    sample = summary(capsys)
    dead = sample["fatalities"]
    assert isinstance(dead, dict)
    assert sample["incidents"] == 40
    assert (dead["low"], dead["best"], dead["high"], dead["high_shown"]) == (403, 492, None, 561)
    assert isinstance(sample["injured"], dict)
    assert sample["injured"]["best"] == 962


@pytest.mark.usefixtures("store_folder")
@pytest.mark.parametrize("spelling", ["Rask", "rask", "RASK"])
def test_a_further_site_is_found_by_its_town(capsys: pytest.CaptureFixture[str], spelling: str) -> None:
    assert summary(capsys, "--town", spelling)["incidents"] == 3


@pytest.mark.usefixtures("store_folder")
@pytest.mark.parametrize("spelling", ["Jaish al-Adl", "Jaysh al-Adl", "جیش العدل"])
def test_an_actor_is_found_by_any_spelling(capsys: pytest.CaptureFixture[str], spelling: str) -> None:
    assert summary(capsys, *NIGHT, "--actor", spelling)["incidents"] == 1


@pytest.mark.usefixtures("store_folder")
def test_geojson_has_one_feature_with_both_sites(tmp_path: Path) -> None:
    target = tmp_path / "night.geojson"
    assert main(["export", "-o", str(target), *NIGHT]) == 0
    (feature,) = json.loads(target.read_text(encoding="utf-8"))["features"]
    assert feature["geometry"]["type"] == "MultiPoint"
    (first, second) = feature["geometry"]["coordinates"]
    assert first == pytest.approx([60.64, 25.29], abs=0.045)  # 5 km
    assert second == pytest.approx([61.40, 26.24], abs=0.045)
    assert feature["properties"]["fatalities"] == 27


@pytest.mark.usefixtures("store_folder")
def test_csv_has_one_row_for_the_night(tmp_path: Path) -> None:
    target = tmp_path / "night.csv"
    assert main(["export", "-o", str(target), *NIGHT]) == 0
    with target.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["location"] == "Chabahar; Rask"
    assert (row["fatalities_low"], row["fatalities"], row["fatalities_high"]) == ("27", "27", "")
    assert row["n_sites"] == "2"


@pytest.mark.usefixtures("store_folder")
def test_an_export_imports_again_to_the_same_incidents(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "all.csv"
    assert main(["export", "-o", str(target)]) == 0
    capsys.readouterr()
    before = summary(capsys)  # of the sample
    assert main(["import", str(target), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kept"] == 40
    after = summary(capsys)
    for same in (
        "incidents",
        "unlocated",
        "fatalities",
        "injured",
        "by_month",
        "by_actor",
        "by_admin1",
        "by_event_type",
    ):
        assert after[same] == before[same], same


@pytest.mark.usefixtures("store_folder")
def test_the_same_file_twice_is_refused_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(SAMPLE)]) == 0
    capsys.readouterr()
    assert main(["import", str(SAMPLE)]) == 1
    assert "the same file is in the store already" in capsys.readouterr().err


@pytest.mark.usefixtures("store_folder")
def test_delete_undoes_an_import(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(SAMPLE), "--json"]) == 0
    dataset = json.loads(capsys.readouterr().out)["dataset"]
    assert main(["delete", dataset]) == 0
    capsys.readouterr()
    assert main(["datasets", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"datasets": []}
