"""Incidents wait on disk for the data file, and go into it by date, some at a time."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from incidents.model.schema import INCIDENTS
from incidents.store.staged import StagedIncidents


def rows(*ids: str) -> pa.Table:
    return pa.Table.from_pylist([{"incident_id": each} for each in ids], schema=INCIDENTS)


def ids_of(staged: StagedIncidents) -> list[str]:
    with staged.rows() as reader:
        return list(reader.read_all()["incident_id"].to_pylist())


def test_rows_come_back_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    staged = StagedIncidents(tmp_path / "rows")
    staged.add(rows("b", "a"))
    staged.add(rows("c"))
    assert ids_of(staged) == ["b", "a", "c"]


def test_nothing_added_is_no_rows(tmp_path: Path) -> None:
    assert ids_of(StagedIncidents(tmp_path / "rows")) == []


def test_what_was_read_cannot_be_added_to(tmp_path: Path) -> None:
    staged = StagedIncidents(tmp_path / "rows")
    ids_of(staged)
    with pytest.raises(ValueError, match="closed"):
        staged.add(rows("a"))


def test_it_may_be_closed_at_any_time(tmp_path: Path) -> None:
    staged = StagedIncidents(tmp_path / "rows")
    staged.close()
    staged.close()
    assert (tmp_path / "rows").exists()


def dated(*rows: tuple[date | None, int]) -> pa.Table:
    return pa.Table.from_pylist([{"event_date": day, "source_row": row} for day, row in rows], schema=INCIDENTS)


def parts_of(staged: StagedIncidents, rows: int) -> list[list[tuple[date | None, int]]]:
    return [
        list(zip(part["event_date"].to_pylist(), part["source_row"].to_pylist(), strict=True))
        for part in staged.parts(rows)
    ]


DAYS = [date(2024, 4, day) for day in range(1, 8)]


def test_parts_are_by_date_and_then_by_row(tmp_path: Path) -> None:
    staged = StagedIncidents(tmp_path / "rows")
    staged.add(dated((DAYS[5], 2), (DAYS[0], 3), (DAYS[3], 4)))
    staged.add(dated((DAYS[0], 1), (None, 5), (DAYS[6], 6), (DAYS[2], 7)))
    assert parts_of(staged, 3) == [
        [(DAYS[0], 1), (DAYS[0], 3), (DAYS[2], 7)],
        [(DAYS[3], 4), (DAYS[5], 2), (DAYS[6], 6)],
        [(None, 5)],
    ]


@pytest.mark.parametrize("rows", [1, 2, 3, 7, 100])
def test_rows_that_came_in_order_stay_as_they_are(tmp_path: Path, rows: int) -> None:
    staged = StagedIncidents(tmp_path / "rows")
    came = [(day, number) for number, day in enumerate(DAYS)]
    staged.add(dated(*came[:4]))
    staged.add(dated(*came[4:]))
    parts = parts_of(staged, rows)
    assert [row for part in parts for row in part] == came
    assert {len(part) for part in parts[:-1]} <= {rows}


def test_one_day_alone_is_shared_out_by_its_rows(tmp_path: Path) -> None:
    staged = StagedIncidents(tmp_path / "rows")
    staged.add(dated(*((DAYS[0], number) for number in (3, 1, 4, 2))))
    assert parts_of(staged, 2) == [[(DAYS[0], 1), (DAYS[0], 2)], [(DAYS[0], 3), (DAYS[0], 4)]]


def test_the_earliest_and_the_latest_days_sort_too(tmp_path: Path) -> None:
    staged = StagedIncidents(tmp_path / "rows")
    staged.add(dated((date.max, 1), (date.min, 2), (None, 3), (date(1970, 1, 1), 4)))
    assert parts_of(staged, 2) == [[(date.min, 2), (date(1970, 1, 1), 4)], [(date.max, 1), (None, 3)]]


def test_there_are_never_more_parts_than_files_may_be_open(tmp_path: Path) -> None:
    staged = StagedIncidents(tmp_path / "rows")
    numbers = np.random.default_rng(7).permutation(1_000)
    staged.add(dated(*((DAYS[0] + timedelta(days=int(number)), int(number)) for number in numbers)))
    parts = parts_of(staged, 2)
    assert [row for part in parts for _, row in part] == list(range(1_000))
    assert len(parts) <= 200


def test_nothing_is_left_beside_once_the_parts_are_read(tmp_path: Path) -> None:
    staged = StagedIncidents(tmp_path / "rows")
    staged.add(dated((DAYS[1], 1), (DAYS[0], 2), (DAYS[2], 3)))
    assert sum(len(part) for part in parts_of(staged, 1)) == 3
    assert list(tmp_path.iterdir()) == []


def test_no_rows_are_no_parts(tmp_path: Path) -> None:
    assert parts_of(StagedIncidents(tmp_path / "rows"), 5) == []
