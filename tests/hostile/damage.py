"""Good files, damaged on purpose. Seeded: the same number is the same file on every machine."""

import gzip
import io
import random
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.hostile.payloads import PAYLOADS

from incidents.model.resources import data_file

FILES = Path(__file__).parents[1] / "files"
SAMPLE_LINES = 12
LARGEST = 20_000  # bytes of a file that is damaged

ODD_CELLS = (
    "", "0", "-1", "-99", "99999999999999999999", "1e308", "nan", "inf", "-0.0", "1,5", "0x1F", "٣", "½", "1-", "1-2-3", "100+", "at least", "dozens of dozens",
    "2024-02-30", "0000-00-00", "9999-12-31", "31/12/9999", "1/1/1", "2024-13-01", "12 May", "May", "1403/12/30", "1399/12/30", "30.30.30", "2024-04-03T25:00",
    "29 February 2023 - 1 March 2023", "3-2 May 2024", "EOW: x", "25 Jumaada al-THaany 1416 A.H", "now", "32767", "2147483648", "-2147483649",
    "90", "91", "180,0", "-180.0001", "POINT (1 2)", "1;2;3", '"', '""', '"x', 'x"', "a\nb", "a\r\nb", ",", ";", "\t", "|", "#date", "#geo+lat", "TOTAL", "Total:",
    "[size=no report]", "['a', 'b']", "[", "{", "}", '{"a":', "[[", "null", "NaN", "true", "é", "Ã©", "\ufffd", "\ud7ff", "\U0010ffff", "N/A", "...", "–", "—", "%", "\\",
    *PAYLOADS.values(),
)  # fmt: skip

ODD_BYTES = (
    b"\0", b"\0" * 64, b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1a", b"\x1b[2J", b"\r", b"\n", b"\r\n", b"\n" * 200, b'"', b'""', b"'", b",", b"," * 300,
    b";", b"\t", b"|", b"\x80\x81", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"sep=;\n", b"sep=\n", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"PAR1",
    b"\xd0\xcf\x11\xe0", b"[" * 5_000, b'{"a":' * 3_000, b"[", b"{", b"]", b"}", b"null", b'"\\ud800"', b"\\u0000", b"\\", b"1e999999", b"-Infinity", b"9" * 5_000,
    b"<row>", b"</row>", b"<!DOCTYPE x>", b"<c r=\"ZZZ1\">", b"&#0;", b"&lol;", b"_x000D_", b"_xD800_", b"#date+start", b"x" * 4_000,
)  # fmt: skip


@cache
def good_files() -> tuple[tuple[str, bytes], ...]:
    """(name, content): every example file, the sample's first lines, and some of them packed."""
    found = [
        (path.name, path.read_bytes())
        for path in sorted(FILES.iterdir())
        if path.is_file() and not path.name.endswith((".expected.json", ".py", ".md")) and path.stat().st_size
    ]
    lines = data_file("sample_incidents.csv").read_bytes().splitlines(keepends=True)
    sample = b"".join(lines[:SAMPLE_LINES])
    found.append(("sample.csv", sample))
    text = sample.decode()
    found += [("sample_16.csv", text.encode("utf-16")), ("sample_be.csv", text.encode("utf-16-be"))]
    found += [("sample.csv.gz", gzip.compress(sample, mtime=0)), ("sample.zip", _zipped({"sample.csv": sample}))]
    return tuple((name, content) for name, content in found if len(content) <= LARGEST)


def _zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def damaged(number: int) -> tuple[str, bytes]:
    """The name and content of the file of this number."""
    chance = random.Random(number)
    name, content = chance.choice(good_files())
    if chance.random() < 0.04:
        return name, chance.randbytes(chance.choice((1, 3, 30, 3_000)))
    if content.startswith(b"PK") and chance.random() < 0.7:
        return name, _inside_archive(chance, content)
    if content.startswith(b"\x1f\x8b") and chance.random() < 0.7:
        return name, _inside_gzip(chance, content)
    return name, _damaged(chance, content)


def _damaged(chance: random.Random, content: bytes) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        content = chance.choice(_WAYS)(chance, content)
    return content


def _inside_archive(chance: random.Random, content: bytes) -> bytes:
    """A member is damaged, and the archive about it is sound."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile:
        return _damaged(chance, content)
    if members:
        name = chance.choice(sorted(members))
        members[name] = _damaged(chance, members[name])
        if chance.random() < 0.1:
            members[chance.choice(list(PAYLOADS.values())).replace("\0", "")[:200] + ".csv"] = members[name]
        if chance.random() < 0.1:
            del members[chance.choice(sorted(members))]
    return _zipped(members)


def _inside_gzip(chance: random.Random, content: bytes) -> bytes:
    try:
        inner = gzip.decompress(content)
    except (OSError, EOFError):
        return _damaged(chance, content)
    return gzip.compress(_damaged(chance, inner), mtime=0)


def _place(chance: random.Random, content: bytes) -> int:
    return chance.randrange(len(content) + 1)


def _cut(chance: random.Random, content: bytes) -> bytes:
    return content[: _place(chance, content)]


def _beheaded(chance: random.Random, content: bytes) -> bytes:
    return content[_place(chance, content) :]


def _flipped(chance: random.Random, content: bytes) -> bytes:
    made = bytearray(content)
    for _ in range(chance.choice((1, 2, 8, 40))):
        if made:
            made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _without(chance: random.Random, content: bytes) -> bytes:
    start = _place(chance, content)
    return content[:start] + content[start + chance.choice((1, 2, 10, 100)) :]


def _inserted(chance: random.Random, content: bytes) -> bytes:
    start = _place(chance, content)
    return content[:start] + chance.choice(ODD_BYTES) + content[start:]


def _repeated(chance: random.Random, content: bytes) -> bytes:
    start = _place(chance, content)
    part = content[start : start + chance.choice((1, 20, 400))]
    return content[:start] + part * chance.choice((2, 3, 50)) + content[start:]


def _spliced(chance: random.Random, content: bytes) -> bytes:
    _, other = chance.choice(good_files())
    return content[: _place(chance, content)] + other[_place(chance, other) :]


def _cells(chance: random.Random, content: bytes) -> bytes:
    """Some cells are replaced with odd ones, unquoted or quoted."""
    delimiter = chance.choice((b",", b",", b",", b";", b"\t", b"|"))
    lines = content.split(b"\n")
    for _ in range(chance.choice((1, 3, 10))):
        row = chance.randrange(len(lines))
        cells = lines[row].split(delimiter)
        cell = chance.choice(ODD_CELLS).encode("utf-8", "surrogatepass")
        if chance.random() < 0.5:
            cell = b'"' + cell.replace(b'"', b'""') + b'"'
        cells[chance.randrange(len(cells))] = cell
        lines[row] = delimiter.join(cells)
    return b"\n".join(lines)


def _shuffled(chance: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _columns(chance: random.Random, content: bytes) -> bytes:
    """The words of the header change places: cells are read as what they are not."""
    head, _, rest = content.partition(b"\n")
    words = head.rstrip(b"\r").split(b",")
    chance.shuffle(words)
    return b",".join(words) + b"\n" + rest


Way = Callable[[random.Random, bytes], bytes]
_WAYS: tuple[Way, ...] = (
    _cut, _beheaded, _flipped, _flipped, _without, _inserted, _inserted, _repeated, _spliced, _cells, _cells, _cells, _cells, _shuffled, _columns, _columns,
)  # fmt: skip
