"""Rows that equal an earlier one are told by all their cells."""

import pyarrow as pa

from incidents.reading.repeated import repeated_rows


def repeats(*rows: tuple[str, str]) -> list[tuple[int, int]]:
    table = pa.table({"place": [place for place, _ in rows], "killed": [killed for _, killed in rows]})
    return list(zip(*(part.tolist() for part in repeated_rows(table)), strict=True))


def test_a_row_repeats_the_first_of_its_kind() -> None:
    assert repeats(("Rask", "1"), ("Zabol", "1"), ("Rask", "1"), ("Rask", "1")) == [(2, 0), (3, 0)]


def test_rows_of_several_kinds_come_in_the_order_of_the_file() -> None:
    assert repeats(("b", "1"), ("a", "1"), ("a", "1"), ("b", "1")) == [(2, 1), (3, 0)]


def test_one_cell_that_differs_makes_another_row() -> None:
    assert repeats(("Rask", "1"), ("Rask", "2"), ("Rask ", "1")) == []


def test_parts_of_a_table_are_one_table() -> None:
    part = pa.table({"place": ["Rask"], "killed": ["1"]})
    assert [each.tolist() for each in repeated_rows(pa.concat_tables([part, part]))] == [[1], [0]]
