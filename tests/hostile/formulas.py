"""What a spreadsheet would run of a CSV file."""

import csv
import io
import re

ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What OWASP's page on CSV injection lists as the start of a formula."""

_NUMBER = re.compile(r"[+-]\d+([.,]\d+)?")


def cells_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def active(cells: list[list[str]]) -> list[str]:
    return [cell for row in cells for cell in row if cell.startswith(ACTIVE) and not _NUMBER.fullmatch(cell)]
