"""Columns of a batch by distinct cell: each is parsed once, then spread over the rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from incidents.normalise.digits import plain

T = TypeVar("T")
BoolArray = NDArray[np.bool_]
MOST_KEPT = 500_000  # distinct cells whose reading is remembered from batch to batch


@dataclass(frozen=True, slots=True)
class Cells:
    """Distinct cells of one column, blanks around them gone, and the number of its distinct cell for each row."""

    column: str
    distinct: list[str]
    codes: np.ndarray

    def strings(self) -> pa.Array:
        """The column, null where the cell is empty."""
        return spread([cell or None for cell in self.distinct], self.codes, pa.string())

    def filled(self) -> BoolArray:
        return self.where([bool(cell) for cell in self.distinct])

    def where(self, marks: Sequence[bool]) -> BoolArray:
        """The rows whose distinct cell is marked."""
        found: BoolArray = np.array(marks, dtype=bool)[self.codes]
        return found


def encode(table: pa.Table, column: str) -> pa.DictionaryArray:
    """The cells as they stand in the file, each distinct one once."""
    encoded = pc.dictionary_encode(table.column(column).combine_chunks())
    return encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded


def cells_of(column: str, encoded: pa.DictionaryArray) -> Cells:
    return Cells(column, _plain_cells(encoded.dictionary), encoded.indices.to_numpy(zero_copy_only=False))


def shortened(encoded: pa.DictionaryArray, pattern: str, to: str) -> pa.DictionaryArray:
    """With `to` for the cells that the pattern matches; cells that become equal are one."""
    short = pc.replace_substring_regex(encoded.dictionary, pattern, to).dictionary_encode()
    return pa.DictionaryArray.from_arrays(short.indices.take(encoded.indices), short.dictionary)


def _plain_cells(cells: pa.Array) -> list[str]:
    """`plain` of each cell; the usual column needs no more than its blanks cut off."""
    usual = pc.and_(pc.string_is_ascii(cells), pc.invert(pc.match_substring_regex(cells, r"[\t\r\n]|_x000")))
    trimmed: list[str] = pc.utf8_trim_whitespace(cells).to_pylist()
    if pc.all(usual).as_py() is not False:
        return trimmed
    return [cell if is_usual else plain(cell) for cell, is_usual in zip(trimmed, usual.to_pylist(), strict=True)]


def spread(values: Sequence[object], codes: np.ndarray, type_: pa.DataType) -> pa.Array:
    return pa.array(values, type_).take(pa.array(codes))


def paired(*columns: Cells) -> tuple[list[tuple[str, ...]], np.ndarray]:
    """Distinct combinations of several columns, and the number of its combination for each row."""
    if len(columns) == 1:
        return [(cell,) for cell in columns[0].distinct], columns[0].codes
    joined = np.zeros(len(columns[0].codes), dtype=np.int64)
    for column in columns:
        joined = joined * max(len(column.distinct), 1) + column.codes
    found, codes = np.unique(joined, return_inverse=True)
    combinations = []
    for number in found.tolist():
        parts = []
        for column in reversed(columns):
            number, code = divmod(number, max(len(column.distinct), 1))
            parts.append(column.distinct[code])
        combinations.append(tuple(reversed(parts)))
    return combinations, codes


@dataclass(slots=True)
class Remembered(Generic[T]):
    """A parser that reads each distinct argument once over a whole import."""

    parse: Callable[..., T]
    known: dict[Any, T] = field(default_factory=dict)

    def __call__(self, *key: object) -> T:
        if key in self.known:
            return self.known[key]
        value = self.parse(*key)
        if len(self.known) < MOST_KEPT:
            self.known[key] = value
        return value
