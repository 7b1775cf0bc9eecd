"""The generator of synthetic incidents keeps its claims."""

import csv
import gzip
from pathlib import Path

import pyarrow as pa
import pytest

from bench import synthetic

COLUMNS = (
    "event_id", "date", "place", "admin1", "country", "latitude", "longitude", "killed", "injured",
    "actor1", "actor2", "event_type", "notes", "source_dataset",
)  # fmt: skip
ROWS = [
    ("U1", "1991-01-15", "Athmuqam", "Azad Kashmir", "Pakistan", "34.5717", "73.8972", "2", "", "A", "B", "Battles", "", "x"),
    ("S1", "2005-06-27 07:22:00", "Baghdad", "", "Iraq", "", "", "", "", "", "C", "IED", "", "x"),
    ("S2", "2005-06-28 01:00:00", "Baghdad", "", "Iraq", "", "", "", "", "", "C", "IED", "", "x"),
]  # fmt: skip


@pytest.fixture
def base() -> pa.Table:
    return pa.table([pa.array(cells) for cells in zip(*ROWS, strict=True)], names=list(COLUMNS))


def read(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_it_makes_as_many_rows_as_asked_over_several_chunks(
    base: pa.Table, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(synthetic, "CHUNK", 400)
    rows = read(synthetic.write_csv(tmp_path / "synthetic_1000.csv.gz", base, 1000))
    assert len(rows) == 1000
    assert rows[0]["event_id"] == "SYN1"
    assert rows[999]["event_id"] == "SYN1000"


def test_the_same_seed_gives_the_same_bytes(base: pa.Table, tmp_path: Path) -> None:
    first = synthetic.write_csv(tmp_path / "synthetic_a.csv.gz", base, 200)
    second = synthetic.write_csv(tmp_path / "synthetic_b.csv.gz", base, 200)
    assert first.read_bytes() == second.read_bytes()


def test_another_seed_gives_other_rows(base: pa.Table, tmp_path: Path) -> None:
    first = synthetic.write_csv(tmp_path / "synthetic_a.csv.gz", base, 200)
    second = synthetic.write_csv(tmp_path / "synthetic_b.csv.gz", base, 200, seed=1)
    assert read(first) != read(second)


def test_every_row_says_that_it_is_synthetic(base: pa.Table, tmp_path: Path) -> None:
    for number, row in enumerate(read(synthetic.write_csv(tmp_path / "synthetic_200.csv.gz", base, 200)), 1):
        assert row["notes"].startswith(f"Synthetic row {number}, not a real incident: ")
        assert row["source_dataset"] == "synthetic"


def test_a_file_whose_name_does_not_say_synthetic_is_refused(base: pa.Table, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^events\.csv\.gz: .* must say so in its name"):
        synthetic.write_csv(tmp_path / "events.csv.gz", base, 10)


def test_notes_have_at_least_150_characters(base: pa.Table, tmp_path: Path) -> None:
    rows = read(synthetic.write_csv(tmp_path / "synthetic_2000.csv.gz", base, 2000))
    assert min(len(row["notes"]) for row in rows) >= 150


def test_the_skew_is_kept(base: pa.Table, tmp_path: Path) -> None:
    rows = read(synthetic.write_csv(tmp_path / "synthetic_3000.csv.gz", base, 3000))
    iraq = [row for row in rows if row["country"] == "Iraq"]
    assert 1900 <= len(iraq) <= 2100  # two rows of three, give or take four standard deviations
    assert {row["latitude"] for row in iraq} == {""}  # unlocated rows stay unlocated


def test_dates_and_points_move_only_a_little(base: pa.Table, tmp_path: Path) -> None:
    rows = read(synthetic.write_csv(tmp_path / "synthetic_3000.csv.gz", base, 3000))
    pakistan = [row for row in rows if row["country"] == "Pakistan"]
    assert min(row["date"] for row in pakistan) == "1990-12-31"
    assert max(row["date"] for row in pakistan) == "1991-01-30"
    assert all(abs(float(row["latitude"]) - 34.5717) < 0.2 for row in pakistan)
    assert sum(row["latitude"] == "34.5717" for row in pakistan) > len(pakistan) / 3
