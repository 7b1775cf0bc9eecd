"""The filter: one frozen value that every panel, export and link follows."""

from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Near:
    """Within `km` of a point."""

    latitude: float
    longitude: float
    km: float


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees. `west` may exceed `east`: the box then crosses the date line."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class Where:
    """A value of any column (schema's or the file's own); `include=False` leaves it out. `value` "" is the empty cell."""

    column: str
    value: str
    include: bool = True


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """What is wanted; an empty field asks for nothing. Values of one field are alternatives, fields must all hold.

    Meaning of each field (all engines, the page and the command line):
      start, end            the incident's [event_date, event_date_end] overlaps [start, end], both inclusive
      country .. location   some site of the incident (its own row or a further site) satisfies all four place fields at once
      near, bbox            some site lies inside
      actor                 actor1 or actor2 is one of these (canonical names; callers expand spellings first)
      fatalities_least/most best reported dead >= / <=; incidents without a figure are left out by either
      geo_precision         of the incident's own row; "unlocated" asks for those without coordinates
      words                 every blank-separated word, folded, occurs in the folded notes, actors and places
      where                 values for one column are alternatives when included; each excluded value must not occur
      dataset               ids; empty means the newest import alone, ("all",) means every dataset
      leave_out_words       leaves out incidents whose figure rests on words such as "dozens"
    """

    start: date | None = None
    end: date | None = None
    country: tuple[str, ...] = ()
    admin1: tuple[str, ...] = ()
    admin2: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    near: Near | None = None
    bbox: Box | None = None
    actor: tuple[str, ...] = ()
    event_type: tuple[str, ...] = ()
    fatalities_least: int | None = None
    fatalities_most: int | None = None
    geo_precision: tuple[str, ...] = ()
    words: str = ""
    where: tuple[Where, ...] = ()
    leave_out_words: bool = False
    dataset: tuple[str, ...] = field(default=())

    def with_(self, **changes: Any) -> "IncidentFilter":
        return replace(self, **changes)

    def without(self, name: str) -> "IncidentFilter":
        """The filter with one field back at its default."""
        return replace(self, **{name: _DEFAULTS[name]})

    @property
    def asks_for_killed(self) -> bool:
        return self.fatalities_least is not None or self.fatalities_most is not None

    def set_fields(self) -> tuple[str, ...]:
        """Names of the fields that narrow (dataset is a choice of data, not a narrowing)."""
        return tuple(name for name in _DEFAULTS if name != "dataset" and getattr(self, name) != _DEFAULTS[name])


_DEFAULTS: dict[str, Any] = {f.name: f.default for f in fields(IncidentFilter)}
EVERYTHING = IncidentFilter()
ALL_DATASETS = ("all",)
