"""Casualty cells: low, best, high, and what is no figure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.model.figures import UNKNOWN, Figure
from incidents.normalise.casualties import parse_figure


@pytest.mark.parametrize(
    ("cell", "low", "best", "high"),
    [
        ("11", 11, 11, 11),
        ("0", 0, 0, 0),
        ("2.0", 2, 2, 2),
        ("1,200", 1200, 1200, 1200),
        ("1 200", 1200, 1200, 1200),
        ("3 – 7", 3, 3, 7),
        ("25–150", 25, 25, 150),
        ("10-15", 10, 10, 15),
        ("between 10 and 15", 10, 10, 15),
        ("10 to 15 people killed", 10, 10, 15),
        ("100+", 100, 100, None),
        ("at least 11", 11, 11, None),
        ("more than 30", 30, 30, None),
        ("at least a dozen", 12, 12, None),
        ("2 (incl. 1 child)", 2, 2, 2),
        ("eleven", 11, 11, 11),
        ("twenty-three", 23, 23, 23),
        ("one hundred and five", 105, 105, 105),
        ("۱۱", 11, 11, 11),
        ("١٢", 12, 12, 12),
        ("دست کم ۱۱ نفر", 11, 11, None),
        ("12 people", 12, 12, 12),
        ("up to 10", None, None, 10),
        ("none reported", 0, 0, 0),
    ],
)
def test_number_gives_low_best_high(cell: str, low: int | None, best: int | None, high: int | None) -> None:
    assert parse_figure(cell).figure == Figure(low, best, high)


@pytest.mark.parametrize(
    ("cell", "number"), [("several", 3), ("few", 3), ("tens", 10), ("dozens", 12), ("hundreds of civilians", 100)]
)
def test_word_is_the_coders_convention_and_marked(cell: str, number: int) -> None:
    assert parse_figure(cell).figure == Figure(number, number, None, from_words=True)


@pytest.mark.parametrize("cell", ["", "Unknown", "N/A", "-99", "-9", "-", "?", "نامشخص", "n/a "])
def test_no_number_is_unknown_without_a_note(cell: str) -> None:
    assert parse_figure(cell).figure == UNKNOWN
    assert not parse_figure(cell).note


@pytest.mark.parametrize(
    ("cell", "note"),
    [
        ("https://example.org/12", "not a number"),
        ("see the report", "not a number"),
        ("2.5", "not a whole number"),
        ("3,5", "not a whole number"),
        ("-5", "a negative number"),
        ("99999999999", "more than ten million"),
        ("11 or 12 in one place, 7 in another", "several numbers"),
        ("10 injured", "the number counts the injured"),
    ],
)
def test_what_is_no_figure_is_noted(cell: str, note: str) -> None:
    found = parse_figure(cell)
    assert found.figure == UNKNOWN
    assert found.note == note


def test_at_least_belongs_to_the_number_it_stands_before() -> None:
    cell = "at least 5 killed and 10 wounded"
    assert parse_figure(cell).figure == Figure(5, 5, None)
    assert parse_figure(cell, injured=True).figure == Figure(10, 10, 10)


@given(st.text(max_size=80), st.booleans())
def test_no_text_makes_the_parser_raise(text: str, injured: bool) -> None:
    figure = parse_figure(text, injured=injured).figure
    known = [number for number in (figure.low, figure.best, figure.high) if number is not None]
    assert known == sorted(known)
    assert all(0 <= number <= 10_000_000 for number in known)


_PIECES = st.lists(
    st.sampled_from(
        [
            "at",
            "least",
            "up",
            "to",
            "around",
            "-",
            "–",
            "+",
            "3",
            "12",
            "1,200",
            "1.5",
            "dozens",
            "several",
            "killed",
            "and",
            "wounded",
            "(",
            ")",
            "[",
            "]",
            "?",
            "zero",
            "hundred",
            "thousand",
            "unknown",
            "۱۱",
            ",",
            ".",
            "-99",
            "twenty",
        ]
    ),
    max_size=8,
)


@given(_PIECES, st.booleans())
def test_no_mixture_of_figure_parts_makes_the_parser_raise(pieces: list[str], injured: bool) -> None:
    parse_figure(" ".join(pieces), injured=injured)
