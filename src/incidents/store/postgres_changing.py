"""A new generation of a dataset in PostgreSQL in which cells change: the server copies the rest."""

import pyarrow as pa

from incidents.store.incoming import CHANGING, KEYS, TABLES, changes
from incidents.store.postgres_catalogue import PostgresCatalogue
from incidents.store.postgres_import import PostgresPart
from incidents.store.postgres_schema import PATTERNS, SCHEMA, part_table
from incidents.store.postgres_sessions import Session

_ORDER = {"incidents": "event_date, source_row", "sites": "incident_id, site_no"}


class PostgresChange(PostgresPart):
    """Only the rows that change travel to the server."""

    def __init__(self, session: Session, catalogue: PostgresCatalogue, dataset_id: str, earlier: int) -> None:
        super().__init__(session, catalogue, dataset_id, replaces=dataset_id)
        self._earlier = earlier
        for name in _ORDER:
            cells = ", ".join((*KEYS[name], *CHANGING))
            session.do(
                f"CREATE TEMPORARY TABLE coming_{name} ON COMMIT DROP AS"
                f" SELECT {cells} FROM {SCHEMA}.{PATTERNS[name]} WITH NO DATA"
            )

    def change(self, table: str, rows: pa.Table) -> None:
        self._session.copy_in(f"coming_{table}", changes(table, rows), None)

    def _write(self) -> None:
        for name in TABLES:
            new, old = (f"{SCHEMA}.{part_table(name, part)}" for part in (self._part, self._earlier))
            if name not in _ORDER:
                self._session.do(f"INSERT INTO {new} SELECT * FROM {old}")
                continue
            cells = ", ".join(_cell(column) for column in TABLES[name].names)
            is_same = " AND ".join(f"earlier.{key} = coming.{key}" for key in KEYS[name])
            # CREATE TABLE AS, since UPDATE moves the rows that it changes.
            self._session.do(
                f"CREATE TABLE {new} AS SELECT {cells} FROM {old} AS earlier"
                f" LEFT JOIN coming_{name} AS coming ON {is_same} ORDER BY {_ORDER[name]}"
            )


def _cell(column: str) -> str:
    if column not in CHANGING:
        return f"earlier.{column}"
    return f"CASE WHEN coming.incident_id IS NULL THEN earlier.{column} ELSE coming.{column} END AS {column}"
