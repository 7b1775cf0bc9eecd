"""Files that are too large, packed or plain: one sentence, status 1, nothing stored, less than a gigabyte of memory."""

import io
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from incidents.model.errors import UnusableFile
from incidents.reading import limits, sheets
from incidents.reading.files import read_table
from incidents.ui.server import SETTINGS

MOST_MEMORY = 1_000_000  # kilobytes
PIECES, ZEROS = 1_000, bytes(10_000_000)
HEADER = b"date,town,country,killed,notes\n"
ROW = b"2024-04-03,Chabahar,Iran,1,a note\n"
LONG = "x" * 10_000_000
WIDE = 100_000


@dataclass(frozen=True)
class Ended:
    status: int
    said: str
    kilobytes: int


TOLD = """
import atexit, sys
from incidents.cli import main

def tell():
    with open("/proc/self/status") as status, open(sys.argv[1], "w") as peak:
        peak.write(status.read().partition("VmHWM:")[2].split()[0])

atexit.register(tell)
sys.exit(main(sys.argv[2:]))
"""
"""The command line, which tells its own peak: what the system says of a child has its parent's memory in it."""


def imported(file: Path, folder: Path) -> Ended:
    """By the command line, in a process of its own, whose memory is measured."""
    told = folder / "peak.txt"
    arguments = ["import", str(file), "--json", "--store", str(folder / "store")]
    done = subprocess.run(
        [sys.executable, "-c", TOLD, str(told), *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return Ended(done.returncode, done.stdout.decode(), int(told.read_text()))


def repeated(piece: bytes, wbits: int, head: bytes = b"") -> Iterable[bytes]:
    """`piece` packed a thousand times over, without packing it a thousand times: after a full flush every piece is the same bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    yield packer.compress(head + piece) + packer.flush(zlib.Z_FULL_FLUSH)
    same = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(PIECES - 1):
        yield same
    yield packer.flush()


def gz(piece: bytes, head: bytes = b"") -> bytes:
    return b"".join(repeated(piece, 31, head))


def packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def zip_of_zeros(stated: int) -> bytes:
    """Its member unpacks to ten gigabytes, whatever its directory says."""
    raw = b"".join(repeated(ZEROS, -15))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("x.csv", raw)
        member = archive.getinfo("x.csv")
        member.compress_type, member.file_size = zipfile.ZIP_DEFLATED, stated
    made = bytearray(buffer.getvalue())
    made[8:10] = (8).to_bytes(2, "little")  # the member's own header: deflated
    return bytes(made)


def csv_of(cell: str) -> bytes:
    return HEADER + f"2024-04-03,Chabahar,Iran,1,{cell}\n".encode()


def wide_csv() -> bytes:
    return (
        "event_date,country,fatalities," + ",".join(f"c{n}" for n in range(WIDE)) + "\n2024-04-03,Iran,1" + ",x" * WIDE + "\n"
    ).encode()  # fmt: skip


BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships"><sheets><sheet name="one" sheetId="1" r:id="r1"/></sheets></workbook>'
)
RELATIONS = '<Relationships xmlns="x"><Relationship Id="r1" Target="worksheets/one.xml"/></Relationships>'


def sheet_row(*cells: str) -> str:
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells) + "</row>"


def workbook(rows: int, strings: str = "") -> bytes:
    """Cells differ as in a real sheet, so that the file does not pack to next to nothing."""
    lines = [sheet_row("event_date", "country", "place", "killed", "notes")]
    lines += [
        sheet_row("2024-04-03", "Iran", "Rask", str(n % 7), zlib.crc32(str(n).encode()).to_bytes(4, "big").hex())
        for n in range(rows)
    ]
    sheet = "<worksheet><sheetData>" + "".join(lines) + "</sheetData></worksheet>"
    parts = {"xl/workbook.xml": BOOK, "xl/_rels/workbook.xml.rels": RELATIONS, "xl/worksheets/one.xml": sheet}
    if strings:
        parts["xl/sharedStrings.xml"] = f"<sst>{strings}</sst>"
    return packed({name: text.encode() for name, text in parts.items()})


CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "gzip of zeros": ("bomb.csv.gz", lambda: gz(ZEROS), "holds binary data"),
    "gzip of rows": ("rows.csv.gz", lambda: gz(ROW * 30_000, HEADER), "unpacks to more than 150 times its size"),
    "gzip of one line": ("line.csv.gz", lambda: gz(b"x" * 1_000_000, HEADER), "a line of more than 50,000,000 bytes"),
    "gzip of JSON lists": ("lists.json.gz", lambda: gz(b'["a","b","c"],' * 50_000, b"["), "unpacks to more than 150 times its size"),
    "ZIP of zeros": ("bomb.zip", lambda: zip_of_zeros(1_900_000_000), "unpacks to more than 150 times its size"),
    "ZIP that understates its size": ("small.zip", lambda: zip_of_zeros(1_000), "damaged or cut off"),
    "workbook of texts": ("texts.xlsx", lambda: workbook(3, "<si><t>ab</t></si>" * 12_000_000), "unpacks to more than"),
    "cell of ten megabytes": ("cell.csv", lambda: csv_of(LONG), "a cell is longer than 1,000,000 characters"),
    "quoted cell of ten megabytes": ("cell.csv", lambda: csv_of(f'"{LONG}"'), "a cell is longer than 1,000,000 characters"),
    "header of ten megabytes": ("header.csv", lambda: LONG.encode() + b",town\n1,2\n", "has one column only"),
    "JSON cell of ten megabytes": ("cell.json", lambda: f'[{{"date":"2024-04-03","town":"{LONG}"}}]'.encode(), "a cell is longer than 1,000,000 characters"),
    "100,000 columns": ("wide.csv", wide_csv, "has more than 2,000 columns"),
    "100,000 columns in JSON": ("wide.json", lambda: ("[{" + ",".join(f'"c{n}":"x"' for n in range(WIDE)) + "}]").encode(), "has more than 2,000 columns"),
    "100,000 cells below three columns": ("row.csv", lambda: HEADER + b"2024-04-03" + b",x" * WIDE + b"\n", "the row has 100001 cells"),
    "nested JSON": ("deep.json", lambda: b'[{"a":' * 100_000, "nested too deeply"),
    "nested list": ("deep.json", lambda: b'[{"a":' + b"[" * 500_000, "nested too deeply"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_file_beyond_a_limit_is_refused_with_one_sentence(case: str, tmp_path: Path) -> None:
    name, content, words = CASES[case]
    file = tmp_path / name
    file.write_bytes(content())
    ended = imported(file, tmp_path)
    assert (ended.status, ended.said.count("\n")) == (1, 1), ended.said
    assert ended.said.startswith(f"incidents: {name}")
    assert words in ended.said
    assert ended.kilobytes < MOST_MEMORY
    assert not [path for path in (tmp_path / "store").rglob("*") if path.suffix in (".duckdb", ".writing")]


def test_two_gigabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    file = tmp_path / "large.csv"
    with file.open("wb") as sparse:
        sparse.write(HEADER)
        sparse.truncate(2_000_000_000)
    ended = imported(file, tmp_path)
    assert (ended.status, ended.said) == (
        1, "incidents: large.csv has 2,000,000,000 bytes; the limit is 1,000,000,000. Split it first.\n",
    )  # fmt: skip
    assert ended.kilobytes < MOST_MEMORY


def test_the_page_takes_no_larger_uploads_than_files_may_be() -> None:
    """The browser and the server refuse what is larger; a little more is left for the reader's own sentence."""
    assert limits.FILE_BYTES <= int(SETTINGS["server.maxUploadSize"]) * 1024 * 1024 < 1.1 * limits.FILE_BYTES


def test_a_sheet_with_one_row_too_many_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets.limits, "SHEET_ROWS", 1_000)
    assert read_table(workbook(1_000), name="book.xlsx").read == 1_000
    with pytest.raises(UnusableFile, match=r"book\.xlsx: the sheet one has more than 1,000 rows"):
        read_table(workbook(1_001), name="book.xlsx")


@pytest.mark.soak
def test_a_sheet_of_1_000_001_rows_is_refused(tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(workbook(1_000_001))
    ended = imported(tmp_path / "book.xlsx", tmp_path)
    assert (ended.status, ended.said.count("\n")) == (1, 1), ended.said
    assert "the sheet one has more than 1,000,000 rows" in ended.said
    assert ended.kilobytes < MOST_MEMORY


@pytest.mark.soak
def test_a_very_wide_table_is_read_in_two_gigabytes(tmp_path: Path) -> None:
    width = limits.COLUMNS
    head = "event_date,country," + ",".join(f"c{n}" for n in range(width - 2)) + "\n"
    (tmp_path / "wide.csv").write_text(
        head + ("2024-04-03,Iran" + ",ab" * (width - 2) + "\n") * 8_000, encoding="utf-8"
    )
    ended = imported(tmp_path / "wide.csv", tmp_path)
    assert ended.status == 0, ended.said
    assert ended.kilobytes < 2 * MOST_MEMORY  # one for the engine, which then spills; one for all else


def test_a_table_packs_to_less_than_is_refused(shared: Path) -> None:
    """Real files, packed as tightly as may be, are far from the limit."""
    for path in sorted(shared.rglob("*.csv"))[:5]:
        content = path.read_bytes()[:5_000_000]
        assert len(content) < limits.UNPACKED_TIMES / 5 * len(zlib.compress(content, 9)), path.name
