"""Places asked of the online geocoder one after another, at most so many, and taken only where its answer is one place."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from incidents.model.errors import GeocoderDown
from incidents.model.place import Candidate, PlaceQuery
from incidents.places.answers import UNCONFIRMED
from incidents.places.choice import TOGETHER_KM
from incidents.places.distance import kilometres
from incidents.places.online import Online

CLOSER = ("town", "near", "line")


@dataclass(slots=True)
class Settled:
    """`places` have one answer; `several` and `unknown` are for a person. `fault`: why asking ended early."""

    places: dict[PlaceQuery, Candidate] = field(default_factory=dict)
    several: list[PlaceQuery] = field(default_factory=list)
    unknown: list[PlaceQuery] = field(default_factory=list)
    fault: str | None = None

    @property
    def asked(self) -> int:
        return len(self.places) + len(self.several) + len(self.unknown)

    def as_json(self) -> dict[str, object]:
        return {
            "asked": self.asked,
            "found": len(self.places),
            "several": len(self.several),
            "no_such_place": len(self.unknown),
            "fault": self.fault,
        }


def settle_online(online: Online, queries: Iterable[PlaceQuery], most: int) -> Settled:
    """Asks about the first `most` places; kept answers count, and send nothing. An outage ends it, with what was found so far.

    Raises IncidentsError, before anything is sent, where the settings allow no question.
    """
    settled = Settled()
    for query in queries:
        if settled.asked >= most:
            break
        try:
            found = online.look_up(query)
        except GeocoderDown as problem:
            settled.fault = str(problem)
            break
        if not found:
            settled.unknown.append(query)
        elif (place := the_one(found)) is None:
            settled.several.append(query)
        else:
            settled.places[query] = replace(place, source=UNCONFIRMED + place.source)
    return settled


def the_one(found: tuple[Candidate, ...]) -> Candidate | None:
    """The first of the candidates where all that are towns or the like lie together; None where they do not, or are areas."""
    close = [place for place in found if place.geo_precision in CLOSER]
    if not close:
        return None
    first = close[0]
    apart = (kilometres(first.latitude, first.longitude, place.latitude, place.longitude) for place in close)
    return first if max(apart) <= TOGETHER_KM else None
