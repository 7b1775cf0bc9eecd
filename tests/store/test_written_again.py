"""Every row is written again, with the new cells of some."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from tests.views.made_data import incident, site

from incidents.model.dataset import Dataset
from incidents.model.schema import INCIDENTS, NOTES, REJECTED, SITES
from incidents.store.written_again import WrittenAgain

NEAR = {
    "latitude": 0.0, "longitude": 0.0, "geo_precision": "near", "geo_radius_km": 25.0, "geo_source": "decision", "geo_match": "why",
}  # fmt: skip
INCIDENT_ROWS = [incident(1, "d"), incident(2, "d"), incident(3, "d")]
SITE_ROWS = [site(INCIDENT_ROWS[1], 2), site(INCIDENT_ROWS[1], 3)]
EARLIER = {
    "incidents": pa.Table.from_pylist(INCIDENT_ROWS, schema=INCIDENTS),
    "sites": pa.Table.from_pylist(SITE_ROWS, schema=SITES),
    "rejected": REJECTED.empty_table(),
    "notes": NOTES.empty_table(),
}


class Written:
    """What a writer was given."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in EARLIER}

    def add(self, **tables: pa.Table) -> None:
        for name, table in tables.items():
            self.rows[name] += table.to_pylist()

    def commit(self, dataset: Dataset) -> Dataset:
        return dataset


def batches(name: str) -> Iterator[pa.RecordBatch]:
    yield from EARLIER[name].to_batches(max_chunksize=2)


def written_with(name: str, *changes: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    written = Written()
    again = WrittenAgain(written, batches)
    schema = pa.schema([SITES.field(column) for column in changes[0]])
    again.change(name, pa.Table.from_pylist(list(changes), schema=schema))
    again.commit(Dataset.__new__(Dataset))
    return written.rows


def test_an_incident_has_its_new_cells_and_the_others_their_own() -> None:
    rows = written_with("incidents", {"incident_id": "d-3", **NEAR})
    middle = {"merc_x": 1 << 29, "merc_y": 1 << 29}
    assert rows["incidents"] == [INCIDENT_ROWS[0], INCIDENT_ROWS[1], INCIDENT_ROWS[2] | NEAR | middle]
    assert rows["sites"] == SITE_ROWS


def test_a_site_is_known_by_its_incident_and_its_number() -> None:
    rows = written_with("sites", {"incident_id": "d-2", "site_no": 3, **NEAR})
    assert [row["geo_source"] for row in rows["sites"]] == [None, "decision"]
    assert rows["incidents"] == INCIDENT_ROWS
