"""Places of the user's own data: coordinates that one dataset gives help names of another that has none.

Trusted less than any gazetteer: asked only where the gazetteer knows no such place in the stated province, or several and the
row's district is the very one of the known place.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from incidents.places.choice import OWN_DATA
from incidents.places.countries import find_country
from incidents.places.distance import kilometres
from incidents.places.gazetteer import Found, Gazetteer
from incidents.places.names import compact, fold
from incidents.places.words import DISTRICT, PROVINCE, read_place

LEARNT = ("town", "near", "unstated")
"""Stated precisions that tell where a name is; wider ones give the middle of an area."""

TOWN_KM, NEAR_KM = (
    15.0,
    30.0,
)  # a point given for a town is mostly its middle, of a town without a stated precision perhaps not
STANDS_IN = 3  # more names than this at one point of one dataset: the point stands for an area
FIRST_ID = -5_000_000


@dataclass(frozen=True, slots=True)
class GivenPlace:
    """A name with the coordinates that a dataset gives it; `incidents` rows say so."""

    dataset: str
    name: str
    admin2: str | None
    admin1: str
    country: str
    latitude: float
    longitude: float
    geo_precision: str
    incidents: int


class OwnData:
    """Read when it is first asked, since most imports never ask."""

    def __init__(self, read: Callable[[], Iterable[GivenPlace]]) -> None:
        self._read = read
        self._places: dict[tuple[str, str], list[GivenPlace]] | None = None

    def places(
        self, names: Sequence[str], country: str, provinces: frozenset[str], gazetteer: Gazetteer, district: str | None
    ) -> list[Found]:
        """Places of the first of these folded names that is known in one of these provinces (ids); where both state a district, of that one."""
        for name in names:
            held = [
                (place, province)
                for place in self._known().get((compact(name), country), ())
                if (province := _province(gazetteer, place, country)) in provinces
                and not (district and place.admin2 and fold(place.admin2) != fold(district))
            ]
            if held:
                return [_found(number, place, country, province) for number, (place, province) in enumerate(held)]
        return []

    def _known(self) -> dict[tuple[str, str], list[GivenPlace]]:
        if self._places is None:
            self._places = _by_name(list(self._read()))
        return self._places


def _by_name(given: list[GivenPlace]) -> dict[tuple[str, str], list[GivenPlace]]:
    """The most frequent point of each name of a district first; points that stand for an area left out."""
    at_point: dict[tuple[str, float, float], set[str]] = {}
    for place in given:
        at_point.setdefault(_point(place), set()).add(fold(place.name))
    places: dict[tuple[str, str], list[GivenPlace]] = {}
    for place in sorted(given, key=lambda place: (-place.incidents, place.latitude, place.longitude)):
        country, words = find_country(place.country), read_place(place.name)
        is_a_town = words.kind not in (DISTRICT, PROVINCE) and not words.is_near and not words.ends
        if country is None or not is_a_town or len(at_point[_point(place)]) > STANDS_IN:
            continue
        for key in dict.fromkeys(compact(name) for name in words.names):
            places.setdefault((key, country.iso2), []).append(place)
    return places


def _point(place: GivenPlace) -> tuple[str, float, float]:
    return place.dataset, place.latitude, place.longitude


def _province(gazetteer: Gazetteer, place: GivenPlace, country: str) -> str:
    provinces = gazetteer.provinces(place.admin1, country)
    return provinces[0].id if len(provinces) == 1 else ""


def _found(number: int, place: GivenPlace, country: str, province: str) -> Found:
    precision = "town" if place.geo_precision == "town" else "near"
    rows = "1 incident" if place.incidents == 1 else f"{place.incidents:,} incidents"
    return Found(
        FIRST_ID - number, place.name, country, "", province, place.admin2, place.latitude, place.longitude, place.incidents, "town", precision,
        TOWN_KM if precision == "town" else NEAR_KM, OWN_DATA, f"Your dataset {place.dataset} gives these coordinates in {rows}", 0,
    )  # fmt: skip


def spread_km(places: Sequence[Found]) -> float:
    """The greatest distance from the first."""
    first = places[0]
    return max(kilometres(first.latitude, first.longitude, p.latitude, p.longitude) for p in places)
