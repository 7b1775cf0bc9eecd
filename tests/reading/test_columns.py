"""Proposed mappings and the cells shown beside them."""

import pytest

from incidents.reading.columns import propose, samples
from incidents.reading.files import read_table


def test_samples_are_the_first_different_cells_that_say_something() -> None:
    raw = read_table(
        b"date,town\n2020-01-01,Rask\n2020-01-02,\n2020-01-03, Rask \n2020-01-04,Zabol\n2020-01-05,Khash\n2020-01-06,Bent\n"
    )
    assert samples(raw, "town") == ("Rask", "Zabol", "Khash")
    assert samples(raw, "town", 1) == ("Rask",)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Date of incident,Province,Town,Killed,Wounded", ["event_date", "admin1", "location", "fatalities", "injured"]),
        ("Date de l'incident,Pays,Localité,Morts,Blessés", ["event_date", "country", "location", "fatalities", "injured"]),
        ("Fecha del hecho,Departamento,Municipio,Muertos,Heridos", ["event_date", "admin1", "admin2", "fatalities", "injured"]),
        ("التاريخ,المحافظة,المدينة,القتلى,الجرحى", ["event_date", "admin1", "location", "fatalities", "injured"]),
        ("تاریخ,استان,شهرستان,کشته,زخمی", ["event_date", "admin1", "admin2", "fatalities", "injured"]),
        ("When,Province name,Name of town,No. of people killed,Persons injured", ["event_date", "admin1", "location", "fatalities", "injured"]),
    ],
)  # fmt: skip
def test_header_words_are_known_in_five_languages(header: str, fields: list[str]) -> None:
    raw = read_table(f"{header}\n2020-01-15,Aa,Bb,3,4\n2020-02-16,Cc,Dd,5,6\n".encode(), name="t.csv")
    found = {column: field for field, (column, _) in propose(raw).items()}
    assert [found.get(column) for column in raw.columns] == fields


def test_a_guess_is_less_sure_than_a_known_word() -> None:
    raw = read_table(
        b"date,Number of soldiers or others killed,where it was\n2020-01-15,3,Rask\n2020-02-16,5,Zabol\n", name="t.csv"
    )
    found = propose(raw)
    assert found["event_date"][1] > 0.9
    assert found.get("fatalities", ("", 0.0))[1] < 0.8


def test_coordinates_are_found_by_their_cells() -> None:
    raw = read_table(b"date,p1,p2\n2020-01-15,25.291,60.643\n2020-02-16,26.236,61.399\n", name="t.csv")
    assert (propose(raw)["latitude"], propose(raw)["longitude"]) == (("p1", 0.5), ("p2", 0.5))


def test_killed_by_is_an_actor_and_no_number() -> None:
    raw = read_table(b"date,town,killed by,killed\n2020-01-15,Rask,Army,3\n", name="t.csv")
    found = propose(raw)
    assert (found["actor1"][0], found["fatalities"][0]) == ("killed by", "killed")
