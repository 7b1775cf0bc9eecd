"""Decisions on places: for every incident of the name, undone without a trace, and kept over imports."""

from pathlib import Path

import pyarrow as pa
import pytest

from incidents.ingest import import_file
from incidents.ingest.decision_files import decisions_csv, parse_decisions
from incidents.ingest.decisions import decide, undo
from incidents.ingest.gazetteers import add_gazetteer, remove_gazetteer
from incidents.ingest.own_places import own_gazetteers
from incidents.ingest.places import resolver_for
from incidents.model.errors import IncidentsError, UnusableFile
from incidents.model.place import Candidate, PlaceQuery
from incidents.model.settings import Settings, settings
from incidents.normalise.rows import ImportOptions
from incidents.places.own_gazetteer import parse_own_gazetteer
from incidents.store import Store, open_store
from incidents.views.places_review import decided_counts, places_to_settle

HEADER = "event_date,event_type,actor1,country,admin1,location,latitude,longitude,geo_precision,fatalities\n"
ROWS = """2024-04-01,Battles,A,Iran,,Rahimabad,,,,1
2024-04-02,Battles,A,Iran,,rahimabad,,,,2
2024-04-03,Battles,A,Iran,,near Rahimabad,,,,3
2024-04-04,Battles,A,Iran,Kerman,Rahimabad,,,,4
2024-04-05,Battles,A,Iran,Sistan-Baluchestan,Zahedan,,,,5
2024-04-06,Battles,A,Iran,,Rahimabad,27.5,60.5,town,6
2024-04-07,Battles,A,Iran,,Zahedan; Rahimabad,,,,7
2024-04-08,Battles,A,Iran,,Rahimabad,,,3,8
"""
RAHIMABAD = PlaceQuery("Rahimabad", None, None, "Iran")
IN_KERMAN = Candidate("Raḩīmābād", "Kerman", "Iran", 30.59344, 56.80164, "town", "geonames")


@pytest.fixture
def chosen(store_folder: Path) -> Settings:
    return settings()


@pytest.fixture
def store(chosen: Settings):
    with open_store(chosen.store) as opened:
        yield opened


def imported(store: Store, tmp_path: Path, rows: str, name: str, **more: str) -> str:
    path = tmp_path / name
    path.write_text(HEADER + rows, encoding="utf-8")
    report = import_file(store, path, ImportOptions(), **more)
    assert report.dataset
    return report.dataset


def table(store: Store, dataset: str, name: str = "incidents") -> pa.Table:
    return pa.Table.from_batches(list(store.rows(dataset, name)))


def places(store: Store, dataset: str) -> list[tuple[float | None, str | None, str | None]]:
    rows = table(store, dataset)
    return list(zip(*(rows[name].to_pylist() for name in ("latitude", "geo_precision", "geo_source")), strict=True))


def test_a_decision_is_for_all_incidents_of_that_name_and_no_other(store, chosen, tmp_path):
    dataset = imported(store, tmp_path, ROWS, "a.csv")
    before = table(store, dataset)
    changed = decide(store, chosen, {RAHIMABAD: IN_KERMAN})
    after = table(store, dataset)
    decided = [row for row, source in enumerate(after["geo_source"].to_pylist()) if source == "decision"]
    assert decided == [0, 1, 7]
    assert changed == 4  # and the further site of the seventh
    for column in before.column_names:
        old, new = before[column].to_pylist(), after[column].to_pylist()
        assert [row for row in range(8) if old[row] != new[row] and row not in decided] == [], column
    assert places(store, dataset)[0] == (30.59344, "town", "decision")
    assert [site["geo_source"] for site in table(store, dataset, "sites").to_pylist()] == ["decision"]


def test_a_decision_stands_whatever_the_row_allows(store, chosen, tmp_path):
    dataset = imported(store, tmp_path, ROWS, "a.csv")
    near = PlaceQuery("near Rahimabad", None, None, "Iran")
    decide(store, chosen, {near: IN_KERMAN})
    assert places(store, dataset)[2] == (30.59344, "town", "decision")


def test_undoing_leaves_no_trace(store, chosen, tmp_path):
    dataset = imported(store, tmp_path, ROWS, "a.csv")
    before, facts = (table(store, dataset), table(store, dataset, "sites")), store.find(dataset)
    near = PlaceQuery("near Rahimabad", None, None, "Iran")
    decide(store, chosen, {RAHIMABAD: IN_KERMAN, near: IN_KERMAN})
    assert store.find(dataset).places != facts.places
    undo(store, chosen, [RAHIMABAD, near])
    assert store.decisions() == {}
    assert (table(store, dataset), table(store, dataset, "sites")) == before
    assert store.find(dataset) == facts


def test_the_counts_of_places_follow(store, chosen, tmp_path):
    dataset = imported(store, tmp_path, ROWS, "a.csv")
    before = store.find(dataset).places
    decide(store, chosen, {RAHIMABAD: IN_KERMAN})
    after = store.find(dataset).places
    assert {name: after[name] - before[name] for name in before if after[name] != before[name]} == {
        "town": 3,
        "country": -3,
        "ambiguous": -3,
    }


