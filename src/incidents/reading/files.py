"""A file to a raw table, whatever its format."""

from contextlib import closing
from pathlib import Path

from incidents.model.errors import UnusableFile
from incidents.reading import limits
from incidents.reading.archive import MAGIC as ARCHIVE
from incidents.reading.archive import holds_workbook, is_workbook, open_archive, undamaged, unpacked
from incidents.reading.encoding import detect_encoding
from incidents.reading.json_table import looks_like_json, read_json
from incidents.reading.parquet import read_parquet
from incidents.reading.raw import RawTable
from incidents.reading.row_table import table_of_rows
from incidents.reading.sheets import Workbook, read_sheet
from incidents.reading.source import Source, open_source, refuse_what_is_no_table
from incidents.reading.text import TextFile
from incidents.reading.text_table import read_text
from incidents.reading.xls import open_xls
from incidents.reading.xlsx import open_xlsx

XLS = b"\xd0\xcf\x11\xe0"


def read_table(content: Path | str | bytes, *, name: str | None = None, sheet: str | None = None) -> RawTable:
    """Every row of the file as text cells; raises UnusableFile with one sentence.

    `content` is a path, or the bytes of an upload whose file name is `name`. `sheet` chooses among the sheets of a
    workbook or the tables of a ZIP archive; without it, several that may hold the incidents are Undecided.
    """
    source = open_source(content, name)
    try:
        start, part = source.start(), None
        if start.startswith(ARCHIVE) and not holds_workbook(source):
            source, sheet = unpacked(source, sheet)
            part = source.member
            start = source.start()
            refuse_what_is_no_table(f"{source.name}: {part}", start)
        return _read(source, start, part, sheet)
    finally:
        source.forget()


def _read(source: Source, start: bytes, part: str | None, sheet: str | None) -> RawTable:
    if start.startswith((ARCHIVE, XLS)):
        return _read_workbook(source, start, part, sheet)
    if sheet is not None:
        raise UnusableFile(f"{source.name} has no sheets; leave out --sheet.")
    if start.startswith(b"PAR1"):
        with source.seekable() as stream:
            header, records = read_parquet(source.name, stream)
        return table_of_rows(source, "parquet", part, header, records)
    is_json = looks_like_json(start)
    with source.open() as stream:
        longest = limits.UNPACKED_BYTES if is_json else limits.LINE_BYTES  # JSON often stands on one line
        encoding = detect_encoding(stream, source.name, longest)
    text = TextFile(source, encoding.name, encoding.may_hold_nul)
    if is_json:
        header, records = read_json(text)
        return table_of_rows(source, "json", part, header, records, encoding.name)
    _refuse_other_texts(source.name, start)
    return read_text(text, part)


def _refuse_other_texts(name: str, start: bytes) -> None:
    """Text that is no table."""
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if head.startswith((b"<!doctype html", b"<html")):
        raise UnusableFile(f"{name} is a web page, perhaps a notice to log in; download the file itself again.")
    if head.startswith((b"<?xml", b"<kml", b"<svg")):
        raise UnusableFile(f"{name} is an XML document; expected a table: CSV, Excel, JSON or Parquet.")
    if head.startswith((b"-- ", b"create table", b"insert into", b"/*", b"begin transaction", b"pragma ")) and (
        b"create table" in start.lower() or b"insert into" in start.lower()
    ):
        raise UnusableFile(f"{name} is a script for a database; export its table as CSV.")


def _read_workbook(source: Source, start: bytes, part: str | None, sheet: str | None) -> RawTable:
    with source.seekable() as stream, undamaged(source.name, "workbook"):
        book: Workbook
        if start.startswith(XLS):
            format_, book = "xls", open_xls(source.name, stream)
        else:
            archive = open_archive(source.name, stream)
            if not is_workbook(archive):
                raise UnusableFile(f"{source.name} holds a ZIP archive inside another; unpack it first.")
            format_, book = "xlsx", open_xlsx(source.name, archive)
        with closing(book):
            chosen, header, records = read_sheet(source.name, book, sheet)
    return table_of_rows(source, format_, "/".join(each for each in (part, chosen.name) if each), header, records)
