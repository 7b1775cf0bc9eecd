"""Windows of time, one after another."""

from datetime import date

import pytest

from incidents.ui.play_windows import Windows

SPAN = (date(2023, 11, 20), date(2024, 2, 3))


@pytest.mark.parametrize(("unit", "steps"), [("day", 76), ("week", 11), ("month", 4), ("quarter", 2), ("year", 2)])
def test_there_is_a_step_for_each_bar(unit: str, steps: int) -> None:
    assert Windows(*SPAN, unit, 1).steps == steps


def test_a_moving_window_ends_with_its_bar_and_is_shorter_at_the_start() -> None:
    windows = Windows(*SPAN, "month", 3)
    assert windows.at(0) == (date(2023, 11, 1), date(2023, 11, 30))
    assert windows.at(3) == (date(2023, 12, 1), date(2024, 2, 29))


def test_a_growing_window_keeps_its_start() -> None:
    assert Windows(*SPAN, "month", None).at(2) == (date(2023, 11, 1), date(2024, 1, 31))


def test_weeks_begin_on_monday() -> None:
    assert Windows(*SPAN, "week", 1).at(1) == (date(2023, 11, 27), date(2023, 12, 3))
