"""Mappings by hand are remembered by header, for the page and the command line alike."""

import json
from pathlib import Path

import pytest

from incidents.cli import main
from incidents.ingest import check
from incidents.ingest.examine import examine
from incidents.ingest.progress import silent
from incidents.normalise.options import ImportOptions
from incidents.store import open_store

HEADER = "ref,happened,spot,land,toll_a,toll_b\n"
FIRST = HEADER + "r1,2024-05-01,Zahedan,Iran,3,10\n"
NEXT = HEADER + "r2,2024-06-01,Khash,Iran,4,20\n"
MAPPED = ("--map", "toll_b=fatalities", "--map", "spot=location", "--map", "land=country")


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "first.csv").write_text(FIRST)
    (tmp_path / "next.csv").write_text(NEXT)
    return str(tmp_path / "first.csv"), str(tmp_path / "next.csv")


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main([*arguments, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_the_next_file_with_that_header_is_read_alike(
    store_folder: Path, files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    first = asked(capsys, "import", files[0], *MAPPED)
    following = asked(capsys, "import", files[1])
    assert first["mapping_remembered"] is False
    assert following["mapping_remembered"] is True
    assert following["mapping"] == first["mapping"]
    assert following["sums"]["fatalities"] == 20  # type: ignore[index]


def test_another_header_is_not_touched(
    store_folder: Path, files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(capsys, "import", files[0], *MAPPED)
    (tmp_path / "other.csv").write_text(NEXT.replace("toll_b", "toll_c"))
    assert asked(capsys, "check", str(tmp_path / "other.csv"))["mapping_remembered"] is False


def test_a_check_remembers_nothing(
    store_folder: Path, files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    asked(capsys, "check", files[0], *MAPPED)
    assert asked(capsys, "mappings") == {"mappings": []}


def test_what_is_asked_for_now_goes_before_what_is_remembered(
    store_folder: Path, files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    asked(capsys, "import", files[0], *MAPPED)
    report = asked(capsys, "check", files[1], "--map", "toll_b=injured", "--map", "toll_a=fatalities")
    assert report["sums"]["fatalities"] == 4  # type: ignore[index]
    assert report["sums"]["injured"] == 20  # type: ignore[index]


def test_mappings_are_listed_and_removed(
    store_folder: Path, files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    asked(capsys, "import", files[0], *MAPPED)
    (listed,) = asked(capsys, "mappings")["mappings"]  # type: ignore[misc]
    assert listed["columns"] == ["ref", "happened", "spot", "land", "toll_a", "toll_b"]
    assert listed["fields"]["toll_b"] == "fatalities"
    asked(capsys, "mappings", "--remove", listed["mapping"])
    assert asked(capsys, "mappings") == {"mappings": []}
    assert asked(capsys, "check", files[1])["mapping_remembered"] is False


def test_removing_an_unknown_mapping_is_wrong_usage(store_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mappings", "--remove", "nothing"]) == 2
    assert "no mapping has that id" in capsys.readouterr().err


def test_a_look_shows_three_cells_of_each_column_and_the_confidence(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("date,town,killed\n" + "".join(f"2024-05-{day:02},Zahedan,{day}\n" for day in range(1, 9)))
    with open_store(str(tmp_path / "store")) as store:
        found = examine(store, path, ImportOptions(), silent, file="shown.csv")
        assert check(store, path, ImportOptions()).file == "a.csv"
    assert found.look
    assert found.look.file == "shown.csv"
    assert found.look.samples["date"] == ("2024-05-01", "2024-05-02", "2024-05-03")
    assert found.look.samples["town"] == ("Zahedan",)
    assert found.look.mapping["fatalities"] == ("killed",)
    assert found.look.confidence["event_date"] > 0.9
