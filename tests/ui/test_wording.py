"""Numbers, dates and filters in words."""

from datetime import date

import pytest

from incidents.model.figures import Total
from incidents.model.filters import IncidentFilter
from incidents.ui.headline import headline
from incidents.ui.wording import chips, figure, period, span
from incidents.views.values import FacetValue


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (11, 11, None, "at least 11"),
        (10, 10, 15, "10 (10 to 15)"),
        (4, 4, 4, "4"),
        (0, 0, 0, "0"),
        (None, None, None, "no figure"),
        (5, None, None, "at least 5"),
        (21, 22, None, "22 (at least 21)"),
        (None, None, 7, "7"),
        (2, None, 7, "2 to 7"),
        (1000, 1200, 1500, "1,200 (1,000 to 1,500)"),
    ],
)
def test_a_figure_in_words(low: int | None, best: int | None, high: int | None, words: str) -> None:
    assert figure(low, best, high) == words


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        (date(2024, 4, 3), date(2024, 4, 4), "day", "3 to 4 April 2024"),
        (date(2024, 4, 3), date(2024, 4, 3), "day", "3 April 2024"),
        (date(2023, 12, 30), date(2024, 1, 2), "day", "30 December 2023 to 2 January 2024"),
        (date(2005, 12, 1), date(2005, 12, 31), "month", "December 2005, day not known"),
        (date(2005, 1, 1), date(2005, 12, 31), "year", "2005, day not known"),
        (date(2024, 4, 1), date(2024, 4, 7), "week", "1 to 7 April 2024, day not known"),
    ],
)
def test_days_of_an_incident(start: date, end: date, precision: str, words: str) -> None:
    assert period(start, end, precision) == words


def test_an_open_total_ends_in_a_plus() -> None:
    assert span(Total(403, 492, 561, open=3, unknown=0, known=40)) == "403 to 561+"


def test_each_thing_asked_has_a_chip_of_its_own() -> None:
    wanted = IncidentFilter(end=date(2024, 4, 4), actor=("A", "B"), fatalities_least=1, words="police")
    assert chips(wanted, {}) == {
        "When: ... to 2024-04-04": ("dates", None),
        "Actor: A": ("actor", "A"),
        "Actor: B": ("actor", "B"),
        "Killed: at least 1": ("fatalities_least", None),
        "Words: police": ("words", None),
    }


def test_every_narrowing_field_has_a_chip() -> None:
    fields = {
        "start": date(2024, 1, 1),
        "country": ("X",),
        "fatalities_most": 3,
        "geo_precision": ("town",),
        "leave_out_words": True,
    }
    for name, value in fields.items():
        assert len(chips(IncidentFilter(**{name: value}), {})) == 1, name  # type: ignore[arg-type]


PRECISIONS = (FacetValue("town", 1000), FacetValue("province", 30), FacetValue("unlocated", 4))


def test_the_sentence_counts_areas_and_the_unlocated_as_without_a_town() -> None:
    assert (
        headline(1034, 2000, PRECISIONS, IncidentFilter()).sentence
        == "Showing 1,034 of 2,000 incidents; 34 without a town."
    )


def test_the_sentence_follows_a_filter_on_precision() -> None:
    wanted = IncidentFilter(geo_precision=("province",))
    assert headline(30, 2000, PRECISIONS, wanted).sentence == "Showing 30 of 2,000 incidents; 30 without a town."
