"""The filter in words."""

from datetime import date

import pytest

from incidents.model.filters import EVERYTHING, IncidentFilter, Near, Where
from incidents.model.sentences import parts, sentence, without_part


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (EVERYTHING, "all incidents"),
        (IncidentFilter(start=date(2024, 4, 3), end=date(2024, 4, 4)), "dates 3 Apr 2024 to 4 Apr 2024"),
        (IncidentFilter(start=date(2024, 4, 3), end=date(2024, 4, 3)), "date 3 Apr 2024"),
        (IncidentFilter(start=date(2024, 4, 3)), "from 3 Apr 2024"),
        (IncidentFilter(end=date(2024, 4, 3)), "until 3 Apr 2024"),
        (IncidentFilter(actor=("A", "B"), fatalities_least=1), "actor A or B; killed at least 1"),
        (IncidentFilter(near=Near(25.29, 60.64, 50.0)), "within 50 km of 25.29, 60.64"),
        (
            IncidentFilter(where=(Where("Weapon", "gun"), Where("Weapon", "", False))),
            "Weapon gun; Weapon not not stated",
        ),
        (IncidentFilter(dataset=("a",)), "all incidents"),
    ],
)
def test_a_filter_reads_as(wanted: IncidentFilter, words: str) -> None:
    assert sentence(wanted) == words


def test_a_part_can_be_taken_away_by_its_name() -> None:
    wanted = IncidentFilter(start=date(2024, 4, 3), end=date(2024, 4, 4), country=("Iran",))
    assert [name for name, _ in parts(wanted)] == ["dates", "country"]
    assert without_part(wanted, "dates") == IncidentFilter(country=("Iran",))
