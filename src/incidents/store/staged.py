"""Incidents of an import on their way: an Arrow stream on disk, sorted by date part by part when the data file is written.

DuckDB's own sort of so wide rows needs memory that grows with the file, and fails at 20 million; here memory holds one
part, whatever the size.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from incidents.model.schema import INCIDENTS

_PACKED = pa.ipc.IpcWriteOptions(compression="lz4")
"""A quarter of the size for a tenth of what the rows cost to make."""

_MOST_PARTS = 200  # each is an open file while the rows are shared out
_ROW_BITS = 40
_NO_DAY = 2**22 - 1  # after 9999

Keys = NDArray[np.int64]
"""Day and row in one number, which sorts as the two do."""


class StagedIncidents:
    """Rows in the order in which they came; memory holds the batch at hand, and eight bytes a row."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sink = pa.OSFile(str(path), "wb")
        self._writer = pa.ipc.new_stream(self._sink, INCIDENTS, options=_PACKED)
        self._keys: list[Keys] = []

    def add(self, table: pa.Table) -> None:
        """Raises OSError where the disk is full."""
        self._writer.write_table(table)
        self._keys.append(_keys(table))

    @contextmanager
    def rows(self) -> Iterator[pa.RecordBatchReader]:
        """Everything that was added, to be read through once; nothing can be added any more."""
        self._finish()
        with pa.OSFile(str(self._path)) as source, pa.ipc.open_stream(source) as reader:
            yield reader

    def parts(self, rows: int) -> Iterator[pa.Table]:
        """Everything that was added, by date and source row, in tables of `rows` rows but the last one.

        Raises OSError where the disk is full. `rows` grows where there would be too many parts.
        """
        keys = np.concatenate([np.empty(0, np.int64), *self._keys])
        rows *= max(1, -(-len(keys) // (rows * _MOST_PARTS)))
        if _is_in_order(keys):
            yield from self._in_order(rows)
        elif len(keys) <= rows:
            with self.rows() as reader:
                yield _sorted(reader.read_all())
        else:
            yield from self._shared_out(np.sort(keys)[rows::rows])

    def close(self) -> None:
        if not self._sink.closed:
            self._sink.close()

    def _finish(self) -> None:
        if not self._sink.closed:
            self._writer.close()
            self._sink.close()

    def _in_order(self, rows: int) -> Iterator[pa.Table]:
        held: list[pa.RecordBatch] = []
        number = 0
        with self.rows() as reader:
            for batch in reader:
                while number + batch.num_rows >= rows:
                    held.append(batch.slice(0, rows - number))
                    batch = batch.slice(rows - number)
                    yield pa.Table.from_batches(held, INCIDENTS)
                    held, number = [], 0
                held.append(batch)
                number += batch.num_rows
        if number:
            yield pa.Table.from_batches(held, INCIDENTS)

    def _shared_out(self, firsts: Keys) -> Iterator[pa.Table]:
        """`firsts` are the first keys of all parts but the first; equal keys come in the order in which they were added."""
        paths = [self._path.with_name(f"{self._path.name}{number}") for number in range(len(firsts) + 1)]
        try:
            with ExitStack() as opened:
                writers = [
                    opened.enter_context(pa.ipc.new_stream(opened.enter_context(pa.OSFile(str(path), "wb")), INCIDENTS, options=_PACKED))
                    for path in paths
                ]  # fmt: skip
                self._share_out(firsts, writers)
            self._path.unlink(missing_ok=True)
            for path in paths:
                with pa.OSFile(str(path)) as source, pa.ipc.open_stream(source) as part:
                    table = part.read_all()
                path.unlink()
                yield _sorted(table)
        finally:
            for path in paths:
                path.unlink(missing_ok=True)

    def _share_out(self, firsts: Keys, writers: Sequence[Any]) -> None:
        with self.rows() as reader:
            for batch in reader:
                part = np.searchsorted(firsts, _keys(batch), side="right")
                order = np.argsort(part, kind="stable")
                ordered = batch if _is_in_order(part) else batch.take(pa.array(order))
                numbers, starts = np.unique(part[order], return_index=True)
                ends = [*starts[1:], len(part)]
                for number, start, end in zip(numbers, starts, ends, strict=True):
                    writers[number].write_batch(ordered.slice(start, end - start))


def _keys(rows: pa.Table | pa.RecordBatch) -> Keys:
    days = rows["event_date"].cast(pa.int32()).fill_null(_NO_DAY).to_numpy(zero_copy_only=False)
    numbers = rows["source_row"].fill_null(0).to_numpy(zero_copy_only=False)
    keys: Keys = days.astype(np.int64) * 2**_ROW_BITS + numbers.astype(np.int64)
    return keys


def _is_in_order(numbers: NDArray[np.int64]) -> bool:
    return bool(np.all(numbers[1:] >= numbers[:-1]))


def _sorted(table: pa.Table) -> pa.Table:
    keys = _keys(table)
    if _is_in_order(keys):
        return table
    return table.combine_chunks().take(pa.array(np.argsort(keys, kind="stable")))
