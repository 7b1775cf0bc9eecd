"""XLS workbooks, from before 2007: read whole, at most 65,536 rows a sheet, by a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

from incidents.model.errors import UnusableFile
from incidents.reading import limits
from incidents.reading.sheets import Row, Sheet

_SOURCE = Path(__file__).parents[2]
_WAITED = 10  # times the processor time that it may take: the machine may have other work


@dataclass(slots=True)
class Xls:
    """A workbook that was read into `lines`; `sheets` are its worksheets in the workbook's order.

    `starts` has the place in `lines` where the facts of each worksheet stand, by its name.
    """

    name: str
    lines: IO[bytes]
    sheets: tuple[Sheet, ...]
    starts: dict[str, int]

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """(number of the row in the sheet, cells); raises UnusableFile."""
        facts, place = self._line(self.starts[sheet.part])
        if facts["width"] > limits.COLUMNS:
            raise UnusableFile(f"{self.name} has {facts['width']:,} columns; the limit is {limits.COLUMNS:,}.")
        while True:
            if "fault" in facts:
                raise UnusableFile(f"{self.name}: the workbook is damaged ({facts['fault']}).")
            line, place = self._line(place)
            if isinstance(line, list):
                yield line[0], line[1]
            elif line is None or line["sheet"] != sheet.part:
                return
            else:
                facts = line

    def close(self) -> None:
        self.lines.close()

    def _line(self, place: int) -> tuple[Any, int]:
        """The line there, None at the end, and where the next one begins: several may read at once."""
        self.lines.seek(place)
        text = self.lines.readline()
        return json.loads(text) if text else None, place + len(text)


def open_xls(name: str, stream: BinaryIO) -> Xls:
    """Raises UnusableFile where it cannot be read."""
    lines = TemporaryFile()  # noqa: SIM115 - the workbook closes it
    try:
        status = _read(stream.read(), lines)
        lines.seek(0)
        first = json.loads(lines.readline() or b"{}") if status == 0 else {}
        if "locked" in first:
            raise UnusableFile(f"{name} is locked with a password; save it without one.")
        if "fault" in first:
            raise UnusableFile(f"{name}: the workbook is damaged, or no workbook ({first['fault']}).")
        if "sheets" not in first:
            raise UnusableFile(f"{name}: the workbook is damaged, or too large to be opened.")
        sheets = tuple(Sheet(sheet, sheet, is_hidden) for sheet, is_hidden in first["sheets"])
        return Xls(name, lines, sheets, _starts(lines))
    except BaseException:
        lines.close()
        raise


def _read(content: bytes, lines: IO[bytes]) -> int:
    """The exit status: 0 where it was read, or refused with a reason."""
    seconds = limits.XLS_SECONDS + limits.XLS_SECONDS * len(content) // 1_000_000
    command = [sys.executable, "-m", "incidents.reading.xls_child", str(limits.XLS_MEMORY), str(seconds)]
    environment = os.environ | {"PYTHONPATH": str(_SOURCE)}
    try:
        return subprocess.run(
            command,
            input=content,
            stdout=lines,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=seconds * _WAITED,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return -1


def _starts(lines: IO[bytes]) -> dict[str, int]:
    starts: dict[str, int] = {}
    place = lines.tell()
    for line in lines:
        if line.startswith(b"{"):
            starts.setdefault(json.loads(line)["sheet"], place)
        place += len(line)
    return starts
