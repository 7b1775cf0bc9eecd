"""Text from a file is inert in a map's script and HTML."""

import pytest

from incidents.maps.text import inert


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("{{7*7}}", "&#123;&#123;7*7&#125;&#125;"),
        ("`${alert(1)}`", "&#96;&#36;&#123;alert(1)&#125;&#96;"),
        ("a\\b", "a&#92;b"),
        ("\"'", "&quot;&#x27;"),
    ],
)
def test_hostile_text_becomes_entities(hostile: str, shown: str) -> None:
    assert inert(hostile) == shown


def test_plain_text_in_any_script_stays() -> None:
    assert inert("چابهار and Rask") == "چابهار and Rask"
