"""Export files: the ending chooses the format, and a file is there whole or not at all."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.views.made_data import made_store

from incidents.exports import UnknownFormat, export
from incidents.exports.files import Unwritable
from incidents.model.filters import EVERYTHING
from incidents.store import Reader


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with made_store(tmp_path_factory.mktemp("exports")) as store:
        yield store.reader()


def test_the_number_of_incidents_is_returned(reader: Reader, tmp_path: Path) -> None:
    assert export(reader, EVERYTHING, tmp_path / "a.geojson") == 300


def test_csv_has_its_credits_beside_it(reader: Reader, tmp_path: Path) -> None:
    export(reader, EVERYTHING.with_(country=("Iran",)), tmp_path / "a.csv")
    said = json.loads((tmp_path / "a.csv.about.json").read_text(encoding="utf-8"))
    assert said["filter"] == "country Iran"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.csv.about.json"]


def test_gz_is_compressed(reader: Reader, tmp_path: Path) -> None:
    export(reader, EVERYTHING, tmp_path / "a.csv")
    export(reader, EVERYTHING, tmp_path / "a.csv.gz")
    assert gzip.decompress((tmp_path / "a.csv.gz").read_bytes()) == (tmp_path / "a.csv").read_bytes()


def test_an_unknown_ending_is_refused_with_the_known_ones(reader: Reader, tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match=r"a\.xyz: the ending must be one of \.csv, \.csv\.gz, \.geojson"):
        export(reader, EVERYTHING, tmp_path / "a.xyz")


def test_a_folder_that_is_not_there_is_one_sentence(reader: Reader, tmp_path: Path) -> None:
    with pytest.raises(Unwritable, match="the export cannot be written"):
        export(reader, EVERYTHING, tmp_path / "none" / "a.csv")


def test_a_failed_export_leaves_the_old_file(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("old")

    def broken(*_: object) -> Iterator[bytes]:
        yield b"half"
        raise ZeroDivisionError

    monkeypatch.setattr("incidents.exports.files.FORMATS", {".csv": broken})
    with pytest.raises(ZeroDivisionError):
        export(reader, EVERYTHING, tmp_path / "a.csv")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.csv", "old")]
