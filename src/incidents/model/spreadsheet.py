"""Cells that a spreadsheet would run are made inert on the way out and restored on the way in."""

import re

FULL_WIDTH = "\uff1d\uff0b\uff0d\uff20"  # = + - @ as an East Asian spreadsheet may read them
ACTIVE = "=+-@\t\r\n" + FULL_WIDTH
_SIGNED_NUMBER = re.compile(r"[+-]\d+(?:[.,]\d+)?\Z")


def inert(text: str) -> str:
    """A quote before text that begins as a formula would, or that already looks quoted; signed numbers stay as they are.

    `restored` undoes it exactly: "'=1" is written as "''=1".
    """
    if not text:
        return text
    if text[0] in ACTIVE and not _SIGNED_NUMBER.match(text):
        return "'" + text
    if text[0] == "'" and _is_quoted(text):
        return "'" + text
    return text


def restored(text: str) -> str:
    """The text that `inert` was given."""
    return text[1:] if _is_quoted(text) else text


def _is_quoted(text: str) -> bool:
    """Quotes, at least one, and then an active character that is not a signed number's."""
    bare = text.lstrip("'")
    return bare != text and bool(bare) and bare[0] in ACTIVE and not _SIGNED_NUMBER.match(bare)
