"""Text from a file on one line of a message or a terminal."""

import re

MOST = 1_000
_SHOWN_END = 300  # what to do stands at the end of a message
# Control characters (a terminal obeys them), line separators, marks that turn the text's direction, halves of characters.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]+")

_JOINERS = "\u200c\u200d"  # not seen either, but words of Persian and Hindi are spelled with them


def one_line(text: str) -> str:
    """Without what cannot be seen or is no character of any script, and cut in its middle where it is long."""
    seen = " ".join("".join(each if each.isprintable() or each in _JOINERS else " " for each in text).split())
    return seen if len(seen) <= MOST else f"{seen[: MOST - _SHOWN_END - 3]} … {seen[-_SHOWN_END:]}"


def visible(text: str) -> str:
    """Its lines, without what cannot be seen."""
    return "\n".join(_UNSEEN.sub(" ", line) for line in text.split("\n"))


def escaped(json_text: str) -> str:
    """JSON on one line, its characters that cannot be seen written as \\uXXXX."""
    return _UNSEEN.sub(lambda found: "".join(f"\\u{ord(character):04x}" for character in found[0]), json_text)
