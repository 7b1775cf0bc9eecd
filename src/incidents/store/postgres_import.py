"""One import on its way into PostgreSQL: one transaction, which a killed process leaves undone."""

from contextlib import suppress

import pyarrow as pa
import pyarrow.compute as pc

from incidents.model.dataset import Dataset
from incidents.model.errors import StoreError
from incidents.model.schema import INCIDENTS
from incidents.store.incoming import TABLES, checked, checked_id, prepared
from incidents.store.postgres_catalogue import PostgresCatalogue
from incidents.store.postgres_schema import INDEXES, PATTERNS, SCHEMA, columns, part_table
from incidents.store.postgres_sessions import DatabaseError, Session

_FOR_THE_IMPORT = (
    "SET LOCAL work_mem = '256MB'",
    "SET LOCAL maintenance_work_mem = '256MB'",
    "SET LOCAL idle_in_transaction_session_timeout = 0",  # reading and placing the file takes longer than writing it
)
_NOTICE_A_DEAD_IMPORTER = "SET client_connection_check_interval = '2s'"
"""Else its server process would first finish a statement of minutes. Not every server's system can."""


class PostgresPart:
    """Tables of their own, in one transaction; `_write` makes and fills those of incidents and sites."""

    def __init__(
        self, session: Session, catalogue: PostgresCatalogue, dataset_id: str, replaces: str | None = None
    ) -> None:
        self._dataset_id = checked_id(dataset_id)
        self._session = session
        self._catalogue = catalogue
        self._replaces = replaces
        with suppress(DatabaseError):
            session.do(_NOTICE_A_DEAD_IMPORTER)
        session.do("BEGIN READ WRITE")
        for statement in _FOR_THE_IMPORT:
            session.do(statement)
        self._part = int(session.rows(f"SELECT nextval('{SCHEMA}.part')")[0][0])
        for name in ("rejected", "notes"):
            session.do(f"CREATE TABLE {SCHEMA}.{part_table(name, self._part)} (LIKE {SCHEMA}.{PATTERNS[name]})")

    def commit(self, dataset: Dataset) -> Dataset:
        if dataset.dataset_id != self._dataset_id:
            raise StoreError(f"The writer was opened for dataset {self._dataset_id}, not {dataset.dataset_id}.")
        self._write()
        # Known to the planner: tables of other datasets are left out where a filter names some.
        for name in ("incidents", "sites"):
            self._session.do(
                f"ALTER TABLE {SCHEMA}.{part_table(name, self._part)} ADD CHECK (dataset_id = '{self._dataset_id}')"
            )
        stored = self._checked(dataset)
        for name, indexes in INDEXES.items():
            for each in indexes:
                self._session.do(f"CREATE INDEX ON {SCHEMA}.{part_table(name, self._part)} ({each})")
        for name in TABLES:
            self._session.do(f"ANALYZE {SCHEMA}.{part_table(name, self._part)}")
        self._catalogue.add(self._session, stored, self._part, self._replaces or dataset.updates)
        self._session.do("COMMIT")
        return stored

    def _write(self) -> None:
        raise NotImplementedError

    def _checked(self, dataset: Dataset) -> Dataset:
        sites, rejected, incidents, first, last = self._session.rows(
            f"SELECT (SELECT count(*) FROM {SCHEMA}.{part_table('sites', self._part)}),"
            f" (SELECT count(*) FROM {SCHEMA}.{part_table('rejected', self._part)}),"
            f" count(*), min(event_date), max(event_date_end) FROM {SCHEMA}.{part_table('incidents', self._part)}"
        )[0]
        return checked(dataset, incidents=incidents, sites=sites, rejected=rejected, first=first, last=last)


class PostgresWriter(PostgresPart):
    """Rows are staged by COPY, then written to the import's own tables sorted by date."""

    def __init__(self, session: Session, catalogue: PostgresCatalogue, dataset_id: str) -> None:
        super().__init__(session, catalogue, dataset_id)
        staged = columns("incidents").replace('"extra" json', '"extra_names" text[], "extra_cells" text[]')
        session.do(f"CREATE TEMPORARY TABLE staged_incidents ({staged}) ON COMMIT DROP")
        session.do(f"CREATE TEMPORARY TABLE staged_sites ({columns('sites')}) ON COMMIT DROP")

    def add(
        self,
        incidents: pa.Table | None = None,
        sites: pa.Table | None = None,
        rejected: pa.Table | None = None,
        notes: pa.Table | None = None,
    ) -> None:
        for name, table in (("incidents", incidents), ("sites", sites), ("rejected", rejected), ("notes", notes)):
            if table is None or table.num_rows == 0:
                continue
            rows = prepared(name, table)
            if name == "incidents":
                self._session.copy_in("staged_incidents", _with_extra_as_lists(rows), None)
            elif name == "sites":
                self._session.copy_in("staged_sites", rows, None)
            else:
                self._session.copy_in(part_table(name, self._part), rows, SCHEMA)

    def _write(self) -> None:
        # CREATE TABLE AS, since INSERT puts a row that fits into a gap before others. n_sites is counted here, so that
        # it cannot disagree with the sites.
        counted = {
            "n_sites": "CAST(1 + coalesce(further.number, 0) AS smallint) AS n_sites",
            "extra": "json_object(extra_names, extra_cells) AS extra",
        }
        self._session.do(
            f"CREATE TABLE {SCHEMA}.{part_table('incidents', self._part)} AS"
            f" SELECT {', '.join(counted.get(name, f'incident.{name}') for name in INCIDENTS.names)}"
            " FROM staged_incidents AS incident"
            " LEFT JOIN (SELECT incident_id, count(*) AS number FROM staged_sites GROUP BY incident_id) AS further"
            " ON incident.incident_id = further.incident_id ORDER BY event_date, source_row"
        )
        self._session.do(
            f"CREATE TABLE {SCHEMA}.{part_table('sites', self._part)} AS"
            " SELECT * FROM staged_sites ORDER BY incident_id, site_no"
        )


def _with_extra_as_lists(rows: pa.Table) -> pa.Table:
    """The driver copies lists, not maps: names and cells side by side."""
    extra = rows["extra"].combine_chunks()
    if isinstance(extra, pa.ChunkedArray):
        extra = pa.concat_arrays(extra.chunks) if extra.num_chunks else pa.array([], extra.type)
    absent = extra.is_null()
    starts = pa.array(extra.offsets.to_numpy(), pa.int32())
    names = pa.ListArray.from_arrays(starts, extra.keys)
    cells = pa.ListArray.from_arrays(starts, extra.items)
    return (
        rows.drop_columns(["extra"])
        .append_column("extra_names", pc.if_else(absent, None, names))
        .append_column("extra_cells", pc.if_else(absent, None, cells))
    )
