"""Asking: a panel's query over what a filter found.

The panel is compiled once, the filter once for each shape, and they are joined as text: Ibis takes about 30 ms to
compile a query, and a page that adds a filter asks twelve at once.
"""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from incidents.model.filters import IncidentFilter
from incidents.queries.binding import compiled
from incidents.queries.conditions import places_found, what_is_found, what_is_partly_outside
from incidents.queries.shape import FilterShape, shape_of, values_of
from incidents.store import CompiledQuery, Reader
from incidents.store.dialects import INLINED, quote

Panel = Callable[..., ir.Table]
"""A query on `found` and the other tables; its arguments are hashable and change the SQL."""

_FROM_THE_FILTER: dict[str, Callable[[FilterShape], ir.Table]] = {
    "found": what_is_found,
    "found_places": places_found,
    "partly_outside": what_is_partly_outside,
}


def ask(reader: Reader, wanted: IncidentFilter, panel: Panel, *arguments: Hashable, **values: Any) -> pa.Table:
    shape = replace(shape_of(wanted, reader.datasets), words_found_once=reader.finds_words_once)
    return reader.run(*_question(reader, wanted, shape, panel, arguments, values))


def ask_in_batches(
    reader: Reader, wanted: IncidentFilter, panel: Panel, *arguments: Hashable, **values: Any
) -> Iterator[pa.RecordBatch]:
    return reader.stream(*_question(reader, wanted, shape_of(wanted, reader.datasets), panel, arguments, values))


def _question(
    reader: Reader,
    wanted: IncidentFilter,
    shape: FilterShape,
    panel: Panel,
    arguments: tuple[Hashable, ...],
    values: dict[str, object],
) -> tuple[CompiledQuery, dict[str, object]]:
    query = _query(panel, arguments, shape, reader.dialect)
    return query, values_of(wanted, reader.datasets) | values


@lru_cache(maxsize=4000)
def _query(panel: Panel, arguments: tuple[Hashable, ...], shape: FilterShape, dialect: str) -> CompiledQuery:
    asked = _compiled_panel(panel, arguments, dialect)
    quoted = {name: quote(name, dialect) for name in _FROM_THE_FILTER}
    needed = [name for name in _FROM_THE_FILTER if quoted[name] in asked.sql]
    if needed and needed != ["found"]:
        needed = ["found", *(name for name in needed if name != "found")]
    parts = {name: _compiled_filter(name, shape, dialect) for name in needed}
    if not parts:
        return asked
    tables = ",\n".join(
        f"{quoted[name]} {INLINED[dialect] if name == 'found' else 'AS'} (\n{part.sql}\n)"
        for name, part in parts.items()
    )
    rest = asked.sql.removeprefix("WITH ")
    joint = ",\n" if rest != asked.sql else "\n"
    names = asked.parameters.union(*(part.parameters for part in parts.values()))
    return CompiledQuery(f"WITH {tables}{joint}{rest}", names)


@lru_cache(maxsize=500)
def _compiled_panel(panel: Panel, arguments: tuple[Hashable, ...], dialect: str) -> CompiledQuery:
    return compiled(panel(*arguments), dialect)


@lru_cache(maxsize=1000)
def _compiled_filter(name: str, shape: FilterShape, dialect: str) -> CompiledQuery:
    return compiled(_FROM_THE_FILTER[name](shape), dialect)
