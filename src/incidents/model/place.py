"""What is asked of the place resolver, and what it answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceQuery:
    """One place as a file names it; any part may be missing. The stated country is never overridden."""

    name: str | None
    admin2: str | None = None
    admin1: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    name: str
    admin1: str | None
    country: str | None
    latitude: float
    longitude: float
    geo_precision: str
    source: str  # "geonames", "natural earth", "places.csv", "decision", "own data", "nominatim"
    why: str = ""  # how it matched, in words
    population: int = 0


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """`status` is matched, ambiguous, fallback (a wider place stands for it) or not_found; without coordinates the
    precision, radius and source are None."""

    status: str
    latitude: float | None = None
    longitude: float | None = None
    geo_precision: str | None = None
    geo_radius_km: float | None = None
    geo_source: str | None = None
    matched_name: str | None = None
    matched_admin1: str | None = None
    matched_country: str | None = None
    why: str = ""  # one plain sentence for the details panel
    candidates: tuple[Candidate, ...] = ()

    @property
    def is_located(self) -> bool:
        return self.latitude is not None and self.longitude is not None


NOT_FOUND = PlaceAnswer("not_found")
