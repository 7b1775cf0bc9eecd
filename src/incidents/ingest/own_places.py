"""What a store knows of places: people's decisions, their own gazetteers, and coordinates that its datasets give."""

from collections.abc import Collection, Iterator
from typing import Any

import pyarrow as pa

from incidents.model.place import Candidate, PlaceQuery
from incidents.model.schema import ANSWERED, INCIDENTS, SITES
from incidents.places.own_data import LEARNT, GivenPlace, OwnData
from incidents.places.own_gazetteer import OwnGazetteer, from_text
from incidents.places.resolver import Key, decision_key
from incidents.store import CompiledQuery, Reader, Store

NAMES = ("location", "admin2", "admin1", "country")
"""The columns that make a place's question, in the order of PlaceQuery."""

MOST_NAMED = 500
"""Names that a question spells out; where there are more, every name is asked for."""


def decided(store: Store) -> dict[Key, Candidate]:
    """What persons chose, for the resolver."""
    return {decision_key(query): chosen for query, chosen in store.decisions().items()}


def own_gazetteers(store: Store) -> tuple[OwnGazetteer, ...]:
    return tuple(from_text(name, text) for name, text in store.gazetteers().items())


def own_data(store: Store) -> OwnData:
    """Asks the store when a name is first looked for."""
    return OwnData(lambda: given_places(store))


def given_places(store: Store) -> Iterator[GivenPlace]:
    """Names with the coordinates that files give them, each with how many incidents say so."""
    if not store.datasets():
        return
    reader = store.reader()
    names = {dataset.dataset_id: dataset.name for dataset in reader.datasets}
    for row in _asked(reader, _given()).to_pylist():
        yield GivenPlace(names.get(row.pop("dataset_id"), ""), row.pop("location"), **row)


def looked_up(reader: Reader) -> list[tuple[str, PlaceQuery, int]]:
    """Dataset, question and number of sites of every place that was found by its names, or was not found; each once."""
    if not reader.datasets:
        return []
    found = _asked(reader, _looked_up())
    columns = [found[name].to_pylist() for name in ("dataset_id", "places", *NAMES)]
    return [(dataset, PlaceQuery(*names), places) for dataset, places, *names in zip(*columns, strict=True)]


def places_of(reader: Reader, dataset_id: str, table: str, names: Collection[str | None]) -> pa.Table:
    """Keys, question and answer of every place of one dataset that has one of these names and no given coordinates."""
    schema = INCIDENTS if table == "incidents" else SITES
    t = _table(schema, table)
    wanted = t.filter((t.dataset_id == dataset_id) & (t.geo_source.isnull() | (t.geo_source != "given")))
    texts = sorted(name for name in names if name is not None)
    if len(texts) <= MOST_NAMED:
        is_named = wanted.location.isin(texts)
        wanted = wanted.filter(is_named | wanted.location.isnull() if None in names else is_named)
    numbered = ["site_no"] if table == "sites" else []
    return _asked(reader, wanted["incident_id", *numbered, *NAMES, *ANSWERED])


def _given() -> Any:
    t = _table(INCIDENTS, "incidents")
    is_given = (t.geo_source == "given") & t.geo_precision.isin(LEARNT) & t.latitude.notnull()
    named = t.location.notnull() & t.admin1.notnull() & t.country.notnull()
    columns = ["dataset_id", *NAMES, "latitude", "longitude", "geo_precision"]
    wanted = t.filter(is_given & named & (t.n_sites == 1))
    return wanted.group_by(columns).aggregate(incidents=wanted.count())


def _looked_up() -> Any:
    parts = []
    for name, schema in (("incidents", INCIDENTS), ("sites", SITES)):
        t = _table(schema, name)
        parts.append(t.filter(t.geo_source.isnull() | (t.geo_source != "given"))["dataset_id", *NAMES])
    both = parts[0].union(parts[1])
    return both.group_by(["dataset_id", *NAMES]).aggregate(places=both.count())


def _table(schema: pa.Schema, name: str) -> Any:
    import ibis

    return ibis.table(ibis.Schema.from_pyarrow(schema), name=name)


def _asked(reader: Reader, question: Any) -> pa.Table:
    from incidents.store.dialects import sql_text

    return reader.run(CompiledQuery(sql_text(question, reader.dialect), frozenset()), {})
