"""An XLS workbook as lines of JSON, in a process of its own: `python -m incidents.reading.xls_child BYTES SECONDS`.

The workbook comes on standard input. A damaged one can make its reader panic, follow a chain of sectors that ends in
itself, or ask for all the memory there is: here that ends this process, within BYTES of memory and SECONDS of processor
time, and nothing else. Lines: the sheets; for each worksheet its facts; then its rows, (number, cells).
"""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from incidents.reading import limits
from incidents.reading.cell_text import moment_text, number_text, unescaped

if sys.platform != "win32":
    import resource

    def _hold(most_bytes: int, most_seconds: int) -> None:
        wanted = {resource.RLIMIT_AS: most_bytes, resource.RLIMIT_CPU: most_seconds, resource.RLIMIT_CORE: 0}
        for what, most in wanted.items():
            with suppress(ValueError, OSError):  # narrower already, or a system that does not know it
                resource.setrlimit(what, (most, most))

else:

    def _hold(most_bytes: int, most_seconds: int) -> None:
        """Windows has no such limits; the one who waits for this process ends it."""


def lines(content: bytes) -> Iterator[object]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
    except PasswordError:
        yield {"locked": True}
        return
    except (CalamineError, OSError, ValueError) as problem:
        yield {"fault": str(problem)}
        return
    sheets = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    yield {"sheets": [[each.name, each.visible != SheetVisibleEnum.Visible] for each in sheets]}
    for each in sheets:
        yield from _of_sheet(book, each.name)


def _of_sheet(book: CalamineWorkbook, name: str) -> Iterator[object]:
    try:
        found = book.get_sheet_by_name(name)
        yield {"sheet": name, "width": found.width}
        if found.start is not None and found.width <= limits.COLUMNS:
            for number, cells in enumerate(found.to_python(skip_empty_area=True), found.start[0] + 1):
                yield number, [_text(cell) for cell in cells]
    except (CalamineError, ValueError) as problem:
        yield {"sheet": name, "width": 0, "fault": str(problem)}


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return unescaped(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date | time | timedelta):
        return moment_text(cell)
    return number_text(repr(cell))


def main() -> None:
    _hold(int(sys.argv[1]), int(sys.argv[2]))
    for line in lines(sys.stdin.buffer.read()):
        sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
