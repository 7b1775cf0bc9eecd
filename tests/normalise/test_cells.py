"""Columns by distinct cell."""

import pyarrow as pa

from incidents.normalise.cells import cells_of, encode, shortened


def test_each_distinct_cell_is_there_once_without_the_blanks_around_it() -> None:
    cells = cells_of("place", encode(pa.table({"place": ["Rask ", "Zabol", "Rask "]}), "place"))
    assert cells.distinct == ["Rask", "Zabol"]
    assert cells.codes.tolist() == [0, 1, 0]


def test_cells_that_become_equal_are_one() -> None:
    days = pa.array(["2024-04-04 10:00", "2024-04-05", "2024-04-04 11:30"]).dictionary_encode()
    cells = cells_of("date", shortened(days, r"^(\d{4}-\d\d-\d\d) .*$", r"\1"))
    assert cells.distinct == ["2024-04-04", "2024-04-05"]
    assert cells.codes.tolist() == [0, 1, 0]


def test_a_column_without_rows_has_no_cells() -> None:
    cells = cells_of("place", encode(pa.table({"place": pa.array([], pa.string())}), "place"))
    assert (cells.distinct, cells.codes.tolist()) == ([], [])
