"""Numbers and dates in words."""

from datetime import date

import pytest

from incidents.model.figures import Total
from incidents.ui.wording import figure, period, span


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
