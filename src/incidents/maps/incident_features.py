"""Incidents as features: one for each cell of the map, each incident counted once."""

from collections.abc import Mapping
from typing import Any

from incidents.maps.layers import Feature, point
from incidents.maps.symbols import OTHER
from incidents.maps.text import inert
from incidents.views.values import MapCell

Selected = tuple[str, float, float]
"""(incident_id, latitude, longitude); in a cluster it gets a ring of its own."""


def incident_features(
    cells: tuple[MapCell, ...], slot_of: Mapping[str, int], selected: Selected | None = None
) -> list[Feature]:
    """Further sites come first, so that they never hide what counts."""
    below_first = sorted(cells, key=lambda cell: cell.n > 0)
    features = [_feature(cell, slot_of, selected) for cell in below_first]
    if selected and not any(cell.incident_id == selected[0] and cell.n for cell in cells):
        features.append(halo(selected))
    return features


def halo(selected: Selected) -> Feature:
    return point(selected[1], selected[2], {"n": 0, "halo": 1, "types": []})


def _feature(cell: MapCell, slot_of: Mapping[str, int], selected: Selected | None) -> Feature:
    facts: dict[str, Any] = {"n": cell.n, "dead": cell.dead, "types": _shares(cell, slot_of)}
    if cell.is_area:
        facts["area"] = 1
    if cell.geo_precision in ("near", "line", "unstated"):
        facts["near"] = 1
    if cell.incident_id is not None:
        facts["id"] = inert(cell.incident_id)
        if selected and cell.incident_id == selected[0] and cell.n:
            facts["selected"] = 1
    if cell.n > 1:
        facts["box"] = [round(edge, 5) for edge in (cell.south, cell.west, cell.north, cell.east)]
        if cell.one_point:
            facts["one_point"] = 1
    if cell.n == 0 and cell.from_latitude is not None and cell.from_longitude is not None:
        facts["from"] = [round(cell.from_latitude, 5), round(cell.from_longitude, 5)]
    return point(cell.latitude, cell.longitude, facts)


def _shares(cell: MapCell, slot_of: Mapping[str, int]) -> list[list[int]]:
    """Incidents by colour: [[slot, count], ...], most first; types that share a colour are one."""
    counts: dict[int, int] = {}
    for name, count in cell.event_types:
        slot = slot_of.get(name, OTHER)
        counts[slot] = counts.get(slot, 0) + count
    return [[slot, count] for slot, count in sorted(counts.items(), key=lambda share: -share[1])]
