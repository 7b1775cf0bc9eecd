"""Report files: what was read is there again, and no cell runs in a spreadsheet."""

import csv
import io
from pathlib import Path

import pytest

from incidents.cli import main
from incidents.ingest import import_file
from incidents.ingest.report_files import KINDS, report_csv
from incidents.model.dataset import Dataset
from incidents.model.spreadsheet import restored
from incidents.normalise.options import ImportOptions
from incidents.store import Store, open_store

HOSTILE = '=HYPERLINK("http://example.org")'
CONTENT = f"""event_id,date,place,country,killed,notes
1,2024-05-01,Zahedan,Iran,3,plain
2,never,Khash,Iran,1,"{HOSTILE.replace('"', '""')}"
3,2024-05-03,Zabol,Iran,two,plain
"{HOSTILE.replace('"', '""')}",not a day,Zabol,Iran,1,x
5,2024-05-04,Zahedan,Iran,dozens,"{HOSTILE.replace('"', '""')}"
"""


@pytest.fixture
def imported(store_folder: Path, tmp_path: Path) -> tuple[Store, Dataset]:
    (tmp_path / "a.csv").write_text(CONTENT, encoding="utf-8")
    store = open_store(str(store_folder))
    import_file(store, tmp_path / "a.csv", ImportOptions(), name="April")
    return store, store.find("April")


def rows(store: Store, dataset: Dataset, kind: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(report_csv(store, dataset.dataset_id, kind)))))


def test_read_is_kept_and_rejected(imported: tuple[Store, Dataset]) -> None:
    store, dataset = imported
    assert dataset.read == 5
    assert len(rows(store, dataset, "kept")) == dataset.kept == 3
    assert len(rows(store, dataset, "rejected")) == dataset.rejected == 2


def test_every_line_of_the_file_is_in_one_of_the_two(imported: tuple[Store, Dataset]) -> None:
    store, dataset = imported
    lines = [int(row["line"]) for kind in ("kept", "rejected") for row in rows(store, dataset, kind)]
    assert sorted(lines) == [2, 3, 4, 5, 6]


def test_a_rejected_row_says_where_what_and_why(imported: tuple[Store, Dataset]) -> None:
    first = rows(*imported, "rejected")[0]
    assert (first["line"], first["column"], first["value"]) == ("3", "date", "never")
    assert first["reason"]
    assert first["raw"].startswith("2,never,Khash")


def test_cells_are_inert_and_restorable(imported: tuple[Store, Dataset]) -> None:
    store, dataset = imported
    for kind in KINDS:
        for row in rows(store, dataset, kind):
            assert not any(cell.startswith(("=", "@", "\t", "\r")) for cell in row.values())
    notes = [restored(row["notes"]) for row in rows(store, dataset, "kept")]
    assert notes == ["plain", "plain", HOSTILE]


def test_the_command_writes_the_same(imported: tuple[Store, Dataset], tmp_path: Path) -> None:
    store, dataset = imported
    for kind in KINDS:
        target = tmp_path / f"{kind}.csv"
        assert main(["report", "April", "--kind", kind, "-o", str(target)]) == 0
        assert target.read_text(encoding="utf-8") == "".join(report_csv(store, dataset.dataset_id, kind))


def test_an_unknown_dataset_is_one_sentence(store_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "nothing"]) == 1
    assert capsys.readouterr().err == 'incidents: "nothing": no dataset has that name or id; in the store: none.\n'


def test_a_dataset_can_be_renamed(imported: tuple[Store, Dataset], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rename", "April", "Spring"]) == 0
    assert imported[0].find("Spring").dataset_id == imported[1].dataset_id
