"""Bad files: one clear sentence, exit status 1, nothing stored."""

import json
from pathlib import Path

import pytest

from incidents.cli import main

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000100000001008060000001ff3ff61") + bytes(range(256)) * 20

FILES = {
    "empty": b"",
    "blank": b"\n\n  \n",
    "header only": b"date,town,country,killed\n",
    "picture": PNG,
    "cut mid-row with nothing else": b'date,town,country,killed\n2024-04-03,"Chab',
    "no date column": b"town,country,killed\nRask,Iran,11\nChabahar,Iran,3\n",
    "every row bad": b"date,town,country,killed\nsoon,Rask,Iran,11\nlater,Chabahar,Iran,3\n",
    "nul bytes": bytes(5000),
}


@pytest.mark.parametrize("command", ["import", "check"])
@pytest.mark.parametrize("case", FILES)
@pytest.mark.usefixtures("store_folder")
def test_a_bad_file_is_refused_with_one_sentence(
    case: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "incidents_of_april.csv"
    file.write_bytes(FILES[case])
    assert main([command, str(file), "--json"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("incidents: incidents_of_april.csv")
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    assert main(["datasets", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"datasets": []}


@pytest.mark.usefixtures("store_folder")
def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "nowhere.csv"]) == 1
    assert capsys.readouterr().err == "incidents: nowhere.csv: there is no such file.\n"


@pytest.mark.usefixtures("store_folder")
def test_a_cut_last_row_is_rejected_and_the_rest_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cut.csv"
    file.write_text('date,town,country,killed\n2024-04-03,Rask,Iran,11\n2024-04-04,"Chab', encoding="utf-8")
    assert main(["import", str(file), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["read"], report["kept"], report["rejected"]) == (2, 1, 1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["summary", "--from", "April"], "--from: 'April' is not a date"),
        (["summary", "--from", "2024-02-31"], "--from: there is no day '2024-02-31'"),
        (["summary", "--from", "2025", "--to", "2024"], "--from 2025-01-01 lies after --to 2024-12-31"),
        (["summary", "--near", "25,60"], "--near: expected LAT,LON,KM"),
        (["summary", "--near", "125,60,10"], "is not a point on earth"),
        (["summary", "--bbox", "30,60,20,70"], "is not south, west, north, east"),
        (["summary", "--precision", "exact"], "'exact' is none of town, near"),
        (["summary", "--where", "column"], "expected COLUMN=VALUE"),
        (["geocode"], "give one NAME, or --csv"),
    ],
)
@pytest.mark.usefixtures("store_folder")
def test_wrong_usage_is_status_2_and_a_sentence(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert words in capsys.readouterr().err


@pytest.mark.usefixtures("store_folder")
def test_an_unknown_dataset_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["delete", "April"]) == 1
    assert "April" in capsys.readouterr().err
