"""Lines of which each is one row go into columns at once, with the cells that Python's csv would find."""

import pyarrow as pa
import pytest

from incidents.reading.plain_rows import plain_rows

COLUMNS = pa.schema([("place", pa.string()), ("killed", pa.string())])


def cells(*lines: str, delimiter: str = ",") -> list[tuple[str, ...]] | None:
    rows = plain_rows(list(lines), delimiter, COLUMNS)
    return None if rows is None else list(zip(*(column.to_pylist() for column in rows.columns), strict=True))


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("Rask,11\n", ("Rask", "11")),
        ("Rask,11", ("Rask", "11")),
        ("Rask,\r\n", ("Rask", "")),
        (",\r", ("", "")),
        ('"Rask, Sarbaz",NA\n', ("Rask, Sarbaz", "NA")),
        ('"the ""old"" town", 11 \n', ('the "old" town', " 11 ")),
        ('5" mortar,1\n', ('5" mortar', "1")),
        ("راسک,۱۱\n", ("راسک", "۱۱")),
    ],
)
def test_cells_are_those_of_the_line(line: str, row: tuple[str, str]) -> None:
    assert cells(line) == [row]


def test_text_behind_a_closing_quote_belongs_to_the_cell() -> None:
    assert cells('"Rask"town,11\n', "Zabol,2\n") == [("Rasktown", "11"), ("Zabol", "2")]


def test_another_delimiter_leaves_commas_in_the_cells() -> None:
    assert cells("Rask, Iran;11\n", "Zabol;\n", delimiter=";") == [("Rask, Iran", "11"), ("Zabol", "")]


@pytest.mark.parametrize(
    "lines",
    [
        ("Rask\n",),
        ("Rask,11,12\n",),
        ("Rask,11\n", "\n"),
        ('"Rask\n', 'Sarbaz",11\n'),
        ("Zabol,2\n", 'b"c,"d\n'),
        ("\ufeffRask,11\n",),
    ],
    ids=[
        "too few cells",
        "too many cells",
        "an empty line",
        "a line end in a cell",
        "an open quote",
        "a mark at the start",
    ],
)
def test_other_lines_are_left_to_the_slow_way(lines: tuple[str, ...]) -> None:
    assert cells(*lines) is None


def test_an_unusual_delimiter_is_left_to_the_slow_way() -> None:
    assert cells("Rask§11\n", delimiter="§") is None
