"""A workbook on which its reader panics is refused like any damaged one, and nothing is said beside the sentence."""

import os
from pathlib import Path

import pytest

from incidents.model.errors import UnusableFile
from incidents.reading.panics import panics_refused
from incidents.reading.xls import open_xls

FILES = Path(__file__).parents[1] / "files"


def test_a_cut_workbook_is_refused_and_nothing_else_is_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cut.xls"
    file.write_bytes((FILES / "old_workbook.xls").read_bytes()[:-100])
    with file.open("rb") as stream, pytest.raises(UnusableFile, match=r"^cut\.xls: the workbook is damaged\.$"):
        open_xls("cut.xls", stream)
    assert capfd.readouterr() == ("", "")


def test_what_others_say_meanwhile_is_kept(capfd: pytest.CaptureFixture[str]) -> None:
    with panics_refused("x.xls"):
        os.write(2, b"a line of the log\n")
    assert capfd.readouterr().err == "a line of the log\n"


def test_a_wish_to_stop_is_no_panic() -> None:
    with pytest.raises(KeyboardInterrupt, match="stop"), panics_refused("x.xls"):
        raise KeyboardInterrupt("stop")
