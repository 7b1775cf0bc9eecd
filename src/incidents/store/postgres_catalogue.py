"""The catalogue in PostgreSQL: which datasets there are, and what people decided."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from incidents.model.dataset import Dataset
from incidents.model.place import Candidate, PlaceQuery
from incidents.store.catalogue import dataset_of, facts_of
from incidents.store.catalogued import already_imported
from incidents.store.postgres_schema import SCHEMA
from incidents.store.postgres_sessions import Session, Sessions

_SAME_PLACE = " AND ".join(
    f"{name} IS NOT DISTINCT FROM ${number}"
    for number, name in enumerate(("name", "admin2", "admin1", "country"), start=1)
)


class PostgresCatalogue:
    """The name of what holds a dataset's rows is the number of its tables."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def version(self) -> int:
        with self._sessions.one() as session:
            return int(session.rows(f"SELECT version FROM {SCHEMA}.counter")[0][0])

    def state(self) -> tuple[int, tuple[tuple[Dataset, str], ...]]:
        """The version with its datasets, newest first, and their tables, all of one moment."""
        with self._sessions.one() as session:
            rows = session.rows(
                f"SELECT version, facts, part::text FROM {SCHEMA}.counter LEFT JOIN {SCHEMA}.dataset ON true"
                " ORDER BY position DESC"
            )
        return int(rows[0][0]), tuple((dataset_of(facts), part) for _, facts, part in rows if facts is not None)

    def same_content(self, dataset_id: str, sha256: str | None) -> Dataset | None:
        with self._sessions.one() as session:
            return _same_content(session, dataset_id, sha256)

    def add(self, session: Session, dataset: Dataset, part: int, replaces: str | None = None) -> None:
        """In the transaction of the import: in place of another dataset or of none."""
        version = _next_version(session)
        old = session.rows(
            f"DELETE FROM {SCHEMA}.dataset WHERE dataset_id = $1 RETURNING position, part", replaces or ""
        )
        same = _same_content(session, dataset.dataset_id, dataset.sha256)
        if same:
            raise already_imported(dataset.file, same)
        names, values = "dataset_id, sha256, part, facts", "$1, $2, $3, $4"
        given: tuple[object, ...] = (dataset.dataset_id, dataset.sha256, part, facts_of(dataset))
        if old and replaces == dataset.dataset_id:
            names, values, given = f"{names}, position", f"{values}, $5", (*given, old[0][0])
        session.do(f"INSERT INTO {SCHEMA}.dataset ({names}) VALUES ({values})", *given)
        for _, left in old:
            session.do(f"INSERT INTO {SCHEMA}.gone VALUES ($1, $2)", left, version)

    def change(self, dataset: Dataset) -> None:
        with self._sessions.one() as session, session.changing():
            _next_version(session)
            session.do(
                f"UPDATE {SCHEMA}.dataset SET facts = $1 WHERE dataset_id = $2", facts_of(dataset), dataset.dataset_id
            )

    def remove(self, dataset_id: str) -> None:
        with self._sessions.one() as session, session.changing():
            version = _next_version(session)
            for (part,) in session.rows(
                f"DELETE FROM {SCHEMA}.dataset WHERE dataset_id = $1 RETURNING part", dataset_id
            ):
                session.do(f"INSERT INTO {SCHEMA}.gone VALUES ($1, $2)", part, version)

    def decisions(self) -> dict[PlaceQuery, Candidate]:
        with self._sessions.one() as session:
            rows = session.rows(f"SELECT name, admin2, admin1, country, chosen FROM {SCHEMA}.decision ORDER BY number")
        return {PlaceQuery(*place): Candidate(**json.loads(chosen)) for *place, chosen in rows}

    def decide(self, query: PlaceQuery, chosen: Candidate, when: datetime) -> None:
        place = (query.name, query.admin2, query.admin1, query.country)
        with self._sessions.one() as session, session.changing():
            # One at a time: two people who decide the same place at once leave one decision.
            session.do(f"LOCK TABLE {SCHEMA}.decision IN SHARE ROW EXCLUSIVE MODE")
            session.do(f"DELETE FROM {SCHEMA}.decision WHERE {_SAME_PLACE}", *place)
            session.do(
                f"INSERT INTO {SCHEMA}.decision VALUES ($1, $2, $3, $4, $5, $6)",
                *place,
                json.dumps(asdict(chosen)),
                when.isoformat(),
            )

    def undecide(self, query: PlaceQuery) -> None:
        with self._sessions.one() as session, session.changing():
            session.do(
                f"DELETE FROM {SCHEMA}.decision WHERE {_SAME_PLACE}",
                query.name,
                query.admin2,
                query.admin1,
                query.country,
            )

    def mapping(self, header: tuple[str, ...]) -> dict[str, str] | None:
        with self._sessions.one() as session:
            rows = session.rows(f"SELECT mapping FROM {SCHEMA}.mapping WHERE header = $1", json.dumps(header))
        return dict(json.loads(rows[0][0])) if rows else None

    def mappings(self) -> dict[tuple[str, ...], dict[str, str]]:
        with self._sessions.one() as session:
            rows = session.rows(f"SELECT header, mapping FROM {SCHEMA}.mapping ORDER BY number")
        return {tuple(json.loads(header)): dict(json.loads(mapping)) for header, mapping in rows}

    def forget_mapping(self, header: tuple[str, ...]) -> None:
        self._forget("mapping", "header", json.dumps(header))

    def remember_mapping(self, header: tuple[str, ...], mapping: Mapping[str, str]) -> None:
        self._put("mapping", "header", "mapping", json.dumps(header), json.dumps(dict(mapping)))

    def saved_views(self) -> dict[str, str]:
        with self._sessions.one() as session:
            return dict(session.rows(f"SELECT name, link FROM {SCHEMA}.saved_view ORDER BY name"))

    def save_view(self, name: str, link: str) -> None:
        self._put("saved_view", "name", "link", name, link)

    def delete_view(self, name: str) -> None:
        self._forget("saved_view", "name", name)

    def gazetteers(self) -> dict[str, str]:
        with self._sessions.one() as session:
            return dict(session.rows(f"SELECT name, places FROM {SCHEMA}.gazetteer ORDER BY name"))

    def keep_gazetteer(self, name: str, places: str) -> None:
        self._put("gazetteer", "name", "places", name, places)

    def delete_gazetteer(self, name: str) -> None:
        self._forget("gazetteer", "name", name)

    def close(self) -> None:
        self._sessions.close()

    def _put(self, table: str, key: str, value: str, *given: str) -> None:
        with self._sessions.one() as session, session.changing():
            session.do(
                f"INSERT INTO {SCHEMA}.{table} VALUES ($1, $2) ON CONFLICT ({key}) DO UPDATE SET {value} = $2", *given
            )

    def _forget(self, table: str, key: str, given: str) -> None:
        with self._sessions.one() as session, session.changing():
            session.do(f"DELETE FROM {SCHEMA}.{table} WHERE {key} = $1", given)


def _next_version(session: Session) -> int:
    """Later changes wait here until this transaction ends."""
    return int(session.rows(f"UPDATE {SCHEMA}.counter SET version = version + 1 RETURNING version")[0][0])


def _same_content(session: Session, dataset_id: str, sha256: str | None) -> Dataset | None:
    rows = session.rows(
        f"SELECT facts FROM {SCHEMA}.dataset WHERE dataset_id = $1 OR sha256 = $2", dataset_id, sha256 or ""
    )
    return dataset_of(rows[0][0]) if rows else None
