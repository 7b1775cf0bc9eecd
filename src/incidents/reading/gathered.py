"""Records as they are gathered: columns, lines, faults and repairs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from incidents.reading.raw import Fault, Repair

CHUNK_ROWS = 8_000


@dataclass(slots=True)
class Records:
    """What was read; grows while reading."""

    chunks: list[pa.RecordBatch] = field(default_factory=list)
    starts: list[np.ndarray] = field(default_factory=list)
    ends: list[np.ndarray] = field(default_factory=list)
    hashes: list[np.ndarray] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fault_lines: list[tuple[int, int]] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    blank: int = 0
    rows: int = 0

    def add(self, rows: Sequence[list[str]], starts: np.ndarray, ends: np.ndarray, schema: pa.Schema) -> None:
        arrays = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
        self.chunks.append(pa.RecordBatch.from_arrays(arrays, schema=schema))
        self.starts.append(starts.astype(np.int64))
        self.ends.append(ends.astype(np.int64))
        self.hashes.append(np.array([hash(tuple(row)) for row in rows], dtype=np.int64))

    def sort_faults(self) -> None:
        order = sorted(range(len(self.faults)), key=lambda i: self.faults[i].line)
        self.fault_lines = [self.fault_lines[i] for i in order]
        self.faults = [self.faults[i] for i in order]

    def share_filled(self, width: int) -> list[float]:
        rows = sum(chunk.num_rows for chunk in self.chunks)
        if not rows:
            return [0.0] * width
        counts = [sum(_count_filled(chunk.column(i)) for chunk in self.chunks) for i in range(width)]
        return [count / rows for count in counts]

    def sort_by_line(self) -> None:
        """Rows that were added late go back to their place."""
        if not self.chunks:
            return
        table = pa.Table.from_batches(self.chunks)
        starts = np.concatenate(self.starts)
        order = np.argsort(starts, kind="stable")
        self.chunks = table.take(pa.array(order)).to_batches(CHUNK_ROWS)
        self.starts = [starts[order]]
        self.ends = [np.concatenate(self.ends)[order]]
        self.hashes = [np.concatenate(self.hashes)[order]]


def _count_filled(column: pa.Array) -> int:
    lengths = np.diff(
        np.frombuffer(column.buffers()[1], dtype=np.int32)[column.offset : column.offset + len(column) + 1]
    )
    return int(np.count_nonzero(lengths))
