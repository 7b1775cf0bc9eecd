"""A file before it is stored: a report, a question or a refusal, and nothing in the store."""

from pathlib import Path

import pytest

from incidents.ingest import import_file
from incidents.ingest.examine import Examination, examine
from incidents.ingest.progress import silent
from incidents.ingest.uploads import kept_as_file, shown_name
from incidents.model.errors import Cancelled
from incidents.normalise.options import ImportOptions
from incidents.store import open_store

GOOD = b"event_id,date,place,country,killed\n1,2024-05-01,Zahedan,Iran,3\n2,never,Khash,Iran,1\n"


def examined(tmp_path: Path, content: bytes, **options: str) -> Examination:
    with open_store(str(tmp_path / "store")) as store, kept_as_file(content) as path:
        found = examine(store, path, ImportOptions(**options), silent, file="upload.csv")  # type: ignore[arg-type]
        assert store.datasets() == ()
        assert str(path) not in f"{found.refusal}{found.question}"
    return found


def test_a_good_file_has_a_report(tmp_path: Path) -> None:
    report = examined(tmp_path, GOOD).report
    assert report
    assert (report.read, report.kept, report.rejected, report.file) == (2, 1, 1, "upload.csv")
    assert (report.totals["fatalities"].best, report.totals["injured"].known) == (3, 0)


def test_ambiguous_dates_are_a_question_beside_the_columns(tmp_path: Path) -> None:
    found = examined(tmp_path, b"date,place,country\n03/04/2024,Zahedan,Iran\n")
    assert found.question
    assert found.question.question == "dates"
    assert found.look
    assert found.look.mapping["event_date"] == ("date",)


def test_an_answer_settles_it(tmp_path: Path) -> None:
    report = examined(tmp_path, b"date,place,country\n03/04/2024,Zahedan,Iran\n", dates="month-first").report
    assert report
    assert report.first_date == "2024-03-04"


def test_a_file_without_a_date_shows_its_columns_all_the_same(tmp_path: Path) -> None:
    found = examined(tmp_path, b"who,town,killed\nA,Zahedan,2\nB,Khash,3\n")
    assert found.refusal
    assert found.look
    assert found.look.columns == ("who", "town", "killed")


def test_what_is_no_table_is_refused_under_its_shown_name(tmp_path: Path) -> None:
    found = examined(tmp_path, b"%PDF-1.7 and so on")
    assert found.look is None
    assert found.refusal == "upload.csv is not a table of text: it is a PDF document."


def test_a_file_that_is_in_the_store_already_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(GOOD)
    with open_store(str(tmp_path / "store")) as store:
        import_file(store, tmp_path / "a.csv", ImportOptions(), name="April")
        assert examine(store, tmp_path / "a.csv", ImportOptions(), silent, file="again.csv").already == "April"


@pytest.mark.parametrize("stage", ["reading", "checking", "placing", "storing"])
def test_a_stop_at_any_stage_leaves_nothing(tmp_path: Path, stage: str) -> None:
    (tmp_path / "a.csv").write_bytes(GOOD)

    def stop(now: str, done: int, of: int | None) -> None:
        if now == stage:
            raise Cancelled("stopped")

    with open_store(str(tmp_path / "store")) as store:
        with pytest.raises(Cancelled, match="stopped"):
            import_file(store, tmp_path / "a.csv", ImportOptions(mapping={"killed": "injured"}), progress=stop)
        assert store.datasets() == ()
        assert store.mappings() == {}
    assert list((tmp_path / "store" / "datasets").iterdir()) == []


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../x", "x"),
        ("..\\..\\boot.csv", "boot.csv"),
        ("..", "unnamed file"),
        ("", "unnamed file"),
        ("a\x00b\u202egnp.csv", "abgnp.csv"),
        ("/etc/passwd", "passwd"),
        ("x" * 300 + ".csv", "x" * 60 + "…" + "x" * 15 + ".csv"),
    ],
)
def test_a_name_is_only_shown(given: str, shown: str) -> None:
    assert shown_name(given) == shown


def test_the_uploaded_bytes_go_when_the_work_ends() -> None:
    with kept_as_file(b"bytes") as path:
        assert path.read_bytes() == b"bytes"
    assert not path.exists()
    assert not path.parent.exists()
