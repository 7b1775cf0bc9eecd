"""The frozen values that panels draw."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from incidents.model.figures import Total


@dataclass(frozen=True, slots=True)
class Viewport:
    """What the map shows, in degrees, and its zoom. `WORLD` shows all."""

    south: float
    west: float
    north: float
    east: float
    zoom: int


WORLD = Viewport(-90.0, -180.0, 90.0, 180.0, 2)


@dataclass(frozen=True, slots=True)
class Cards:
    """`several_places` is the dead (best) of incidents with several sites that a place filter caught by one of them."""

    incidents: int
    of_incidents: int  # in the chosen datasets, unfiltered
    unlocated: int
    without_town: int  # unlocated, or `location` is null, or known only to a province, a country or a sea
    fatalities: Total
    sides: dict[str, Total]  # actor1, actor2, civilians, unknown
    injured: Total
    places: int  # distinct named places among the sites, further ones included
    actors: int
    from_words: int  # dead (best) that rest on words
    several_places: int
    left_out_without_figure: int  # incidents without a figure that only the killed filter leaves out
    first_date: date | None
    last_date: date | None


@dataclass(frozen=True, slots=True)
class MapCell:
    """One feature: a single incident (n = 1, `incident_id` set), several at one cell, or a further site (n = 0)."""

    latitude: float
    longitude: float
    n: int
    dead: int | None  # sum of bests; None where no incident of the cell has a figure
    is_area: bool  # precision district or less: dashed ring
    geo_precision: str | None  # of a single incident
    incident_id: str | None
    event_types: tuple[tuple[str, int], ...]  # most frequent first
    south: float
    west: float
    north: float
    east: float
    one_point: bool  # all incidents share one coordinate
    from_latitude: float | None = None  # a further site: its first site's coordinate
    from_longitude: float | None = None


@dataclass(frozen=True, slots=True)
class MapView:
    cells: tuple[MapCell, ...]
    shown: int  # incidents counted by these cells


@dataclass(frozen=True, slots=True)
class Extent:
    """Bounds of what the filter finds; None where nothing is located."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class TimeBin:
    start: date
    end: date  # inclusive
    group: str  # event type or actor
    incidents: int
    dead: int
    is_imprecise: bool  # known to less than the unit; start and end are then of that week, month or year


Span: TypeAlias = tuple[date, date]
"""The earliest and the latest first day."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bins of one unit. Each incident is in the bin of its first day. `rest` are the bins of the same filter without its
    dates, for the grey bars behind (empty where no date is set)."""

    unit: str  # day, week, month, quarter, year
    bins: tuple[TimeBin, ...]
    rest: tuple[TimeBin, ...]
    first: date | None = None  # of the filter without its dates
    last: date | None = None
    data_until: date | None = (
        None  # of the chosen datasets, whatever the filter: a bar that goes on after it is incomplete
    )


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    incidents: int


@dataclass(frozen=True, slots=True)
class ListRow:
    """A line of a top list: incidents and dead (best) `in incidents involving` the value."""

    value: str
    incidents: int
    dead: int
    without_figure: int
    names: tuple[str, ...] = ()  # of a pair: its two actors


@dataclass(frozen=True, slots=True)
class Named:
    """`facets` by filter field."""

    facets: dict[str, tuple[FacetValue, ...]]
    top_actors: tuple[ListRow, ...]
    actors: int  # different ones
    places: int  # distinct named places among the sites, further ones included


@dataclass(frozen=True, slots=True)
class Site:
    site_no: int
    location: str | None
    admin2: str | None
    admin1: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    geo_precision: str | None
    geo_radius_km: float | None
    geo_source: str | None
    geo_match: str | None


@dataclass(frozen=True, slots=True)
class Neighbour:
    incident_id: str
    event_date: date
    location: str | None
    event_type: str | None
    km: float | None
    days: int


@dataclass(frozen=True, slots=True)
class Details:
    """`values` has every public column of the incident; `extra` the file's other columns."""

    incident_id: str
    values: dict[str, object]
    extra: dict[str, str]
    sites: tuple[Site, ...]  # the first included
    file: str
    dataset_name: str
    previous_id: str | None  # in time, within the filter
    next_id: str | None
    near: tuple[Neighbour, ...]
