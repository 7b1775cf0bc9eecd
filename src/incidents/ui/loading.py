"""Cached views: each keyed on the store's version and the filter; the functions behind know no Streamlit.

Results are frozen and shared. Callers never change a frame they get.
"""

import os
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pandas as pd
import streamlit as st

from incidents.ingest import shown_store
from incidents.model.filters import EVERYTHING, IncidentFilter
from incidents.model.settings import settings
from incidents.places.gazetteer import open_index
from incidents.queries.named import FIELDS
from incidents.store import Reader, Store, open_store
from incidents.ui.kept import kept
from incidents.views import at_point as views_at_point
from incidents.views.cards import FirstNumbers, cards_view, without_figure
from incidents.views.cards import first_numbers as views_first_numbers
from incidents.views.change import Before
from incidents.views.change import before as views_before
from incidents.views.details import details_view
from incidents.views.facets import facet as views_facet
from incidents.views.heat import HeatView, heat_view
from incidents.views.lists import top as views_top
from incidents.views.map import extent as views_extent
from incidents.views.map import map_view
from incidents.views.named import MOST as MOST_NAMED
from incidents.views.named import named_view
from incidents.views.provinces import ProvinceView, Stated, province_view
from incidents.views.provinces import province_ids as views_province_ids
from incidents.views.table import table_page
from incidents.views.timeline import GROUPS as TIME_GROUPS
from incidents.views.timeline import at_any_time, fitting_unit, timeline_of, timeline_rest
from incidents.views.values import (
    Cards,
    Details,
    Extent,
    FacetValue,
    ListRow,
    MapView,
    Named,
    TimeBin,
    Timeline,
    Viewport,
)

Key = tuple[str, int]
"""Which data: (store, version)."""

COUNTED, LISTED = MOST_NAMED, 10
_WORKERS = max(1, min(4, (os.cpu_count() or 2) // 2))  # each query has threads of its own, and the browser wants a core


@st.cache_resource(show_spinner=False)
def _open(location: str) -> Store:
    return open_store(location)


@st.cache_resource(show_spinner="Preparing the sample (once)")
def _sample() -> Store:
    return shown_store(user_store())


@st.cache_resource(show_spinner=False)
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_WORKERS, thread_name_prefix="view")


def user_store() -> Store:
    return _open(settings().store)


def store() -> Store:
    """The user's store; while it is empty, the sample's."""
    own = user_store()
    return own if own.datasets() else _sample()


def key_of(reader: Reader) -> Key:
    newest = reader.datasets[0] if reader.datasets else None
    return ("sample" if newest and newest.is_sample else settings().store, reader.version)


def soon(view: Any, *arguments: Any) -> "Future[Any]":
    """The view, worked out beside the script."""
    return _pool().submit(view, *arguments)


@kept(128)
def first_numbers(reader: Reader, key: Key, wanted: IncidentFilter) -> FirstNumbers:
    return views_first_numbers(reader, wanted)


@kept(128)
def before(reader: Reader, key: Key, wanted: IncidentFilter) -> Before | None:
    return views_before(reader, wanted)


@kept(128)
def cards(reader: Reader, key: Key, wanted: IncidentFilter) -> Cards:
    left_out = 0
    if wanted.asks_for_killed:
        left_out = _without_figure(reader, key, wanted.with_(fatalities_least=None, fatalities_most=None))
    first = first_numbers(reader, key, wanted)
    return cards_view(reader, wanted, first, named(reader, key, wanted), left_out)


@kept(128)
def _without_figure(reader: Reader, key: Key, wanted: IncidentFilter) -> int:
    """The same for every killed filter on top of it."""
    return without_figure(reader, wanted)


@kept(128)
def named(reader: Reader, key: Key, wanted: IncidentFilter) -> Named:
    return named_view(reader, wanted)


@kept(96)
def incident_map(reader: Reader, key: Key, wanted: IncidentFilter, viewport: Viewport) -> MapView:
    return map_view(reader, wanted, viewport)


@kept(64)
def heat_map(reader: Reader, key: Key, wanted: IncidentFilter, viewport: Viewport) -> HeatView:
    return heat_view(reader, wanted, viewport)


@kept(8)
def province_ids(reader: Reader, key: Key, datasets: tuple[str, ...]) -> dict[Stated, str]:
    """Of the datasets' own spellings; the place index is built where there is none yet."""
    gazetteer = open_index(settings().index_folder)
    return views_province_ids(gazetteer, reader, EVERYTHING.with_(dataset=datasets))


@kept(64)
def province_map(reader: Reader, key: Key, wanted: IncidentFilter) -> ProvinceView:
    return province_view(reader, wanted, province_ids(reader, key, wanted.dataset))


@kept(128)
def extent(reader: Reader, key: Key, wanted: IncidentFilter) -> Extent | None:
    return views_extent(reader, wanted)


@kept(64)
def timeline(reader: Reader, key: Key, wanted: IncidentFilter, unit: str | None, by: str) -> Timeline:
    whole = at_any_time(wanted)
    span = first_numbers(reader, key, whole).span
    fitting = fitting_unit(span, unit)
    rest = _timeline_rest(reader, key, whole, fitting) if whole != wanted else ()
    return timeline_of(reader, wanted, fitting, by, TIME_GROUPS, span, rest)


@kept(128)
def _timeline_rest(reader: Reader, key: Key, wanted: IncidentFilter, unit: str) -> tuple[TimeBin, ...]:
    """The same for every range of dates."""
    return timeline_rest(reader, wanted, unit)


@kept(64)
def page_of_table(
    reader: Reader,
    key: Key,
    wanted: IncidentFilter,
    columns: tuple[str, ...],
    sort: str,
    descending: bool,
    page: int,
    rows: int,
) -> pd.DataFrame:
    return table_page(reader, wanted, columns, sort, descending, page, rows)


@kept(128)
def facet(reader: Reader, key: Key, wanted: IncidentFilter, field: str) -> tuple[FacetValue, ...]:
    """`wanted` comes without `field`, so that choosing in a field leaves its own counts cached."""
    return views_facet(reader, wanted, field)


def counts(reader: Reader, key: Key, wanted: IncidentFilter, field: str) -> tuple[FacetValue, ...]:
    """The most frequent values alone, for the lines of counts, under all other filters than the field's own."""
    if field not in FIELDS:
        return _counted(reader, key, wanted, field)
    others = wanted.without(field)
    return named(reader, key, wanted).facets[field] if others == wanted else _counted(reader, key, others, field)


@kept(512)
def _counted(reader: Reader, key: Key, wanted: IncidentFilter, field: str) -> tuple[FacetValue, ...]:
    return views_facet(reader, wanted, field, most=COUNTED)


@kept(256)
def top(reader: Reader, key: Key, wanted: IncidentFilter, by: str) -> tuple[ListRow, ...]:
    return named(reader, key, wanted).top_actors[:LISTED] if by == "actor" else views_top(reader, wanted, by, LISTED)


@kept(128)
def details(reader: Reader, key: Key, wanted: IncidentFilter, incident_id: str) -> Details | None:
    return details_view(reader, wanted, incident_id)


@kept(128)
def at_point(reader: Reader, key: Key, wanted: IncidentFilter, box: tuple[float, float, float, float]) -> pd.DataFrame:
    return views_at_point(reader, wanted, *box)
