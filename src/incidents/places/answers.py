"""Answers of the resolver, each with its reason in one plain sentence."""

from collections.abc import Iterable

from incidents.model.place import Candidate, PlaceAnswer, PlaceQuery
from incidents.places import radii
from incidents.places.areas import District
from incidents.places.choice import OWN_DATA
from incidents.places.countries import Country, countries
from incidents.places.distance import kilometres
from incidents.places.gazetteer import Found, Gazetteer, Province

_LEVELS = ("by its name", "by another of its names", "by how it sounds")
_SOURCES = {"geonames": "GeoNames", "places.csv": "the project's own list", "districts.csv": "by its seat, GeoNames"}
MOST_CANDIDATES = 12
UNCONFIRMED = "online, unconfirmed: "  # before the service in the source of a decision that no person made
SEVERAL = "is the name of"
"""Stands in the reason of every ambiguous answer."""


def says_ambiguous(why: str | None) -> bool:
    """Whether a stored reason is an ambiguous answer's."""
    return SEVERAL in (why or "")


def country_name(country: Country | None, stated: str | None) -> str | None:
    """The country as the file states it; its plain name where the file gives a code or another script."""
    if stated and len(stated.strip()) > 3 and stated.isascii():
        return stated.strip()
    return country.name if country else stated


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def as_candidate(gazetteer: Gazetteer, place: Found) -> Candidate:
    province = gazetteer.province_at(place)
    country = countries().get(place.country)
    name = country.name if country else place.country
    return Candidate(
        place.name, province.name if province else None, name, place.latitude, place.longitude, place.geo_precision, place.source,
        _LEVELS[place.level], place.population,
    )  # fmt: skip


def candidates(gazetteer: Gazetteer, found: Iterable[Found]) -> tuple[Candidate, ...]:
    ordered = sorted(found, key=lambda place: (place.level, -place.population))[:MOST_CANDIDATES]
    return tuple(as_candidate(gazetteer, place) for place in ordered)


def of_decision(
    decision: Candidate, query: PlaceQuery, country: Country | None, radius: float | None = None
) -> PlaceAnswer:
    """`radius` of the area where one was chosen; a point has its precision's."""
    radius = radius or radii.DECIDED.get(decision.geo_precision, radii.NEAR)
    asked = query.name or query.admin2 or query.admin1
    source, why = "decision", f'A person chose {decision.name} for "{asked}".'
    if decision.source.startswith(UNCONFIRMED):
        service = decision.source.removeprefix(UNCONFIRMED)
        source, why = "online", f'{service} has one answer for "{asked}": {decision.name}; nobody has confirmed it.'
    stated = country_name(country, query.country) or decision.country
    return PlaceAnswer(
        "matched", decision.latitude, decision.longitude, decision.geo_precision, round(radius, 1), source, decision.name, decision.admin1,
        stated, why,
    )  # fmt: skip


def of_place(
    gazetteer: Gazetteer,
    place: Found,
    query: PlaceQuery,
    country: Country | None,
    radius: float,
    precision: str,
    note: str,
    others: Iterable[Found],
) -> PlaceAnswer:
    """A town of the index, or a supplement row of any kind."""
    province = gazetteer.province_at(place)
    stated = country_name(country, query.country)
    within = ", ".join(part for part in (province.name if province else None, stated) if part)
    source = _SOURCES.get(place.source, place.source)
    why = f'"{query.name or query.admin2}" is {place.name} in {within}, {_LEVELS[place.level]} ({source}){"; " + note if note else ""}.'
    if place.note:
        why = f'"{query.name or query.admin2}" is {place.name} in {within}. {place.note}{"" if place.note.endswith(".") else "."}'
    stands_in = place.geo_precision == "district" and place.kind != "district"  # a point of the wider area
    return PlaceAnswer(
        "fallback" if stands_in else "matched", place.latitude, place.longitude, precision, round(radius, 1), source_of(place), place.name,
        province.name if province else None, stated, why, candidates(gazetteer, others),
    )  # fmt: skip


def source_of(place: Found) -> str:
    """What schema.GEO_SOURCES calls it."""
    return "own data" if place.source == OWN_DATA else "gazetteer"


def of_district(
    gazetteer: Gazetteer,
    district: District,
    query: PlaceQuery,
    country: Country,
    status: str,
    reason: str,
    others: Iterable[Found],
) -> PlaceAnswer:
    province = gazetteer.province_at(district.seat)
    seat = district.seat
    how = f"the district stands at {seat.name}" if seat.kind != "district" else f"{seat.name} is a district"
    return PlaceAnswer(
        status, seat.latitude, seat.longitude, "district", round(district.radius_km, 1), "gazetteer", query.admin2 or seat.name,
        province.name if province else None, country_name(country, query.country), _sentence(f"{reason}{how}."), candidates(gazetteer, others),
    )  # fmt: skip


def of_province(
    gazetteer: Gazetteer,
    province: Province,
    query: PlaceQuery,
    country: Country,
    status: str,
    reason: str,
    others: Iterable[Found],
) -> PlaceAnswer:
    return PlaceAnswer(
        status, province.latitude, province.longitude, "province", round(province.radius_km, 1), "gazetteer", province.name, province.name,
        country_name(country, query.country), _sentence(f"{reason}the middle of the province {province.name}."), candidates(gazetteer, others),
    )  # fmt: skip


def of_country(
    gazetteer: Gazetteer, query: PlaceQuery, country: Country, status: str, reason: str, others: Iterable[Found]
) -> PlaceAnswer:
    stated = country_name(country, query.country)
    if country.latitude is None:
        return PlaceAnswer(
            "not_found", matched_country=stated, why=f"{reason}{country.name} has no point in the gazetteer."
        )
    return PlaceAnswer(
        status, country.latitude, country.longitude, "country", country.radius_km, "gazetteer", country.name, None, stated,
        _sentence(f"{reason}the middle of {country.name}."), candidates(gazetteer, others),
    )  # fmt: skip


def of_line(a: PlaceAnswer, b: PlaceAnswer, query: PlaceQuery, precision: str) -> PlaceAnswer:
    """The middle of the straight line between two towns."""
    assert a.latitude is not None
    assert a.longitude is not None
    assert b.latitude is not None
    assert b.longitude is not None
    length = kilometres(a.latitude, a.longitude, b.latitude, b.longitude)
    name = f"{a.matched_name} - {b.matched_name}"
    return PlaceAnswer(
        "matched", (a.latitude + b.latitude) / 2, (a.longitude + b.longitude) / 2, precision, round(radii.line(length), 1), "gazetteer", name,
        a.matched_admin1 if a.matched_admin1 == b.matched_admin1 else None, a.matched_country,
        f'"{query.name}": the middle between {a.matched_name} and {b.matched_name}, {length:.0f} km apart.',
    )  # fmt: skip


def nowhere(
    gazetteer: Gazetteer,
    query: PlaceQuery,
    country: Country | None,
    status: str,
    why: str,
    others: Iterable[Found] = (),
) -> PlaceAnswer:
    return PlaceAnswer(
        status, matched_country=country_name(country, query.country), why=why, candidates=candidates(gazetteer, others)
    )
