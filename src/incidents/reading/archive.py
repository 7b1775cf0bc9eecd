"""ZIP archives: which member is the table."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO

from incidents.model.errors import Undecided, UnusableFile
from incidents.reading import limits
from incidents.reading.source import DAMAGE, Source, refuse_what_swells

MAGIC = b"PK\x03\x04"
WORKBOOK = "xl/workbook.xml"
TABLES = ("csv", "tsv", "tab", "txt", "json", "jsonl", "ndjson", "geojson", "parquet", "xlsx", "xlsm", "xls")
_SIDE_TEXTS = ("txt", "json")  # a licence, a description: tables only where nothing else is


def unpacked(source: Source, wanted: str | None) -> tuple[Source, str | None]:
    """The member that is the table, and what of `wanted` is left to choose a sheet of it.

    Several members are offered: Undecided. `wanted` is MEMBER, MEMBER/SHEET or, with a single table, a sheet.
    """
    members = _tables(source)
    if not members:
        raise UnusableFile(f"{source.name} is a ZIP archive without a table; {_inside(source)}")
    chosen, sheet = _chosen(members, wanted)
    if chosen is None and len(members) > 1:
        names = tuple(member.filename for member in members)
        if wanted is not None:
            raise UnusableFile(f"{source.name} has no table {wanted}; it holds {', '.join(names[:20])}.")
        raise Undecided(
            f"{source.name} holds {len(names)} tables ({', '.join(names[:20])}); say which with --sheet NAME.",
            "sheet",
            names,
        )
    member = chosen or members[0]
    if member.flag_bits & 1:
        raise UnusableFile(f"{source.name}: {member.filename} is locked with a password; unpack it first.")
    refuse_what_swells(source.name, member.file_size, member.compress_size)
    return replace(source, compression="zip", member=member.filename), sheet


def _chosen(members: list[zipfile.ZipInfo], wanted: str | None) -> tuple[zipfile.ZipInfo | None, str | None]:
    if wanted is None:
        return None, None
    for member in members:
        if member.filename == wanted:
            return member, None
        if wanted.startswith(member.filename + "/"):
            return member, wanted[len(member.filename) + 1 :]
    return None, wanted


def _tables(source: Source) -> list[zipfile.ZipInfo]:
    members = [member for member in _members(source) if _ending(member) in TABLES and not _is_hidden(member)]
    tables = [member for member in members if _ending(member) not in _SIDE_TEXTS]
    return tables or members


def open_archive(name: str, stream: BinaryIO) -> zipfile.ZipFile:
    """Raises UnusableFile where it is damaged."""
    with undamaged(name, "ZIP archive"):
        return zipfile.ZipFile(stream)
    raise AssertionError  # not reached


@contextmanager
def undamaged(name: str, what: str) -> Iterator[None]:
    """Whatever a damaged archive raises while it is read is UnusableFile."""
    try:
        yield
    except DAMAGE as problem:
        raise UnusableFile(
            f"{name}: the {what} is damaged or cut off ({problem or type(problem).__name__})."
        ) from problem


def is_workbook(archive: zipfile.ZipFile) -> bool:
    return any(name.lower() == WORKBOOK for name in archive.namelist())


def holds_workbook(source: Source) -> bool:
    """Whether the file is an XLSX workbook itself, not an archive of tables."""
    if source.compression is not None:
        return True  # packed once more: only a workbook can be read
    with source.packed() as stream:
        return is_workbook(open_archive(source.name, stream))


def _members(source: Source) -> list[zipfile.ZipInfo]:
    with source.packed() as stream:
        members = open_archive(source.name, stream).infolist()
    if len(members) > limits.ARCHIVE_MEMBERS:
        raise UnusableFile(f"{source.name} holds {len(members):,} files; the limit is {limits.ARCHIVE_MEMBERS:,}.")
    return [member for member in members if not member.is_dir()]


def member_names(source: Source) -> tuple[str, ...]:
    return tuple(member.filename for member in _members(source))


def _ending(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename).suffix.lower().lstrip(".")


def _is_hidden(member: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(member.filename).parts
    return "__MACOSX" in parts or parts[-1].startswith(".")


def _inside(source: Source) -> str:
    names = member_names(source)
    if not names:
        return "it is empty."
    shown = ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")
    if any(name.lower().endswith(".shp") for name in names):
        return f"it holds a shapefile ({shown}); export it as GeoJSON or CSV."
    if "word/document.xml" in names:
        return "it is a text document (DOCX); save its table as CSV."
    if "mimetype" in names and "content.xml" in names:
        return "it is an OpenDocument file; save the sheet as XLSX or CSV."
    if any(name.endswith("workbook.bin") for name in names):
        return "it is a binary Excel workbook (XLSB); save it as XLSX or CSV."
    return f"it holds {shown}."
