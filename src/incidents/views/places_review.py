"""Places to settle, worst first, and those that are settled."""

from dataclasses import dataclass

from incidents.model.filters import ALL_DATASETS, EVERYTHING
from incidents.model.place import PlaceAnswer, PlaceQuery
from incidents.places.resolver import Key, Resolver, decision_key
from incidents.queries import places_review
from incidents.queries.asking import Panel, ask
from incidents.store import Reader

STATUS_ORDER = ("ambiguous", "fallback", "not_found")


@dataclass(frozen=True, slots=True)
class PlaceToSettle:
    """One name in its district, province and country; `query` is its most frequent spelling. `incidents` counts sites too."""

    query: PlaceQuery
    incidents: int
    answer: PlaceAnswer

    @property
    def status(self) -> str:
        return self.answer.status


@dataclass(frozen=True, slots=True)
class PlacesToSettle:
    """`is_cut`: there are more names, of fewer incidents."""

    places: tuple[PlaceToSettle, ...]
    is_cut: bool

    @property
    def incidents(self) -> int:
        return sum(place.incidents for place in self.places)


def places_to_settle(reader: Reader, resolver: Resolver, most: int = 1000) -> PlacesToSettle:
    """Of all datasets, by number of incidents, then ambiguous before fallback before not found."""
    if not reader.datasets:
        return PlacesToSettle((), False)
    found = _named(reader, places_review.wide_places, most)
    places = [PlaceToSettle(query, n, resolver.resolve(query)) for query, n in found.values()]
    open_ones = [place for place in places if place.status in STATUS_ORDER]
    open_ones.sort(key=lambda place: (-place.incidents, STATUS_ORDER.index(place.status)))
    return PlacesToSettle(tuple(open_ones), len(found) == most)


def decided_counts(reader: Reader) -> dict[Key, int]:
    """Incidents of each decision that is in use, by `decision_key`."""
    if not reader.datasets:
        return {}
    return {key: n for key, (_, n) in _named(reader, places_review.decided_places).items()}


def _named(reader: Reader, panel: Panel, *arguments: int) -> dict[Key, tuple[PlaceQuery, int]]:
    """Spellings of one name together."""
    rows = ask(reader, EVERYTHING.with_(dataset=ALL_DATASETS), panel, *arguments)
    named: dict[Key, tuple[PlaceQuery, int]] = {}
    for row in rows.to_pylist():
        incidents = row.pop("incidents")
        query = PlaceQuery(row["location"], row["admin2"], row["admin1"], row["country"])
        first, n = named.get(key := decision_key(query), (query, 0))
        named[key] = (first, n + incidents)
    return named
