"""Districts: no open gazetteer lists them, so a district is known by its seat, the place of the same name in its province."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from incidents.places import radii
from incidents.places.choice import choose, distance, is_in
from incidents.places.gazetteer import Found, Gazetteer, Province
from incidents.places.names import compact, sound
from incidents.places.words import read_place

SEATS_TOGETHER_KM = 40.0
_CENTRE = ("markaz", "mintaqat markaz", "qada markaz", "centre", "central", "center")


@dataclass(frozen=True, slots=True)
class District:
    seat: Found
    radius_km: float


def keys(names: Sequence[str]) -> dict[str, int]:
    """Look-up keys of folded names with the best level each can claim: spelling first, sound last."""
    found: dict[str, int] = {}
    for name in names:
        if len(key := compact(name)) > 1:
            found.setdefault(key, 0)
    for name in names:
        if len(key := sound(name)) > 2:
            found.setdefault(key, 2)
    return found


def find_district(gazetteer: Gazetteer, name: str, country: str, provinces: Sequence[Province]) -> District | None:
    """The district of that name in these provinces (in the country where none is known); None where its seat is not clear."""
    words = read_place(name)
    inside: list[Found] = []
    for spelling in words.names:  # the name before what brackets say of it
        found = gazetteer.places(keys((spelling,)), country)
        inside = [place for place in found if (is_in(place, provinces) if provinces else place.level < 2)]
        if inside:
            break
    for kinds in (("district",), ("town", "village")):
        of_kind = [place for place in inside if place.kind in kinds]
        if not of_kind:
            continue
        choice = choose(of_kind)
        best = choice.best
        assert best is not None
        rivals = [
            place for place in choice.others if place.level <= best.level and distance(best, place) > SEATS_TOGETHER_KM
        ]
        if choice.is_settled or not rivals or best.population >= 3 * max(place.population for place in rivals) > 0:
            return District(best, radii.district(best, provinces[0] if provinces else None))
        return None
    if provinces and any(name.startswith(_CENTRE) for name in words.names):
        seat = next(iter(gazetteer.largest(provinces[0])), None)
        return District(replace(seat, level=1), radii.district(seat, provinces[0])) if seat else None
    return None
