"""Incoming rows: what every engine does with an import before it stores it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa

from incidents.model.dataset import Dataset
from incidents.model.errors import StoreError
from incidents.model.mercator import project
from incidents.model.schema import ANSWERED, INCIDENTS, NOTES, REJECTED, SITES

TABLES = {"incidents": INCIDENTS, "sites": SITES, "rejected": REJECTED, "notes": NOTES}
KEYS = {"incidents": ("incident_id",), "sites": ("incident_id", "site_no")}
"""What tells the rows apart whose cells may change."""

CHANGING = (*ANSWERED, "merc_x", "merc_y")
_SAFE_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")


def checked_id(dataset_id: str) -> str:
    """An id that may be part of a file's name."""
    if not _SAFE_ID.fullmatch(dataset_id):
        raise StoreError(f"{dataset_id!r}: a dataset's id has only letters, digits, - and _.")
    return dataset_id


def prepared(name: str, table: pa.Table) -> pa.Table:
    """The columns of the schema, in its order and types."""
    if name in ("incidents", "sites"):
        table = _with_mercator(table)
    return table.select(TABLES[name].names).cast(TABLES[name])


def changes(name: str, rows: pa.Table) -> pa.Table:
    """The keys of the rows, and the new cells of CHANGING."""
    fields = [TABLES[name].field(column) for column in (*KEYS[name], *CHANGING)]
    return _with_mercator(rows).select([field.name for field in fields]).cast(pa.schema(fields))


def checked(
    dataset: Dataset, *, incidents: int, sites: int, rejected: int, first: date | None, last: date | None
) -> Dataset:
    """The dataset with what only the written rows can say; the counts of the report must fit the rows."""
    if dataset.read != dataset.kept + dataset.rejected or dataset.rejected != rejected:
        raise StoreError(
            f"{dataset.file}: {dataset.read} rows read are not {dataset.kept} kept and {dataset.rejected} rejected"
            f" ({rejected} in the rejected list); nothing was stored."
        )
    return replace(
        dataset,
        incidents=incidents,
        has_sites=sites > 0,
        first_date=first.isoformat() if first else None,
        last_date=last.isoformat() if last else None,
        imported_at=dataset.imported_at or datetime.now(UTC),
    )


def _with_mercator(table: pa.Table) -> pa.Table:
    """The grid integers are made here, from the coordinates, so that the two cannot disagree."""
    latitude = table["latitude"].to_numpy().astype(np.float64)
    longitude = table["longitude"].to_numpy().astype(np.float64)
    for name, values in zip(("merc_x", "merc_y"), project(latitude, longitude), strict=True):
        column = pa.array(values.astype(np.int32), mask=values < 0)
        if name in table.column_names:
            table = table.set_column(table.column_names.index(name), name, column)
        else:
            table = table.append_column(name, column)
    return table
