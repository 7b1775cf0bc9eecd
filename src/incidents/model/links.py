"""Links: what the page shows as parameters of an address, and back; what is at its default is left out."""

import hashlib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from incidents.model.filters import EVERYTHING, Box, IncidentFilter, Near, Where
from incidents.model.schema import GEO_PRECISIONS

EARLIEST, LATEST = date(1800, 1, 1), date(2200, 12, 31)
"""A link's dates lie strictly between: the date field of a browser takes no others."""

MOST_KILLED = 2**31 - 1
UNLOCATED = "unlocated"
UP = "up"

_CHOICES = ("country", "admin1", "admin2", "location", "actor", "event_type", "geo_precision", "dataset")
_DATES = {"from": "start", "to": "end"}
_NUMBERS = {"killed_from": "fatalities_least", "killed_to": "fatalities_most"}
_TEXTS = {
    "incident": "incident",
    "map": "map_mode",
    "unit": "timeline_unit",
    "by": "timeline_by",
    "bars": "timeline_measure",
    "sort": "sort",
    "data": "data",
}


@dataclass(frozen=True, slots=True)
class Link:
    """The state of the page. "" and None stand for the default; `data` is the fingerprint of the datasets shown."""

    wanted: IncidentFilter = EVERYTHING
    incident: str = ""
    map_mode: str = ""
    map_view: tuple[float, float, int] | None = None  # latitude, longitude, zoom
    timeline_unit: str = ""
    timeline_by: str = ""
    timeline_measure: str = ""
    sort: str = ""
    is_ascending: bool = False
    page: int = 1
    columns: tuple[str, ...] = ()
    data: str = ""


def to_link(shown: Link) -> dict[str, list[str]]:
    """The fingerprint alone makes no link: a page without any choice has a bare address."""
    wanted = shown.wanted
    link: dict[str, list[str]] = {name: list(getattr(wanted, name)) for name in _CHOICES}
    for parameter, name in _DATES.items():
        value = getattr(wanted, name)
        link[parameter] = [value.isoformat()] if value else []
    for parameter, name in _NUMBERS.items():
        number = getattr(wanted, name)
        link[parameter] = [] if number is None else [str(number)]
    link["words"] = [wanted.words] if wanted.words else []
    near, box = wanted.near, wanted.bbox
    link["near"] = [_numbers(near.latitude, near.longitude, near.km)] if near else []
    link["box"] = [_numbers(box.south, box.west, box.north, box.east)] if box else []
    link["where"] = [_where_text(each) for each in wanted.where]
    link["without_words"] = ["1"] if wanted.leave_out_words else []
    for parameter, name in _TEXTS.items():
        link[parameter] = [text] if (text := getattr(shown, name)) else []
    link["view"] = [_numbers(*shown.map_view)] if shown.map_view else []
    link["order"] = [UP] if shown.is_ascending else []
    link["page"] = [str(shown.page)] if shown.page != 1 else []
    link["columns"] = list(shown.columns)
    made = {name: values for name, values in link.items() if values}
    return {} if list(made) == ["data"] else made


def from_link(parameters: Mapping[str, Sequence[str]]) -> tuple[Link, tuple[str, ...]]:
    """What a link asks for, and the names of parameters that could not be read; unknown ones are ignored."""
    read = _Reading(parameters)
    chosen: dict[str, object] = {name: tuple(parameters[name]) for name in _CHOICES if parameters.get(name)}
    if precisions := parameters.get("geo_precision"):
        chosen["geo_precision"] = known = tuple(each for each in precisions if each in (*GEO_PRECISIONS, UNLOCATED))
        if len(known) < len(precisions):
            read.bad.append("geo_precision")
    days = {name: read.day(parameter) for parameter, name in _DATES.items()}
    if days["start"] and days["end"] and days["start"] > days["end"]:
        read.bad += _DATES
        days = {}
    wanted = IncidentFilter(
        **chosen,  # type: ignore[arg-type]
        **days,  # type: ignore[arg-type]
        **{name: read.whole(parameter, 0, MOST_KILLED) for parameter, name in _NUMBERS.items()},  # type: ignore[arg-type]
        words=read.first("words") or "",
        near=read.near(),
        bbox=read.box(),
        where=read.where(),
        leave_out_words=read.first("without_words") == "1",
    )
    link = Link(
        wanted=wanted,
        **{name: read.first(parameter) or "" for parameter, name in _TEXTS.items()},
        map_view=read.view(),
        is_ascending=read.first("order") == UP,
        page=read.whole("page", 1, 10**9) or 1,
        columns=tuple(parameters.get("columns", ())),
    )
    return link, tuple(dict.fromkeys(read.bad))


