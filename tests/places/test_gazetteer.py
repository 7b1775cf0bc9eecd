import csv
import os
import threading
import time

import pytest

from incidents.model.errors import StoreError
from incidents.model.resources import data_file
from incidents.places import gazetteer as module
from incidents.places.gazetteer import Gazetteer, index_path, open_index
from incidents.places.names import compact


def test_an_index_that_is_there_is_opened_without_building(gazetteer, monkeypatch):
    from incidents.model.settings import settings

    monkeypatch.setattr(module, "_build", lambda *_: pytest.fail("built again"))
    assert open_index(settings().index_folder).places({compact("Rask"): 0}, "IR")


def test_a_failed_build_says_where_and_why(tmp_path, monkeypatch):
    folder = tmp_path / "index"
    monkeypatch.setattr(module.sys, "executable", "/bin/false")
    with pytest.raises(StoreError, match=r"place index could not be built in .*index.*INCIDENTS_INDEX"):
        open_index(folder)
    assert list(folder.iterdir()) == []


def test_the_index_is_named_after_what_it_is_made_of(tmp_path, monkeypatch):
    before = index_path(tmp_path)
    monkeypatch.setattr(module, "_LAYOUT", -1)
    assert index_path(tmp_path) != before


def test_threads_may_share_a_gazetteer(gazetteer: Gazetteer):
    found: list[str] = []

    def look() -> None:
        for _ in range(50):
            found.extend(place.name for place in gazetteer.places({compact("Khash"): 0}, "IR") if place.level == 0)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 200


def test_every_place_of_the_supplement_has_a_source_and_a_radius():
    with data_file("places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 20
    for row in rows:
        assert row["source"], row["name"]
        assert 5 <= float(row["radius_km"]) <= 250, row["name"]
        assert row["precision"] in ("town", "near", "district"), row["name"]
        assert row["precision"] == "district" or "No open coordinate" not in row["source"], row["name"]


def test_a_place_inside_a_polygon_gets_its_province():
    import numpy as np

    from incidents.places.polygons import _inside

    square_with_hole = [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]], [[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]]]
    inside = _inside(np.array([0.5, 2.0, 5.0]), np.array([0.5, 2.0, 2.0]), square_with_hole)
    assert inside.tolist() == [True, False, False]


def test_a_builder_that_was_killed_does_not_hold_up_the_next(tmp_path, monkeypatch):
    path = index_path(tmp_path)
    part = path.with_name(f"{path.name}.1.part")
    part.write_bytes(b"half")
    monkeypatch.setattr(module, "STALLED_SECONDS", -1.0)
    assert module._is_being_built(path, None) is False
    assert not part.exists()


def test_while_another_process_builds_one_waits_and_says_so(tmp_path):
    path = index_path(tmp_path)
    part = path.with_name(f"{path.name}.1.part")
    part.write_bytes(b"half")
    told: list[str] = []

    def finish(share: float, text: str) -> None:
        told.append(text)
        part.rename(path)

    assert module._is_being_built(path, finish) is True
    assert told == ["another process is building the place index"]


def test_an_index_that_nobody_opens_any_more_is_removed(tmp_path):
    kept, unused, other = (tmp_path / f"places-{name}.sqlite" for name in ("new", "old", "young"))
    for path in (kept, unused, other):
        path.write_bytes(b"")
    os.utime(unused, (0, 0))
    module._sweep(kept)
    assert sorted(tmp_path.iterdir()) == [kept, other]


def test_opening_an_index_keeps_it_from_being_removed(tmp_path):
    path = tmp_path / "places-old.sqlite"
    path.write_bytes(b"")
    os.utime(path, (0, 0))
    module._mark_used(path)
    assert time.time() - path.stat().st_mtime < 60
