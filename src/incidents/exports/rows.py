"""Rows to export, batch by batch: memory does not grow with their number."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from incidents.model.filters import IncidentFilter
from incidents.model.schema import SITES
from incidents.queries import rows
from incidents.queries.asking import ask, ask_in_batches
from incidents.queries.shape import chosen_datasets, shape_of
from incidents.store import Reader

SITE_COLUMNS = tuple(
    name for name in SITES.names if name not in ("incident_id", "dataset_id", "merc_x", "merc_y", "geo_match")
)


@dataclass(frozen=True, slots=True)
class Rows:
    """`batches` has the public columns and `extra`; `further` the sites 2, 3 ... of each incident that has them."""

    batches: Iterator[pa.RecordBatch]
    further: dict[str, list[dict[str, Any]]]
    own_columns: tuple[str, ...]  # the files' own columns, in their order


def rows_to_export(reader: Reader, wanted: IncidentFilter) -> Rows:
    further: dict[str, list[dict[str, Any]]] = {}
    if shape_of(wanted, reader.datasets).has_sites:
        for site in ask(reader, wanted, rows.further_sites).select(["incident_id", *SITE_COLUMNS]).to_pylist():
            further.setdefault(site.pop("incident_id"), []).append(site)
    chosen = chosen_datasets(wanted, reader.datasets)
    own_columns = tuple(dict.fromkeys(column for each in chosen for column in each.columns))
    return Rows(ask_in_batches(reader, wanted, rows.incidents_found), further, own_columns)
