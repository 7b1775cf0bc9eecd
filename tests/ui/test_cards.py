"""The change against the days before, in words."""

from datetime import date

from incidents.model.figures import total
from incidents.model.filters import IncidentFilter
from incidents.ui.cards import _change, _change_notes
from incidents.views.change import Before, is_too_few
from incidents.views.values import Cards

NONE = total(0, 0, 0, 0, 0, 0)
APRIL = IncidentFilter(start=date(2024, 4, 1), end=date(2024, 4, 30))


def cards(incidents: int, dead: int = 0) -> Cards:
    known = total(dead, dead, dead, 0, 0, incidents)
    return Cards(incidents, 40, 0, 0, known, {}, NONE, 5, 4, 0, 0, 0, None, None)


def before(incidents: int, last: date = date(2024, 12, 31), first: date = date(2020, 1, 1)) -> Before:
    return Before(date(2024, 3, 2), date(2024, 3, 31), incidents, 12, 0, first, last)


def test_two_before_and_five_now_are_too_few() -> None:
    assert is_too_few(2, 5)
    assert not is_too_few(3, 5)
    assert not is_too_few(2, 6)
    assert _change(cards(5), before(2))[:2] == ("too few", "to say what changed")


def test_a_change_has_a_sign_and_a_word() -> None:
    assert _change(cards(9), before(4)) == ("+5", "more incidents than before", "9 now, 4 before")
    assert _change(cards(3), before(1004)) == ("−1,001", "fewer incidents than before", "3 now, 1,004 before")
    assert _change(cards(4), before(4))[:2] == ("±0", "as many incidents as before")


def test_both_windows_are_stated() -> None:
    assert _change_notes(cards(9, 30), APRIL, before(4)) == [
        "Change: 1 to 30 April 2024 (9 incidents, 30 reported dead) against 2 to 31 March 2024 (4 incidents, 12 reported dead)."
    ]


def test_days_after_the_data_are_said() -> None:
    notes = _change_notes(cards(9), APRIL, before(4, last=date(2024, 4, 20)))
    assert notes[1:] == ["The data end on 20 April 2024, before the chosen days do."]


def test_the_last_days_of_the_data_are_said_to_be_incomplete() -> None:
    notes = _change_notes(cards(9), APRIL, before(4, last=date(2024, 5, 4)))
    assert notes[1:] == ["The last days of the data, up to 4 May 2024, are likely incomplete."]


def test_days_before_the_data_are_said() -> None:
    notes = _change_notes(cards(9), APRIL, before(4, first=date(2024, 3, 10)))
    assert notes[1:] == ["The data begin on 10 March 2024: the days before are not covered in full."]
