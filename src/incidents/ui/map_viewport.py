"""Where the map stands: its first view, where it is sent, and what it shows."""

import math
from typing import Any

import streamlit as st

from incidents.maps.layers import CLOSEST_START, MIN_ZOOM, Place
from incidents.model.filters import Box, IncidentFilter
from incidents.model.mercator import TILE_BITS, WORLD, project_point, unproject
from incidents.queries.shape import chosen_datasets
from incidents.store import Reader
from incidents.ui import loading
from incidents.ui.loading import Key
from incidents.views.values import WORLD as WHOLE_WORLD
from incidents.views.values import Extent, Viewport

HEIGHT = 470
GUESSED_WIDTH = 860  # of the map's frame before the browser has told it
KEY = "incidents_map"
"""Of what the frame tells: bounds, zoom, clicks."""

_MARGIN = 48
_MOVED_PIXELS = 12  # less is the frame's own rounding
_DIGITS = 4


def forget_frame() -> None:
    """The page was left: the next visit makes a new frame, which begins where the old one was put."""
    for name in (KEY, "map_started", "map_target", "map_clicks", "map_clicked", "map_expected", "map_rest"):
        st.session_state.pop(name, None)


def is_entering() -> bool:
    """The page is drawn for the first time since it was left, or at all."""
    return "map_started" not in st.session_state


def seen() -> dict[str, Any]:
    """What the frame last told; empty before it has."""
    told: dict[str, Any] = st.session_state.get(KEY) or {}
    return told


def start() -> Extent | Place | None:
    """Constant for one frame."""
    begin: Extent | Place | None = st.session_state.get("map_start")
    return begin


def target() -> tuple[float, float, int] | None:
    """Where the frame was last sent: latitude, longitude, zoom."""
    sent: tuple[float, float, int] | None = st.session_state.get("map_target")
    return sent


def viewport(reader: Reader, key: Key, wanted: IncidentFilter) -> Viewport:
    """What the map shows now, or will show as soon as it follows.

    `map_view` in the session is (latitude, longitude, zoom) where the user put the map, None where it follows the filter;
    a link that sets it sends the map there.
    """
    session = st.session_state
    follows = _whereabouts(reader, wanted)
    if is_entering():
        _begin(loading.extent(reader, key, wanted), is_same=session.get("map_followed", follows) == follows)
    elif session.get("map_view") != session.get("map_view_told"):
        _obey(loading.extent(reader, key, wanted))
    elif session.get("map_followed") != follows:
        aim(loading.extent(reader, key, wanted))
    session["map_followed"] = follows
    told = seen()
    if told.get("bounds") and session.get("map_expected_over") != told:
        session["map_expected"] = None
    _note_move(told)
    return session.get("map_expected") or _viewport_of(told)


def _whereabouts(reader: Reader, wanted: IncidentFilter) -> tuple[object, ...]:
    """The map follows a change of these; any other filter leaves the view where the user put it."""
    datasets = tuple(dataset.dataset_id for dataset in chosen_datasets(wanted, reader.datasets))
    return datasets, wanted.country, wanted.admin1, wanted.admin2, wanted.location


def _begin(extent: Extent | None, *, is_same: bool) -> None:
    session = st.session_state
    view = session.get("map_view") if is_same else None
    session["map_view"] = session["map_view_told"] = view
    session["map_started"] = True
    session["map_start"] = Place(*view) if view else extent
    if view:
        session["map_expected"] = _around(view[0], view[1], view[2], GUESSED_WIDTH)
    else:
        session["map_expected"] = _fitted(extent, GUESSED_WIDTH)[1] if extent else WHOLE_WORLD
    session["map_expected_over"] = {}
    session["map_awaiting"] = True


def _obey(extent: Extent | None) -> None:
    """A link changed the view: there, or with none, to all that is found."""
    session = st.session_state
    view = session.get("map_view")
    if view is None:
        aim(extent)
        return
    _send(view, _around(view[0], view[1], view[2], _width()))
    session["map_view"] = session["map_view_told"] = view


def aim(extent: Extent | None) -> None:
    """Moves the map to show an extent."""
    if extent is not None:
        _send(*_fitted(extent, _width()))


def centre_on(latitude: float, longitude: float) -> None:
    """Moves the map, and keeps its zoom."""
    place = latitude, longitude, int(seen().get("zoom") or CLOSEST_START)
    _send(place, _around(*place, _width()))


