"""Incidents wait on disk for the data file, in the order in which they came."""

from pathlib import Path

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
