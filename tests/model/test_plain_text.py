"""Text of a file in a message: one line of what can be read."""

import pytest

from incidents.model.plain_text import one_line


@pytest.mark.parametrize(
    "unseen", ["\n", "\x1b", "\u202e", "\u200f", "\ud800", "\ud7ff", "\ue000"], ids=lambda text: f"U+{ord(text):04X}"
)
def test_what_cannot_be_seen_is_not_said(unseen: str) -> None:
    assert one_line(f"a{unseen}b") == "a b"


def test_joiners_that_spell_a_word_stay() -> None:
    assert one_line("می\u200cشود") == "می\u200cشود"