def _send(place: tuple[float, float, int], expected: Viewport) -> None:
    session = st.session_state
    latitude, longitude, zoom = place
    before = target()
    nudge = 1e-7 if before and before[0] == latitude else 0.0  # the same target twice would be ignored
    # the frame keeps the last zoom it was sent to, and ignores it the second time
    session["map_target"] = (latitude + nudge, longitude, zoom)
    session["map_expected"] = expected
    session["map_expected_over"] = seen()
    session["map_awaiting"] = True
    session["map_view"] = session["map_view_told"] = None


def _note_move(told: dict[str, Any]) -> None:
    """A move that the user made is the link's; one that the map was sent on is not."""
    session = st.session_state
    if not told.get("bounds") or session.get("map_expected_over") == told:
        return
    place = _place_of(told)
    before = session.get("map_rest")
    if session.pop("map_awaiting", False) or before is None:
        session["map_rest"] = place
    elif _pixels_between(before, place) > _MOVED_PIXELS:
        session["map_rest"] = place
        session["map_view"] = session["map_view_told"] = (round(place[0], _DIGITS), round(place[1], _DIGITS), place[2])


def _pixels_between(before: tuple[float, float, int], after: tuple[float, float, int]) -> float:
    if before[2] != after[2]:
        return math.inf
    (x1, y1), (x2, y2) = project_point(*before[:2]), project_point(*after[:2])
    return math.hypot(x2 - x1, y2 - y1) / (WORLD / (1 << (TILE_BITS + after[2])))


def _place_of(told: dict[str, Any]) -> tuple[float, float, int]:
    low, high = told["bounds"]["_southWest"], told["bounds"]["_northEast"]
    _, top = project_point(high["lat"], 0.0)
    _, bottom = project_point(low["lat"], 0.0)
    latitude, _ = unproject(0.0, (top + bottom) / 2)
    longitude = ((low["lng"] + high["lng"]) / 2 + 180.0) % 360.0 - 180.0
    return latitude, longitude, int(told.get("zoom") or MIN_ZOOM)


def _viewport_of(told: dict[str, Any]) -> Viewport:
    if not told.get("bounds"):
        return WHOLE_WORLD
    low, high = told["bounds"]["_southWest"], told["bounds"]["_northEast"]
    west, east = low["lng"], high["lng"]
    if east - west >= 360:
        west, east = -180.0, 180.0
    return Viewport(max(-90.0, low["lat"]), west, min(90.0, high["lat"]), east, int(told.get("zoom") or 2))


def box_seen() -> Box | None:
    """What the map shows, as a filter: to four decimals; None where that is the whole round of the world."""
    told = seen()
    if not told.get("bounds"):
        return None
    part = _viewport_of(told)
    if part.east - part.west >= 360.0:
        return None
    west, east = (round((edge + 180.0) % 360.0 - 180.0, _DIGITS) for edge in (part.west, part.east))
    return Box(round(part.south, _DIGITS), west, round(part.north, _DIGITS), east)


def is_seen(part: Viewport, latitude: float, longitude: float) -> bool:
    across = (longitude - part.west) % 360.0
    return part.south <= latitude <= part.north and across <= part.east - part.west


def _width() -> int:
    """Of the map's frame, in pixels."""
    told = seen()
    if not told.get("bounds"):
        return GUESSED_WIDTH
    degrees = told["bounds"]["_northEast"]["lng"] - told["bounds"]["_southWest"]["lng"]
    return max(200, int(degrees / 360 * 2 ** (TILE_BITS + int(told.get("zoom") or 2))))


def _fitted(extent: Extent, width: int) -> tuple[tuple[float, float, int], Viewport]:
    """Centre and zoom that show an extent in a frame of so many pixels, and what the frame then shows."""
    left, top = project_point(extent.north, extent.west)
    right, bottom = project_point(extent.south, extent.east)
    fits = [
        math.log2(WORLD * pixels / (1 << TILE_BITS) / max(1, length))
        for pixels, length in ((width - _MARGIN, right - left), (HEIGHT - _MARGIN, bottom - top))
    ]
    zoom = max(MIN_ZOOM, min(CLOSEST_START, math.floor(min(fits))))
    latitude, longitude = unproject((left + right) / 2, (top + bottom) / 2)
    return (latitude, longitude, zoom), _around(latitude, longitude, zoom, width)


def _around(latitude: float, longitude: float, zoom: int, width: int) -> Viewport:
    """What a frame of that width shows, centred there."""
    x, y = project_point(latitude, longitude)
    per_pixel = WORLD / (1 << (TILE_BITS + zoom))
    north, west = unproject(max(0, x - width / 2 * per_pixel), max(0, y - HEIGHT / 2 * per_pixel))
    south, east = unproject(min(WORLD, x + width / 2 * per_pixel), min(WORLD, y + HEIGHT / 2 * per_pixel))
    return Viewport(south, west, north, east, zoom)
