"""Choosing among places of one name: one, or several far apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidents.places.distance import kilometres
from incidents.places.gazetteer import Found, Province

TOGETHER_KM = 15.0  # places of one name this close count as one
OUTWEIGHS = 10  # times as many people as the next: the town meant, where it has at least CITY people
CITY = 30_000
BOX_MARGIN = 0.3  # degrees
OWN_GAZETTEER, OWN_DATA = "own gazetteer", "own data"  # sources of places that are the user's own


@dataclass(frozen=True, slots=True)
class Choice:
    """`best` is None where there is no candidate; `is_settled` False where others far away are as likely."""

    best: Found | None
    others: tuple[Found, ...] = ()
    is_settled: bool = True
    reason: str = ""  # what settled it, for `why`


def distance(a: Found, b: Found) -> float:
    return kilometres(a.latitude, a.longitude, b.latitude, b.longitude)


def elsewhere(found: Sequence[Found], known: Sequence[Found]) -> list[Found]:
    """`found` if all of it is far from every place of `known`, else nothing."""
    is_apart = all(distance(place, other) > TOGETHER_KM for place in found for other in known)
    return list(found) if is_apart else []


def is_in(place: Found, provinces: Sequence[Province]) -> bool:
    """By GeoNames' code or by the polygon that holds it: either, since both are out of date somewhere."""
    return any(
        place.province == p.id or (p.code not in ("", "00") and place.admin1 == p.code and _in_box(place, p))
        for p in provinces
    )


def is_beside(place: Found, provinces: Sequence[Province]) -> bool:
    """In the box around one of the provinces: not far over its border as mapped."""
    return any(_in_box(place, province) for province in provinces)


def _in_box(place: Found, province: Province) -> bool:
    """Natural Earth gives some provinces their region's code: the box tells them apart."""
    south, north = province.south - BOX_MARGIN, province.north + BOX_MARGIN
    return (
        south <= place.latitude <= north and province.west - BOX_MARGIN <= place.longitude <= province.east + BOX_MARGIN
    )


def choose(found: Sequence[Found]) -> Choice:
    """The candidate meant: the user's own first, then the supplement, then better-matching names, then one that outweighs the rest."""
    if not found:
        return Choice(None)
    ordered = sorted(found, key=lambda p: (_trust(p.source), p.level, -p.population, p.id))
    best = ordered[0]
    others = tuple(ordered[1:])
    if best.source in (OWN_GAZETTEER, OWN_DATA):
        same = [p for p in others if p.source == best.source and p.level == best.level]
        return Choice(best, others, all(distance(best, p) <= TOGETHER_KM for p in same))
    if best.source == "places.csv":
        return Choice(best, others)
    rivals = [
        place
        for place in others
        if place.kind == best.kind and distance(best, place) > TOGETHER_KM and place.level <= max(best.level, 1)
    ]
    if not rivals:
        return Choice(best, others)
    biggest = max((best, *rivals), key=lambda place: place.population)
    rest = max(place.population for place in (best, *rivals) if place is not biggest)
    if biggest.population >= CITY and biggest.population >= OUTWEIGHS * max(rest, 1):
        return Choice(
            biggest, tuple(place for place in ordered if place is not biggest), True, "by far the biggest of that name"
        )
    return Choice(best, others, False)


def _trust(source: str) -> int:
    return {OWN_GAZETTEER: 0, "places.csv": 1, "districts.csv": 3}.get(source, 2)
