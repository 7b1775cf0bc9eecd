"""What the user may settle about an import, and the plan that follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from incidents.reading.layouts import Layout


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """`mapping` is column -> field ("" leaves the column aside); `country` stands where a row names none."""

    layout: str | None = None
    country: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    dates: str | None = None  # day-first, month-first, iso, jalali
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything decided before the first row: `order` of the dates by field, `others` the columns that go into
    `extra`, each with the name it has there.

    `notes` are about the file as a whole. `duplicates` counts rows that equal an earlier one in every cell; they are kept, with a note. `repeats` and
    `repeated` are their row numbers and those of the rows they repeat.
    """

    layout: Layout
    options: ImportOptions
    order: Mapping[str, str | None]
    others: Mapping[str, str]
    repeats: np.ndarray = field(compare=False)
    repeated: np.ndarray = field(compare=False)
    notes: tuple[str, ...] = ()

    @property
    def duplicates(self) -> int:
        return len(self.repeats)

    @property
    def extra_columns(self) -> tuple[str, ...]:
        """Names in `extra`; a batch may add mapped columns whose own cells are kept, see Batch.kept_columns."""
        return tuple(self.others.values())

    @property
    def is_own(self) -> bool:
        """An export of this program."""
        return self.layout.name == "incidents"

    @property
    def counts_persons(self) -> bool:
        """Each row is one person killed; rows are gathered into incidents."""
        return self.layout.name == "persons"

    @property
    def mapping_text(self) -> tuple[tuple[str, str], ...]:
        """(field, column or columns)"""
        return tuple((name, ", ".join(columns)) for name, columns in self.layout.mapping.items())
