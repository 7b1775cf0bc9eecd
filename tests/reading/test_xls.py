"""A workbook on which its reader panics, or for which no memory is enough, is refused like any damaged one."""

import io
import struct
from contextlib import closing
from pathlib import Path

import pytest

from incidents.model.errors import UnusableFile
from incidents.reading import limits
from incidents.reading.xls import open_xls

GOOD = (Path(__file__).parents[1] / "files" / "old_workbook.xls").read_bytes()
DIFAT = 76  # where the header of the container names the sector of its table of sectors
FIRST_DIRECTORY = 48
SECTOR = 512


def chain_without_end() -> bytes:
    """The directory's first sector is followed by itself."""
    table = SECTOR * (1 + struct.unpack_from("<I", GOOD, DIFAT)[0])
    directory = struct.unpack_from("<I", GOOD, FIRST_DIRECTORY)[0]
    made = bytearray(GOOD)
    struct.pack_into("<I", made, table + 4 * directory, directory)
    return bytes(made)


def test_two_readers_of_one_sheet_do_not_disturb_each_other() -> None:
    with closing(open_xls("good.xls", io.BytesIO(GOOD))) as book:
        data = book.sheets[1]
        once, again = book.rows(data), book.rows(data)
        assert [next(once)[1][1], next(again)[1][1], next(once)[1][1]] == ["Town", "Town", "Rask"]
        assert [cells[1] for _, cells in again] == ["Rask", "Chabahar", "Zabol"]
        assert [number for number, _ in book.rows(book.sheets[0])] == [1]


@pytest.mark.parametrize("content", [GOOD[:-100], chain_without_end()], ids=["cut", "chain without end"])
def test_what_breaks_the_reader_is_refused_and_nothing_else_is_said(
    content: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UnusableFile, match=r"^x\.xls: the workbook is damaged, or too large to be opened\.$"):
        open_xls("x.xls", io.BytesIO(content))
    assert capfd.readouterr() == ("", "")


def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "XLS_SECONDS", 0)
    with pytest.raises(UnusableFile, match=r"^x\.xls: the workbook is damaged, or too large to be opened\.$"):
        open_xls("x.xls", io.BytesIO(GOOD))