def fingerprint(sha256s: Iterable[str]) -> str:
    """Eight characters that tell one choice of files from another, whatever their order."""
    return hashlib.sha256("\n".join(sorted(sha256s)).encode()).hexdigest()[:8]


class _Reading:
    """Reads parameters, and collects the names of those that it could not."""

    def __init__(self, parameters: Mapping[str, Sequence[str]]) -> None:
        self.parameters = parameters
        self.bad: list[str] = []

    def first(self, name: str) -> str | None:
        values = self.parameters.get(name)
        return values[0] if values else None

    def day(self, name: str) -> date | None:
        if (text := self.first(name)) is None:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = EARLIEST
        if EARLIEST < day < LATEST:
            return day
        self.bad.append(name)
        return None

    def whole(self, name: str, least: int, most: int) -> int | None:
        if (text := self.first(name)) is None:
            return None
        if re.fullmatch(r"[0-9]{1,10}", text) and least <= int(text) <= most:
            return int(text)
        self.bad.append(name)
        return None

    def near(self) -> Near | None:
        latitude, longitude, km = self._numbers("near", 3) or (math.nan,) * 3
        return Near(latitude, longitude, km) if self._is_sound("near", [(latitude, longitude)], km >= 0) else None

    def box(self) -> Box | None:
        south, west, north, east = self._numbers("box", 4) or (math.nan,) * 4
        is_sound = self._is_sound("box", [(south, west), (north, east)], south <= north)
        return Box(south, west, north, east) if is_sound else None

    def view(self) -> tuple[float, float, int] | None:
        latitude, longitude, zoom = self._numbers("view", 3) or (math.nan,) * 3
        is_sound = self._is_sound("view", [(latitude, longitude)], 0 <= zoom <= 22)
        return (latitude, longitude, int(zoom)) if is_sound else None

    def where(self) -> tuple[Where, ...]:
        texts = self.parameters.get("where", ())
        found = [each for each in map(_where, texts) if each]
        if len(found) < len(texts):
            self.bad.append("where")
        return tuple(found)

    def _numbers(self, name: str, count: int) -> tuple[float, ...] | None:
        try:
            values = tuple(float(part) for part in (self.first(name) or "").split(","))
        except ValueError:
            return None
        return values if len(values) == count and all(map(math.isfinite, values)) else None

    def _is_sound(self, name: str, points: list[tuple[float, float]], *others: bool) -> bool:
        is_sound = all(abs(latitude) <= 90 and abs(longitude) <= 180 for latitude, longitude in points) and all(others)
        if not is_sound and self.first(name) is not None:
            self.bad.append(name)
        return is_sound


def _numbers(*values: float) -> str:
    return ",".join(str(value) for value in values)


def _where_text(where: Where) -> str:
    """Column=value or Column!=value, as the command line has it; the column's own signs are escaped."""
    column = where.column.replace("%", "%25").replace("=", "%3D").replace("!", "%21")
    return f"{column}{'=' if where.include else '!='}{where.value}"


def _where(text: str) -> Where | None:
    column, equals, value = text.partition("=")
    include = not column.endswith("!")
    column = column.removesuffix("!").replace("%21", "!").replace("%3D", "=").replace("%25", "%")
    return Where(column, value, include) if equals else None
