"""The raw table of a text file."""

import csv
from dataclasses import replace

import pyarrow as pa

from incidents.model.errors import UnusableFile
from incidents.reading import limits
from incidents.reading.delimiter import detect_delimiter, sample_records
from incidents.reading.gathered import Records
from incidents.reading.header import Header, find_header
from incidents.reading.raw import Fault, RawTable, Repair
from incidents.reading.records import read_records
from incidents.reading.repairs import repair_text
from incidents.reading.repeated import repeated_rows
from incidents.reading.text import TextFile


def read_text(text: TextFile, part: str | None) -> RawTable:
    """Cells parted by a delimiter; raises UnusableFile."""
    sample = text.sample()
    delimiter = detect_delimiter(sample, limits.SAMPLE_RECORDS)
    header = _header(text, sample, delimiter)
    return replace(_of_text(text, delimiter, header, read_records(text, header, delimiter)), part=part)


def _header(text: TextFile, sample: list[str], delimiter: str) -> Header:
    records = list(sample_records(sample, delimiter, limits.SAMPLE_RECORDS))
    if records and records[0][1][0].strip('"').lower().startswith("sep="):
        records = records[1:]
    if not records:
        raise UnusableFile(f"{text.name} holds no rows.")
    header = find_header(records)
    if len(header.columns) > 1 and _is_wrapped(sample, header.line, delimiter):
        header = replace(header, is_wrapped=True)
    if len(header.columns) < 2:
        raise UnusableFile(
            f"{text.name} has one column only; expected cells parted by commas, semicolons, tabs or vertical bars."
        )
    if len(header.columns) > limits.COLUMNS:
        raise UnusableFile(
            f"{text.name} has more than {limits.COLUMNS:,} columns; leave out those that are not needed."
        )
    return header


def _is_wrapped(sample: list[str], line: int, delimiter: str) -> bool:
    return len(next(csv.reader([sample[max(line, 1) - 1]], delimiter=delimiter), [])) == 1


def _of_text(text: TextFile, delimiter: str, header: Header, records: Records) -> RawTable:
    if not records.chunks:
        if not records.faults:
            raise UnusableFile(f"{text.name} has a header but no rows.")
        raise UnusableFile(
            f"{text.name}: none of the {len(records.faults):,} rows can be read; line {records.faults[0].line}: "
            f"{records.faults[0].reason}."
        )
    table = pa.Table.from_batches(records.chunks)
    repeats, repeated = repeated_rows(table)
    lines = pa.chunked_array([pa.array(part) for part in records.starts])
    table, text_repairs = repair_text(table, lines)
    raws = text.raw_texts(records.fault_lines)
    faults = tuple(Fault(f.line, f.column, f.value, f.reason, raw) for f, raw in zip(records.faults, raws, strict=True))
    return RawTable(
        name=text.name,
        size=text.source.size,
        sha256=text.source.sha256(),
        columns=header.columns,
        table=table,
        lines=lines,
        last_lines=pa.chunked_array([pa.array(part) for part in records.ends]),
        repeats=repeats,
        repeated=repeated,
        encoding=text.encoding,
        delimiter=delimiter,
        header_line=header.line,
        compression=text.source.compression,
        hxl=header.hxl,
        faults=faults,
        repairs=(*_file_notes(text, header, records), *sorted([*records.repairs, *text_repairs], key=lambda r: r.line)),
        raw_texts=text.raw_texts,
    )


def _file_notes(text: TextFile, header: Header, records: Records) -> list[Repair]:
    """Notes on the file as a whole."""
    notes = []
    if header.line > 1:
        notes.append(f"{header.line - 1} lines stand before the header")
    if header.line == 0:
        notes.append("the file has no header; the columns are named by number")
    if header.is_wrapped:
        notes.append("every row was wrapped in quotes")
    if records.blank:
        notes.append(f"{records.blank} rows are empty")
    if text.nul_lines:
        notes.append(f"NUL characters were taken out of {len(set(text.nul_lines))} lines")
    return [Repair(0, "", "", "", note, kind="note") for note in notes]
