"""Chips: one for each thing that the filter asks, and taking it away."""

from datetime import date

from hypothesis import given
from tests.views.made_filters import filters

from incidents.model.filters import EVERYTHING, Box, IncidentFilter, Near, Where
from incidents.model.sentences import chips, sentence, without_chip

EACH = {
    "start": date(2024, 1, 1),
    "end": date(2024, 1, 1),
    "country": ("X",),
    "admin1": ("X",),
    "admin2": ("X",),
    "location": ("X",),
    "near": Near(25.0, 60.0, 5.0),
    "bbox": Box(20, 50, 30, 60),
    "actor": ("X",),
    "event_type": ("X",),
    "fatalities_least": 0,
    "fatalities_most": 3,
    "geo_precision": ("town",),
    "words": "x",
    "where": (Where("Weapon", ""),),
    "leave_out_words": True,
    "dataset": ("X",),
}


def texts(wanted: IncidentFilter) -> list[str]:
    return [chip.text for chip in chips(wanted)]


def test_each_thing_asked_has_a_chip_of_its_own() -> None:
    wanted = IncidentFilter(end=date(2024, 4, 4), actor=("A", "B"), fatalities_least=1, words="police")
    assert texts(wanted) == ["When: until 4 Apr 2024", "Actor: A", "Actor: B", "Killed: at least 1", "Words: police"]


def test_every_field_of_the_filter_has_a_chip() -> None:
    assert set(EACH) == set(IncidentFilter.__dataclass_fields__)
    for name, value in EACH.items():
        assert len(chips(IncidentFilter(**{name: value}))) == 1, name  # type: ignore[arg-type]


def test_a_place_that_is_not_stated_is_said() -> None:
    assert texts(IncidentFilter(admin1=("",))) == ["Province: not stated"]


def test_chips_of_one_text_are_told_apart_and_removed_one_by_one() -> None:
    wanted = IncidentFilter(words="A", where=(Where("Words: A", "B"), Where("Words: A", "B", False)), actor=("A is B",))
    made = chips(IncidentFilter(where=(Where("a", "b is c"), Where("a is b", "c"))))
    assert [chip.text for chip in made] == ["a is b is c", "a is b is c (2)"]
    assert len(set(texts(wanted))) == 4


def test_a_dataset_is_called_by_its_name() -> None:
    assert [chip.text for chip in chips(IncidentFilter(dataset=("id",)), {"id": "events.csv"})] == [
        "Dataset: events.csv"
    ]


@given(filters)
def test_taking_every_chip_away_one_by_one_leaves_everything(wanted: IncidentFilter) -> None:
    rest = wanted
    while made := chips(rest):
        fewer = without_chip(rest, made[-1])
        assert [chip.text for chip in chips(fewer)] == [chip.text for chip in made[:-1]]
        rest = fewer
    assert rest.with_(words="") == EVERYTHING
    assert sentence(rest) == "all incidents"
