"""`incidents decisions`, `incidents gazetteer` and `--online`, as a scheduler would use them."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.places.nominatim_server import RASK, NominatimServer

from incidents.cli import main

FILE = """event_date,event_type,actor1,country,admin1,location,fatalities
2024-04-01,Battles,A,Iran,,Rahimabad,1
2024-04-02,Battles,A,Iran,,Rahimabad,2
2024-04-03,Battles,A,Iran,Sistan-Baluchestan,Zznowhere,3
"""
RAHIMABAD = ["Rahimabad", "--country", "Iran"]


@pytest.fixture
def file(store_folder: Path, tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[NominatimServer]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with NominatimServer() as running:
        monkeypatch.setenv("INCIDENTS_GEOCODER_URL", running.url)
        yield running


def run(capsys, *arguments: object) -> dict:
    assert main([str(argument) for argument in arguments] + ["--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys, *arguments: object) -> str:
    assert main([str(argument) for argument in arguments]) == 1
    return capsys.readouterr().err


def placed(tmp_path: Path) -> list[tuple[str, str, str]]:
    assert main(["export", "-o", str(tmp_path / "out.csv"), "--dataset", "all"]) == 0
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as found:
        rows = sorted(csv.DictReader(found), key=lambda row: row["event_date"])
    return [(row["location"], row["geo_precision"], row["geo_source"]) for row in rows]


def test_a_place_is_settled_listed_and_undone(file, tmp_path, capsys):
    main(["import", str(file)])
    capsys.readouterr()
    (first, _) = run(capsys, "decisions", "open")["places"]
    assert (first["name"], first["incidents"], first["status"]) == ("Rahimabad", 2, "ambiguous")
    assert [place["admin1"] for place in first["candidates"]] == ["Kerman", "Markazi"]
    assert run(capsys, "decisions", "settle", *RAHIMABAD, "--candidate", 1)["incidents_changed"] == 2
    assert placed(tmp_path)[0] == ("Rahimabad", "town", "decision")
    capsys.readouterr()
    assert [each["name"] for each in run(capsys, "decisions", "list")["decisions"]] == ["Rahimabad"]
    assert run(capsys, "decisions", "undo", *RAHIMABAD)["incidents_changed"] == 2
    assert placed(tmp_path)[0] == ("Rahimabad", "country", "gazetteer")
    assert "nothing was decided on this place" in refused(capsys, "decisions", "undo", *RAHIMABAD)


def test_coordinates_and_areas_can_be_chosen(file, tmp_path, capsys):
    main(["import", str(file)])
    main(["decisions", "settle", *RAHIMABAD, "--at", "28.94,57.73", "--precision", "near"])
    main(
        [
            "decisions",
            "settle",
            "Zznowhere",
            "--province",
            "Sistan-Baluchestan",
            "--country",
            "Iran",
            "--area",
            "province",
        ]
    )
    assert placed(tmp_path)[0] == ("Rahimabad", "near", "decision")
    assert placed(tmp_path)[2] == ("Zznowhere", "province", "decision")
    capsys.readouterr()
    assert "it has 2 candidates, not 3" in refused(capsys, "decisions", "settle", *RAHIMABAD, "--candidate", 3)


def test_decisions_go_to_another_store_as_csv(file, tmp_path, capsys, monkeypatch):
    main(["import", str(file)])
    main(["decisions", "settle", *RAHIMABAD, "--at", "28.94,57.73"])
    main(["decisions", "export", "-o", str(tmp_path / "decisions.csv")])
    monkeypatch.setenv("INCIDENTS_STORE", str(tmp_path / "other"))
    main(["import", str(file)])
    capsys.readouterr()
    read = run(capsys, "decisions", "import", tmp_path / "decisions.csv")
    assert read == {"read": 1, "decisions": 1, "faults": [], "incidents_changed": 2}
    assert placed(tmp_path)[0] == ("Rahimabad", "town", "decision")


def test_geocode_knows_decisions_and_own_gazetteers_but_no_datasets(file, tmp_path, capsys):
    given = tmp_path / "given.csv"
    given.write_text(
        "event_date,event_type,country,admin1,location,latitude,longitude,geo_precision\n2024-01-01,Battles,Iran,Kerman,Zzabad,30.5,57.5,town\n",
        encoding="utf-8",
    )
    own = tmp_path / "own.csv"
    own.write_text(
        "name,province,country,latitude,longitude\nZzgour,Kerman,Iran,30.6,57.6\nA,,Iran,north,1\n", encoding="utf-8"
    )
    main(["import", str(given)])
    main(["decisions", "settle", *RAHIMABAD, "--at", "28.94,57.73"])
    capsys.readouterr()
    added = run(capsys, "gazetteer", "add", own)
    assert (added["read"], added["places"], len(added["faults"])) == (2, 1, 1)
    assert run(capsys, "gazetteer", "list")["gazetteers"] == [{"gazetteer": "own.csv", "places": 1}]
    assert run(capsys, "geocode", *RAHIMABAD)["geo_source"] == "decision"
    assert run(capsys, "geocode", "Zzgour", "--province", "Kerman", "--country", "Iran")["latitude"] == 30.6
    assert run(capsys, "geocode", "Zzabad", "--province", "Kerman", "--country", "Iran")["geo_precision"] == "province"
    run(capsys, "gazetteer", "remove", "own.csv")
    assert run(capsys, "geocode", "Zzgour", "--province", "Kerman", "--country", "Iran")["geo_precision"] == "province"


def test_geocode_makes_no_store(store_folder, capsys):
    run(capsys, "geocode", "Zahedan", "--country", "Iran")
    assert not store_folder.exists()


def test_nothing_is_sent_without_being_asked(file, server, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("INCIDENTS_USER_AGENT", "test of Incidents, test@example.org")
    main(["import", str(file)])
    main(["decisions", "open"])
    (tmp_path / "in.csv").write_text("place,country\nZznowhere,Iran\n", encoding="utf-8")
    main(["geocode", "--csv", str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.csv")])
    main(["geocode", "Zznowhere", "--country", "Iran"])
    assert server.requests == []


def test_online_is_refused_without_a_user_agent_and_nothing_is_stored(file, server, capsys, monkeypatch):
    monkeypatch.delenv("INCIDENTS_USER_AGENT", raising=False)
    assert "set INCIDENTS_USER_AGENT" in refused(capsys, "import", file, "--online", 1)
    assert "set INCIDENTS_USER_AGENT" in refused(capsys, "geocode", "Rask", "--country", "Iran", "--online", 1)
    assert server.requests == []
    assert run(capsys, "datasets")["datasets"] == []


def test_an_import_asks_about_the_most_frequent_names_and_no_more(file, server, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("INCIDENTS_INDEX", str(_index_with_own_answers(tmp_path)))
    monkeypatch.setenv("INCIDENTS_USER_AGENT", "test of Incidents, test@example.org")
    server.places = {"Rahimabad": [RASK]}
    report = run(capsys, "import", file, "--online", 1)
    assert report["online"] == {
        "asked": 1, "found": 1, "several": 0, "no_such_place": 0, "fault": None, "incidents_changed": 2,
    }  # fmt: skip
    assert [request.parameters["q"] for request in server.requests] == ["Rahimabad"]
    assert placed(tmp_path)[0] == ("Rahimabad", "town", "online")
    assert run_undo_leaves_the_gazetteer(capsys, tmp_path)


def test_an_outage_leaves_the_import_as_it_is(file, server, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("INCIDENTS_INDEX", str(_index_with_own_answers(tmp_path)))
    monkeypatch.setenv("INCIDENTS_USER_AGENT", "test of Incidents, test@example.org")
    server.fault = "500"
    report = run(capsys, "import", file, "--online", 2)
    assert (report["incidents"], report["online"]["asked"], report["online"]["no_such_place"]) == (3, 0, 0)
    assert 'not "no such place"' in report["online"]["fault"]
    assert placed(tmp_path)[0] == ("Rahimabad", "country", "gazetteer")


def run_undo_leaves_the_gazetteer(capsys, tmp_path) -> bool:
    capsys.readouterr()
    run(capsys, "decisions", "undo", *RAHIMABAD)
    return placed(tmp_path)[0] == ("Rahimabad", "country", "gazetteer")


def _index_with_own_answers(tmp_path: Path) -> Path:
    """The run's place index in a folder that holds no answers yet."""
    from incidents.model.settings import settings
    from incidents.places.gazetteer import index_path, open_index

    shared = settings().index_folder
    open_index(shared)
    folder = tmp_path / "index"
    folder.mkdir()
    index_path(folder).symlink_to(index_path(shared))
    return folder


def test_geocode_without_a_store_leaves_its_engines_unread(store_folder):
    program = (
        "import sys; from incidents.cli import main; main(['geocode', 'Rask', '--country', 'Iran']); "
        "print(sorted({'duckdb', 'pandas', 'pyarrow', 'ibis', 'streamlit'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
