"""Place cells: one place or several."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.normalise.coordinates import parse_degrees, parse_pair
from incidents.normalise.places_in_text import parse_places


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Chabahar and Rask", ("Chabahar", "Rask")),
        ("Chabahar & Rask", ("Chabahar", "Rask")),
        ("Iranshahr; Khash; Saravan", ("Iranshahr", "Khash", "Saravan")),
        ("Rask, Chabahar and Sarbaz", ("Rask", "Chabahar", "Sarbaz")),
        ("چابهار و راسک", ("چابهار", "راسک")),
        ("['Kharkiv oblast', 'Sumy oblast']", ("Kharkiv oblast", "Sumy oblast")),
    ],
)
def test_several_places_are_parted(cell: str, names: tuple[str, ...]) -> None:
    assert parse_places(cell).names == names


@pytest.mark.parametrize(
    "cell",
    [
        "Sib and Suran",
        "Sistan and Baluchestan",
        "Sistan & Baluchestan province",
        "LoC in Azad Jammu and Kashmir",
        "North and South Waziristan",
        "Bajaur and Mohmand agencies",
        "Confluence of the Moie and Salween rivers",
        "Quetta, Pakistan",
        "Marj Khawkha / Merc Xuxê village",
        "D.I Khan",
        "سیستان و بلوچستان",
    ],
)
def test_one_place_stays_one(cell: str) -> None:
    assert parse_places(cell).names == (cell,)


@pytest.mark.parametrize(
    ("cell", "precision"),
    [
        ("Between Bandiagara and Bankass", "near"),
        ("Road between A town and B town", "line"),
        ("Khash-Zahedan road", "line"),
        ("12 km north of Quetta", "near"),
        ("Mirjaveh border post", "near"),
        ("Zahedan", None),
    ],
)
def test_words_lower_the_precision_of_one_place(cell: str, precision: str | None) -> None:
    found = parse_places(cell)
    assert (found.names, found.precision) == ((cell,), precision)


def test_cell_with_country_town_and_province_is_taken_apart() -> None:
    found = parse_places("Iran/ Zahedan(Sistan and Baluchestan)")
    assert (found.names, found.admin1, found.country) == (("Zahedan",), "Sistan and Baluchestan", "Iran")


def test_name_known_as_a_whole_is_not_parted() -> None:
    assert parse_places("Upton and Downley", None, lambda name, _: True).names == ("Upton and Downley",)


def test_halves_that_nobody_knows_are_not_parted() -> None:
    known = {"Chabahar", "Rask"}
    assert parse_places("Chabahar and Rask", "Iran", lambda name, _: name in known).names == ("Chabahar", "Rask")
    assert parse_places("Chabahar and Elsewhere", "Iran", lambda name, _: name in known).names == (
        "Chabahar and Elsewhere",
    )


def test_row_with_coordinates_is_one_place_unless_marked() -> None:
    assert parse_places("Chabahar and Rask", is_one=True).names == ("Chabahar and Rask",)
    assert parse_places("Chabahar; Rask", is_one=True).names == ("Chabahar", "Rask")


@pytest.mark.parametrize(
    ("cell", "degrees"),
    [
        ("25.3", 25.3),
        ("25,3", 25.3),
        ("-1,5197", -1.5197),
        ("25.3° N", 25.3),
        ("60.5 W", -60.5),
        ("25°18'00\"N", 25.3),
        ("S 12.5", -12.5),
    ],
)
def test_degrees_are_read(cell: str, degrees: float) -> None:
    assert parse_degrees(cell) == pytest.approx(degrees)


def test_pair_in_one_cell_is_read() -> None:
    assert parse_pair("25.3, 60.6") == (25.3, 60.6)
    assert parse_pair("POINT (60.6 25.3)") == (25.3, 60.6)
    assert parse_pair("nowhere") is None


@given(st.text(max_size=80))
def test_no_text_makes_the_parsers_raise(text: str) -> None:
    found = parse_places(text)
    assert all(name and name == name.strip() for name in found.names)
    parse_degrees(text)
    parse_pair(text)
