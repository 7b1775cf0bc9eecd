"""Notes on rows, gathered while a batch is read."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from incidents.model.schema import NOTES
from incidents.normalise.cells import Cells


@dataclass(slots=True)
class NoteList:
    """`lines` are those of the batch's rows."""

    lines: np.ndarray
    rows: list[tuple[int, str, str, str, str, str]] = field(default_factory=list)

    def at(self, row: int, column: str, value: str, reason: str, *, to: str = "", kind: str = "note") -> None:
        self.rows.append((int(self.lines[row]), kind, column, value, to, reason))

    def for_cells(self, cells: Cells, reasons: Sequence[str]) -> None:
        """One note for each row whose distinct cell has a reason."""
        if any(reasons):
            noted = np.array([bool(reason) for reason in reasons], dtype=bool)
            for row in np.flatnonzero(noted[cells.codes]).tolist():
                code = cells.codes[row]
                self.at(row, cells.column, cells.distinct[code], reasons[code])

    def table(self, dataset_id: str, keep: set[int] | None = None) -> pa.Table:
        rows = sorted(self.rows) if keep is None else sorted(row for row in self.rows if row[0] in keep)
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(6)]
        return pa.table([pa.array([dataset_id] * len(rows), pa.string()), *columns], schema=NOTES)
