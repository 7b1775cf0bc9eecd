"""Text that was encoded twice, and bytes that no letter stands for."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from incidents.reading.encoding import STRAY
from incidents.reading.raw import Repair

_TWICE = "[ÂÃÄÅâÎÏÐÑØÙÚÛ][\u0080-¿ŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]"
_TWICE_RUN = re.compile(_TWICE)
_WINDOWS = {byte: bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(128, 256)}
_TO_BYTE = {ord(char): byte for byte, char in _WINDOWS.items()} | {code: code for code in range(0x80, 0xA0)}
MOST_LISTED = 5_000


def decoded_twice(text: str) -> str:
    """ "GuantÃ¡namo" -> "Guantánamo"; text that was not encoded twice comes back as it is."""
    if not _TWICE_RUN.search(text):
        return text
    try:
        return bytes(_TO_BYTE.get(ord(char), ord(char)) for char in text).decode("utf-8")
    except (ValueError, UnicodeDecodeError):
        return text


def repair_text(table: pa.Table, lines: pa.ChunkedArray) -> tuple[pa.Table, list[Repair]]:
    """The table with twice-encoded cells put right, and one entry for each such cell and each broken byte."""
    repairs: list[Repair] = []
    for i, name in enumerate(table.column_names):
        column = table.column(i)
        if pc.all(pc.string_is_ascii(column)).as_py():
            continue
        twice = pc.match_substring_regex(column, _TWICE)
        if pc.any(twice).as_py():
            column, found = _repair_column(column, np.flatnonzero(twice.to_numpy(zero_copy_only=False)), name, lines)
            repairs.extend(found)
            table = table.set_column(i, name, column)
        stray = pc.match_substring(column, STRAY)
        if pc.any(stray).as_py():
            for row in np.flatnonzero(stray.to_numpy(zero_copy_only=False))[:MOST_LISTED]:
                value = column[int(row)].as_py()
                reason = "a byte that the encoding does not know was replaced"
                repairs.append(Repair(lines[int(row)].as_py(), name, value, value, reason))
    return table, repairs


def _repair_column(
    column: pa.ChunkedArray, rows: np.ndarray, name: str, lines: pa.ChunkedArray
) -> tuple[pa.ChunkedArray, list[Repair]]:
    before = column.take(pa.array(rows)).to_pylist()
    after = [decoded_twice(cell) for cell in before]
    mask = np.zeros(len(column), dtype=bool)
    mask[rows] = True
    replaced = pc.replace_with_mask(column.combine_chunks(), pa.array(mask), pa.array(after, pa.string()))
    found = [
        Repair(lines[int(row)].as_py(), name, old, new, "the text had been encoded twice")
        for row, old, new in zip(rows, before, after, strict=True)
        if old != new
    ]
    return pa.chunked_array([replaced]), found