def test_a_second_decision_takes_the_place_of_the_first(store, chosen, tmp_path):
    dataset = imported(store, tmp_path, ROWS, "a.csv")
    decide(store, chosen, {RAHIMABAD: IN_KERMAN})
    other = Candidate("Rahimabad", None, "Iran", 35.0, 50.0, "near", "decision")
    decide(store, chosen, {PlaceQuery("RAHIMABAD", None, None, "IR"): other})
    assert list(store.decisions().values()) == [other]
    assert places(store, dataset)[0] == (35.0, "near", "decision")


def test_later_imports_and_updates_use_it(store, chosen, tmp_path):
    imported(store, tmp_path, ROWS, "a.csv")
    decide(store, chosen, {RAHIMABAD: IN_KERMAN})
    later = imported(store, tmp_path, ROWS.replace("Battles", "Riots"), "b.csv")
    assert places(store, later)[0] == (30.59344, "town", "decision")
    updated = imported(store, tmp_path, ROWS.replace("Battles", "Protests"), "a.csv", update="a.csv")
    assert places(store, updated)[0] == (30.59344, "town", "decision")
    before = places(store, updated)
    undo(store, chosen, [RAHIMABAD])
    assert places(store, updated) != before
    assert places(store, updated)[0] == places(store, later)[0]
    assert places(store, later)[7][1:] == ("country", "gazetteer")


def test_the_review_lists_names_by_incidents_and_leaves_out_what_is_settled(store, chosen, tmp_path):
    imported(store, tmp_path, ROWS + "2024-05-01,Battles,A,Iran,Kerman,Zzabad,,,,1\n", "a.csv")
    found = places_to_settle(store.reader(), resolver_for(chosen, store=store)).places
    assert [(place.query.name, place.incidents, place.status) for place in found] == [
        ("Rahimabad", 4, "ambiguous"),
        ("near Rahimabad", 1, "ambiguous"),
        ("Zzabad", 1, "fallback"),
    ]
    decide(store, chosen, {RAHIMABAD: IN_KERMAN})
    found = places_to_settle(store.reader(), resolver_for(chosen, store=store)).places
    assert [place.query.name for place in found] == ["near Rahimabad", "Zzabad"]
    assert list(decided_counts(store.reader()).values()) == [4]


def test_decisions_come_back_from_their_csv(tmp_path):
    hostile = Candidate("=1+1", None, "Iran", -27.5, 60.25, "town", "geonames", "@why")
    decisions = {RAHIMABAD: IN_KERMAN, PlaceQuery("-x", "d", "p", "Iran"): hostile}
    text = decisions_csv(decisions)
    assert "'=1+1" in text
    assert parse_decisions(text.encode(), "d.csv").decisions == decisions


def test_rows_of_a_decision_file_that_cannot_be_used_are_listed():
    rows = b"place,country,latitude,longitude,geo_precision\nA,Iran,27,60,town\nB,Iran,north,60,\nC,Iran,27,60,roughly\n,Iran,1,1,\n"
    read = parse_decisions(rows, "d.csv")
    assert (read.read, len(read.decisions)) == (4, 1)
    assert read.faults == (
        "line 3: no coordinates in 'north', '60'",
        "line 4: geo_precision 'roughly' is none of town, near, line, district, province, country, sea",
        "line 5: no place is named",
    )


def test_a_file_without_the_columns_of_decisions_is_refused():
    with pytest.raises(UnusableFile, match=r"d\.csv: no column for country, latitude, longitude; found place"):
        parse_decisions(b"place\nA\n", "d.csv")


def test_an_own_gazetteer_places_the_incidents_of_its_names_and_its_removal_takes_that_back(store, chosen, tmp_path):
    dataset = imported(store, tmp_path, "2024-05-01,Battles,A,Iran,Kerman,Zzabad,,,,1\n", "a.csv")
    before = table(store, dataset)
    own = parse_own_gazetteer(b"name,province,country,latitude,longitude\nZzabad,Kerman,Iran,30.5,57.5\n", "own.csv")
    assert add_gazetteer(store, chosen, own) == 1
    assert places(store, dataset) == [(30.5, "town", "gazetteer")]
    assert own_gazetteers(store) == (own,)
    assert remove_gazetteer(store, chosen, "own.csv") == 1
    assert table(store, dataset) == before
    with pytest.raises(IncidentsError, match=r'"own\.csv": no gazetteer of yours'):
        remove_gazetteer(store, chosen, "own.csv")


def test_coordinates_of_one_dataset_help_the_next_unless_that_is_off(store, chosen, tmp_path, monkeypatch):
    imported(store, tmp_path, "2024-05-01,Battles,A,Iran,Kerman,Zzabad,30.5,57.5,town,1\n", "given.csv")
    row = "2024-05-02,Battles,A,Iran,Kerman,Zzabad,,,,{}\n"
    first = imported(store, tmp_path, row.format(1), "a.csv")
    assert places(store, first) == [(30.5, "town", "own data")]
    monkeypatch.setenv("INCIDENTS_OWN_DATA", "0")
    second = imported(store, tmp_path, row.format(2), "b.csv")
    assert places(store, second)[0][1:] == ("province", "gazetteer")
