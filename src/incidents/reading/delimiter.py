"""Which character parts the cells."""

import csv
from collections import Counter
from collections.abc import Iterator

DELIMITERS = (",", ";", "\t", "|")


def unwrap(cells: list[str], delimiter: str) -> list[str]:
    r'''The cells of a row that was wrapped in quotes as a whole (`"a,""b,c"""`); other rows come back as they are.'''
    if len(cells) == 1 and delimiter in cells[0]:
        return next(csv.reader([cells[0]], delimiter=delimiter), cells)
    return cells


def sample_records(lines: list[str], delimiter: str, most: int) -> Iterator[tuple[int, list[str]]]:
    """(first line, cells) of the first records; blank ones left out."""
    reader = csv.reader(lines, delimiter=delimiter)
    start = 1
    found = 0
    try:
        for cells in reader:
            unwrapped = unwrap(cells, delimiter)
            if any(cell.strip() for cell in unwrapped):
                yield start, unwrapped
                found += 1
                if found >= most:
                    return
            start = reader.line_num + 1
    except csv.Error:
        return


def detect_delimiter(lines: list[str], most: int) -> str:
    """The one that parts most rows into the same number of cells, the more cells the better."""
    if lines and (stated := lines[0].strip().strip('"').lower()).startswith("sep=") and len(stated) == 5:
        return stated[4]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = Counter(len(cells) for _, cells in sample_records(lines, delimiter, most))
        rows = sum(widths.values())
        if not rows:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1] if item[0] > 1 else 0, item[0]))
        score = (count / rows) ** 2 * min(width - 1, 12) if width > 1 else 0.0
        if score > best_score * 1.05:
            best, best_score = delimiter, score
    return best
