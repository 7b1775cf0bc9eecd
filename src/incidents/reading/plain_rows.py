"""Lines of which each is one whole row, at once into columns."""

import csv

import pyarrow as pa
from pyarrow import csv as arrow_csv

from incidents.reading import limits
from incidents.reading.delimiter import DELIMITERS

_MARK = "\ufeff"  # Arrow takes one at the start of its text for a byte order mark


def plain_rows(lines: list[str], delimiter: str, schema: pa.Schema) -> pa.RecordBatch | None:
    """The same cells as Python's csv finds; None where a line is not one row of that many cells, or may not be."""
    is_plain = delimiter in DELIMITERS and not lines[0].startswith(_MARK) and _is_whole(lines[-1], delimiter)
    if not is_plain or max(map(len, lines)) > limits.CELL_CHARACTERS:
        return None
    text = "".join(lines).encode()
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(text),
            arrow_csv.ReadOptions(column_names=schema.names, block_size=len(text) + 1, use_threads=False),
            arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            arrow_csv.ConvertOptions(column_types=schema, strings_can_be_null=False, check_utf8=False),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows != len(lines):
        return None
    batches = table.to_batches()
    return batches[0] if len(batches) == 1 else None


def _is_whole(line: str, delimiter: str) -> bool:
    """Whether no quote is open at its end."""
    try:
        list(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return True
