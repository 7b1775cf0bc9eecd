"""Words of the Import page."""

import pytest

from incidents.ui.import_wording import size, without_options


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("a.csv: no date tells (such as 03/04/2024); say which with --dates day-first.", "a.csv: no date tells (such as 03/04/2024)"),
        ("a.csv: no column for the date; found x, b.c. Map one with --map COLUMN=event_date.", "a.csv: no column for the date; found x, b.c."),
        ("a.csv is empty.", "a.csv is empty."),
    ],
)  # fmt: skip
def test_advice_for_the_command_line_stays_there(sentence: str, shown: str) -> None:
    assert without_options(sentence) == shown


@pytest.mark.parametrize(("count", "words"), [(820, "820 bytes"), (14_000, "14 kB"), (1_400_000, "1.4 MB")])
def test_sizes_in_words(count: int, words: str) -> None:
    assert size(count) == words
