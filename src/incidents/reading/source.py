"""The bytes of a file: opened, unpacked and measured."""

import gzip
import hashlib
import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO

from incidents.model.errors import UnusableFile
from incidents.reading import limits

KEPT_BYTES = 100_000_000  # unpacked files up to this size are unpacked once and kept while they are read
_CHUNK = 1 << 20
DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, KeyError, RuntimeError)
"""What the readers of packed content raise where it is damaged."""
_NOT_TABLES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM\x00", "a picture"),
    (b"%PDF", "a PDF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"SQLite format 3", "an SQLite database; export the table as CSV"),
    (b"\xfd7zXZ", "an XZ archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"OggS", "a recording"),
    (b"ID3", "a recording"),
    (b"{\\rtf", "a text document (RTF)"),
)


@dataclass(slots=True)
class Source:
    """Content of a file on disk or of an upload; opens again as often as needed.

    `compression` is gzip or zip; of a ZIP archive `member` is read.
    """

    name: str
    content: Path | bytes
    compression: str | None = None
    member: str | None = None
    _unpacked: bytes | None = field(default=None, repr=False)

    @property
    def size(self) -> int:
        return self.content.stat().st_size if isinstance(self.content, Path) else len(self.content)

    def packed(self) -> BinaryIO:
        return self.content.open("rb") if isinstance(self.content, Path) else io.BytesIO(self.content)

    def open(self) -> BinaryIO:
        """The unpacked bytes."""
        if self._unpacked is not None:
            return io.BytesIO(self._unpacked)
        if self.compression == "gzip":
            packed = self.packed()
            return io.BufferedReader(_Limited(gzip.GzipFile(fileobj=packed), packed, self, "gzip"), _CHUNK)
        if self.compression == "zip" and self.member is not None:
            packed = self.packed()
            try:
                member = zipfile.ZipFile(packed).open(self.member)  # noqa: SIM115 - _Limited closes both
            except DAMAGE as problem:
                packed.close()
                raise UnusableFile(f"{self.name}: the ZIP content is damaged or cut off ({problem}).") from problem
            return io.BufferedReader(_Limited(member, packed, self, "ZIP"), _CHUNK)
        return self.packed()

    def start(self) -> bytes:
        """The first unpacked bytes."""
        with self.open() as stream:
            return stream.read(1 << 12)

    def seekable(self) -> BinaryIO:
        """The unpacked bytes, to be read in any order; raises UnusableFile where they would have to be held in memory
        and are too many."""
        if self.compression is None:
            return self.packed()
        with self.open() as stream:
            content = stream.read(limits.INNER_BYTES + 1)
        if len(content) > limits.INNER_BYTES:
            raise UnusableFile(f"{self.name} unpacks to more than {limits.INNER_BYTES:,} bytes; unpack it first.")
        return io.BytesIO(content)

    def keep(self) -> None:
        """Unpacks a small compressed file once, until `forget`."""
        if self.compression and self.size * 20 <= KEPT_BYTES * 2:
            with self.open() as stream:
                content = stream.read(KEPT_BYTES + 1)
            if len(content) <= KEPT_BYTES:
                self._unpacked = content

    def forget(self) -> None:
        self._unpacked = None

    def sha256(self) -> str:
        """Of the bytes as they are on disk, before unpacking."""
        with self.packed() as stream:
            digest = hashlib.sha256()
            while part := stream.read(_CHUNK):
                digest.update(part)
            return digest.hexdigest()


class _Limited(io.RawIOBase):
    """Unpacks up to the limit; damage and excess are UnusableFile."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, packed: BinaryIO, source: Source, what: str) -> None:
        self.stream, self.packed = stream, packed
        self.name, self.size, self.what = source.name, source.size, what
        self.total = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            part = self.stream.read(len(buffer))
        except DAMAGE as problem:
            raise UnusableFile(f"{self.name}: the {self.what} content is damaged or cut off ({problem}).") from problem
        self.total += len(part)
        refuse_what_swells(self.name, self.total, self.size)
        buffer[: len(part)] = part
        return len(part)

    def close(self) -> None:
        self.stream.close()
        self.packed.close()
        super().close()


def refuse_what_swells(name: str, unpacked: int, packed: int) -> None:
    """Raises UnusableFile where so few bytes became so many that no table was packed."""
    if unpacked > limits.UNPACKED_BYTES:
        raise UnusableFile(f"{name} unpacks to more than {limits.UNPACKED_BYTES:,} bytes; split it first.")
    if unpacked > limits.SMALL_BYTES and unpacked > limits.UNPACKED_TIMES * packed:
        raise UnusableFile(f"{name} unpacks to more than {limits.UNPACKED_TIMES} times its size; it is no table.")


def open_source(content: Path | str | bytes, name: str | None = None) -> Source:
    """Checks that the file is there, not too large, and no picture, archive or program."""
    if isinstance(content, str):
        content = Path(content)
    if isinstance(content, Path):
        name = name or content.name
        if content.is_dir():
            raise UnusableFile(f"{name} is a folder; expected a file.")
        if not content.exists():
            raise UnusableFile(f"{content}: there is no such file.")
    source = Source(name or "file", content)
    try:
        size = source.size
        with source.packed() as stream:
            start = stream.read(16)
    except OSError as problem:
        raise UnusableFile(f"{source.name} cannot be read: {problem.strerror}.") from problem
    if size == 0:
        raise UnusableFile(f"{source.name} is empty.")
    if size > limits.FILE_BYTES:
        raise UnusableFile(f"{source.name} has {size:,} bytes; the limit is {limits.FILE_BYTES:,}. Split it first.")
    if start.startswith(b"\x1f\x8b"):
        source.compression = "gzip"
        source.keep()
        with source.open() as stream:
            start = stream.read(16)
        if not start:
            raise UnusableFile(f"{source.name} is empty.")
    refuse_what_is_no_table(source.name, start)
    return source


def refuse_what_is_no_table(name: str, start: bytes) -> None:
    """By the first bytes."""
    for magic, what in _NOT_TABLES:
        if start.startswith(magic):
            raise UnusableFile(f"{name} is not a table of text: it is {what}.")
