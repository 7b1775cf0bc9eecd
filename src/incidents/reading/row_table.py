"""The raw table of a file that is no text: a workbook, JSON, Parquet."""

import pyarrow as pa

from incidents.model.errors import UnusableFile
from incidents.reading.gathered import Records
from incidents.reading.header import Header
from incidents.reading.raw import RawTable, Repair, table_texts
from incidents.reading.repairs import repair_text
from incidents.reading.repeated import repeated_rows
from incidents.reading.source import Source


def table_of_rows(
    source: Source, format_: str, part: str | None, header: Header, records: Records, encoding: str = ""
) -> RawTable:
    """Raises UnusableFile where no row can be read."""
    if not records.chunks:
        if records.faults:
            raise UnusableFile(
                f"{source.name}: none of the {len(records.faults):,} records can be read; number "
                f"{records.faults[0].line}: {records.faults[0].reason}."
            )
        raise UnusableFile(f"{source.name} holds no rows.")
    if len(header.columns) < 2:
        raise UnusableFile(f"{source.name} has one column only; expected a table of incidents.")
    table = pa.Table.from_batches(records.chunks)
    repeats, repeated = repeated_rows(table)
    lines = pa.chunked_array([pa.array(each) for each in records.starts])
    table, repairs = repair_text(table, lines)
    notes = []
    if header.line > 1:
        notes.append(f"{header.line - 1} rows stand before the header")
    if records.blank:
        notes.append(f"{records.blank} rows are empty")
    return RawTable(
        name=source.name,
        size=source.size,
        sha256=source.sha256(),
        columns=header.columns,
        table=table,
        lines=lines,
        last_lines=pa.chunked_array([pa.array(each) for each in records.ends]),
        repeats=repeats,
        repeated=repeated,
        encoding=encoding,
        delimiter="",
        header_line=header.line,
        compression=source.compression,
        hxl=header.hxl,
        faults=tuple(records.faults),
        repairs=(*(Repair(0, "", "", "", note, kind="note") for note in notes), *repairs),
        raw_texts=table_texts(table, lines),
        format=format_,
        part=part,
    )
