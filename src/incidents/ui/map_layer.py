"""The layer of the chosen mode: its features, and what the legend needs to know of them."""

from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import streamlit as st

from incidents.maps.incident_features import Selected, halo, incident_features
from incidents.maps.layers import Feature
from incidents.maps.shades import heat_feature, province_feature
from incidents.maps.symbols import shade_starts
from incidents.model.filters import IncidentFilter
from incidents.store import Reader
from incidents.ui import loading, map_viewport
from incidents.ui.loading import Key
from incidents.ui.map_modes import HEAT, PROVINCES, chosen_measure, chosen_mode
from incidents.views.heat import HeatView
from incidents.views.provinces import ProvinceView
from incidents.views.values import MapView


@dataclass(frozen=True, slots=True)
class Drawn:
    """`shown` counts the incidents of the features; `starts` are the provinces' shades."""

    features: list[Feature]
    view: MapView | HeatView | ProvinceView
    shown: int
    starts: tuple[int, ...] = ()


def soon(reader: Reader, key: Key, wanted: IncidentFilter) -> "Future[Any]":
    """Starts the work of the chosen mode beside the script."""
    mode, part = chosen_mode(), map_viewport.viewport(reader, key, wanted)
    if mode == PROVINCES:
        return loading.soon(loading.province_map, reader, key, wanted)
    return loading.soon(loading.heat_map if mode == HEAT else loading.incident_map, reader, key, wanted, part)


def drawn(
    reader: Reader, key: Key, wanted: IncidentFilter, slot_of: dict[str, int], selected: Selected | None
) -> Drawn:
    mode, part = chosen_mode(), map_viewport.viewport(reader, key, wanted)
    if mode == PROVINCES:
        return _provinces(reader, key, wanted, selected)
    if mode == HEAT:
        heat = loading.heat_map(reader, key, wanted, part)
        marks = incident_features(heat.areas, slot_of, selected)
        return Drawn([heat_feature(heat, chosen_measure()), *marks], heat, heat.shown)
    view = loading.incident_map(reader, key, wanted, part)
    return Drawn(incident_features(view.cells, slot_of, selected), view, view.shown)


def _provinces(reader: Reader, key: Key, wanted: IncidentFilter, selected: Selected | None) -> Drawn:
    """The shades are those of the filter without its dates, so that they mean the same while time is played."""
    st.session_state["map_province_ids"] = loading.province_ids(reader, key, wanted.dataset)
    view = loading.province_map(reader, key, wanted)
    measure = chosen_measure()
    all_dates = loading.province_map(reader, key, wanted.with_(start=None, end=None))
    starts = shade_starts(
        max((count.dead if measure == "dead" else count.incidents for count in all_dates.counts), default=0)
    )
    features = [province_feature(view, measure, starts)] if view.counts else []
    return Drawn([*features, *([halo(selected)] if selected else [])], view, view.shown, starts)
