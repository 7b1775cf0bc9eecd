"""The raw table: every cell a string, and where each row came from."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from incidents.reading import limits


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that could not be put into columns; it is rejected."""

    line: int
    column: str
    value: str
    reason: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """A cell or row that was changed while reading; `line` 0 is the whole file, `kind` as in schema.NOTES."""

    line: int
    column: str
    value: str
    repaired_to: str
    reason: str
    kind: str = "repaired"


RawTexts = Callable[[Iterable[tuple[int, int]]], Iterator[str]]
"""Text of the records that begin and end on these lines (rising), as it stands in the file."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """`read` is the data rows of the table and the faults; header, HXL row and blank lines are not rows.

    `format` is text, xlsx, xls, json or parquet; `part` the sheet or the member of an archive that was read. Only text
    has a delimiter. `lines` holds the first physical line of each row (in a workbook the row of the sheet, in JSON and
    Parquet the number of the record, in JSON Lines the line), `last_lines` the last one. `repeats` are the numbers of the rows
    that equal an earlier one in every cell as it stands in the file, `repeated` those of the rows they repeat. `header_line` 0: the file has no header and the columns are named by number.
    """

    name: str
    size: int
    sha256: str
    columns: tuple[str, ...]
    table: pa.Table
    lines: pa.ChunkedArray
    last_lines: pa.ChunkedArray
    repeats: np.ndarray = field(compare=False)
    repeated: np.ndarray = field(compare=False)
    encoding: str
    delimiter: str
    header_line: int
    compression: str | None
    hxl: dict[str, str] | None
    faults: tuple[Fault, ...]
    repairs: tuple[Repair, ...]
    raw_texts: RawTexts = field(compare=False)
    format: str = "text"
    part: str | None = None

    @property
    def read(self) -> int:
        return int(self.table.num_rows) + len(self.faults)


def table_texts(table: pa.Table, lines: pa.ChunkedArray) -> RawTexts:
    """For files that have no lines of text: each row as a line of CSV."""
    numbers = lines.to_numpy()

    def texts(spans: Iterable[tuple[int, int]]) -> Iterator[str]:
        for first, _ in spans:
            row = int(np.searchsorted(numbers, first))
            yield row_text([table.column(i)[row].as_py() for i in range(table.num_columns)])

    return texts


def row_text(cells: Sequence[str]) -> str:
    """A row as a line of CSV, cut at the limit for raw text."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()[: limits.RAW_CHARACTERS]
