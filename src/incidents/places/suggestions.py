"""What a person may choose from: every place of the name, places of the province that are spelled alike, and the areas around."""

from dataclasses import replace
from difflib import get_close_matches

from incidents.model.place import Candidate, PlaceAnswer, PlaceQuery
from incidents.places.answers import as_candidate
from incidents.places.countries import find_country
from incidents.places.gazetteer import Province
from incidents.places.names import compact
from incidents.places.resolver import AREAS, Resolver
from incidents.places.words import read_place

ALIKE = 0.78  # of difflib's ratio; below it half of the names are another place
MOST_ALIKE = 5
MOST_TOWNS = 6_000  # of one province; the largest has fewer


def suggestions(resolver: Resolver, query: PlaceQuery, answer: PlaceAnswer) -> tuple[Candidate, ...]:
    """Places of that name first, as the resolver ranks them; then names alike in the stated province, which are never taken unasked."""
    alike = [place for province in stated_provinces(resolver, query) for place in _alike(resolver, query, province)]
    points = {(place.latitude, place.longitude) for place in answer.candidates}
    return (*answer.candidates, *(place for place in alike if (place.latitude, place.longitude) not in points))


def areas(resolver: Resolver, query: PlaceQuery) -> tuple[Candidate, ...]:
    """The district, the province and the country of the question, as far as they are known: to be chosen where nothing closer is."""
    asked = [
        PlaceQuery(None, query.admin2 if part == "district" else None, query.admin1 if part != "country" else None, query.country)
        for part in AREAS
    ]  # fmt: skip
    found = []
    for part, question in zip(AREAS, asked, strict=True):
        area = resolver.resolve(question)
        if area.geo_precision == part and area.latitude is not None and area.longitude is not None:
            name = area.matched_name or query.country or ""
            found.append(
                Candidate(name, area.matched_admin1, area.matched_country, area.latitude, area.longitude, part, "decision", "the area only")
            )  # fmt: skip
    return tuple(found)


def stated_provinces(resolver: Resolver, query: PlaceQuery) -> list[Province]:
    country = find_country(query.country)
    return resolver.provinces(query.admin1, country.iso2) if query.admin1 and country else []


def _alike(resolver: Resolver, query: PlaceQuery, province: Province) -> list[Candidate]:
    if not query.name:
        return []
    towns: dict[str, Candidate] = {}
    for place in resolver.gazetteer.largest(province, MOST_TOWNS):
        key = compact(place.name)
        if key not in towns:
            towns[key] = as_candidate(resolver.gazetteer, place)
    alike: dict[str, Candidate] = {}
    for name in read_place(query.name).names:
        for key in get_close_matches(compact(name), towns, MOST_ALIKE, ALIKE):
            alike.setdefault(key, replace(towns[key], why="spelled alike"))
    return list(alike.values())[:MOST_ALIKE]
