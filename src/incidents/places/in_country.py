"""One place inside a settled country: the town, else the district, the province or the country that stands for it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from incidents.model.place import PlaceAnswer, PlaceQuery
from incidents.places import answers, radii
from incidents.places.areas import District, keys
from incidents.places.choice import choose, elsewhere, is_beside, is_in
from incidents.places.countries import Country, find_country, territory
from incidents.places.distance import kilometres
from incidents.places.gazetteer import Found, Gazetteer, Province
from incidents.places.names import fold
from incidents.places.own_data import OwnData, spread_km
from incidents.places.words import DISTRICT, PROVINCE, TOWN, VILLAGE, PlaceWords, read_place

DISTRICT_REACH = 1.5  # times a district's radius: a town of the name farther from the seat is another one


class Areas(Protocol):
    """Look-ups of provinces and districts, each done once."""

    gazetteer: Gazetteer
    own_data: OwnData | None

    def provinces(self, name: str, country: str) -> list[Province]: ...

    def district(self, name: str, country: str, provinces: list[Province]) -> District | None: ...


class InCountry:
    """One query whose country is settled: from the town outwards to the country."""

    def __init__(self, areas: Areas, query: PlaceQuery, country: Country) -> None:
        self.areas, self.gazetteer, self.query, self.country = areas, areas.gazetteer, query, country
        self.provinces = areas.provinces(query.admin1, country.iso2) if query.admin1 else []
        elsewhere = None if self.provinces or not query.admin1 else territory(country.iso2, query.admin1)
        self.place_country = elsewhere or country.iso2
        if elsewhere and query.admin1:
            self.provinces = areas.provinces(query.admin1, elsewhere)
        self.district = areas.district(query.admin2, self.place_country, self.provinces) if query.admin2 else None

    def answer(self) -> PlaceAnswer:
        name = self.query.name
        if not name:
            return self.wider("matched", "", ())
        words = read_place(name)
        if words.ends:
            return self.between(words)
        if (words.away_km or words.alternatives) and self.find(whole := PlaceWords((fold(name),)))[1]:
            words = whole  # "100 Mile House" and "Raabs / Thaya" are names
        own_province = self.province_named(name, words)
        if words.kind == PROVINCE and own_province:
            return answers.of_province(
                self.gazetteer, own_province, self.query, self.country, "matched", f'"{name}": ', ()
            )
        if words.kind == DISTRICT and (area := self.district_named(name)):
            return answers.of_district(self.gazetteer, area, self.query, self.country, "matched", f'"{name}": ', ())
        found, inside = self.find(words)
        if self.is_the_country(name, inside, own_province):
            return answers.of_country(self.gazetteer, self.query, self.country, "matched", f'"{name}": ', ())
        if not inside and own_province and words.kind is None:
            return answers.of_province(
                self.gazetteer, own_province, self.query, self.country, "matched", f'"{name}": ', ()
            )
        return self.town(words, found, inside)

    def is_the_country(self, name: str, inside: list[Found], province: Province | None) -> bool:
        """Whether the cell names the stated country itself: "Mexico" is not Mexico City, "Colombia" not the town of that name.

        A town is meant where a province is stated, or where it is the country's biggest and has the very name, as Djibouti.
        """
        if find_country(name) is not self.country:
            return False
        if self.query.admin1:
            return not inside and province is None
        called = [place for place in inside if place.level == 0]
        if fold(name) == fold(self.country.name):
            return not self.gazetteer.is_biggest(called, self.place_country)
        return not called and not (province and self.gazetteer.spells(name, province))

    def province_named(self, name: str, words: PlaceWords) -> Province | None:
        """The province that the place cell itself names, if the stated province allows it."""
        for spelling in (name, *words.names):
            for province in self.gazetteer.provinces(spelling, self.place_country):  # most are no province's: not kept
                if not self.provinces or province in self.provinces:
                    return province
        return None

    def district_named(self, name: str) -> District | None:
        if (
            self.district is not None
            and self.query.admin2
            and read_place(name).names[:1] == read_place(self.query.admin2).names[:1]
        ):
            return self.district
        return self.areas.district(name, self.place_country, self.provinces)

    def find(self, words: PlaceWords) -> tuple[list[Found], list[Found]]:
        """All places of the first name that is known inside, and those of them that are inside what the query states."""
        everywhere: list[Found] = []
        for name in words.names:
            found = self.gazetteer.places(keys((name,)), self.place_country)
            inside = self.inside(found)
            if (
                not inside and self.provinces
            ):  # disputed borders: GeoNames files it under the neighbour, the province's polygon holds it
                held = {province.id for province in self.provinces}
                inside = [
                    place
                    for place in self.gazetteer.places(keys((name,)), None)
                    if place.province in held and place.level < 2
                ]
            if (
                not inside and self.provinces and words.kind not in (VILLAGE, DISTRICT)
            ):  # villages of one name are too many
                inside = self.alone_beside(found)
            if words.kind in (TOWN, VILLAGE):
                inside = [place for place in inside if place.kind != "district"] or inside
            if inside:
                return found, inside
            everywhere += found
        return everywhere, []

    def alone_beside(self, found: list[Found]) -> list[Found]:
        """The only places of that spelling in the whole country, if they lie at the stated province's border."""
        spelled = [place for place in found if place.level < 2]
        return spelled if spelled and all(is_beside(place, self.provinces) for place in spelled) else []

    def inside(self, found: list[Found]) -> list[Found]:
        if self.provinces:
            return [place for place in found if is_in(place, self.provinces)]
        return [place for place in found if place.level < 2]  # by sound only inside a province

    def town(self, words: PlaceWords, found: list[Found], inside: list[Found]) -> PlaceAnswer:
        name, district = self.query.name, self.district
        if not inside:
            if (learnt := self.own_data(words, same_district=False)) is not None:
                return learnt
            where = self.provinces[0].name if self.provinces else self.country.name
            elsewhere = " (it is known elsewhere in the country)" if found else ""
            return self.wider("fallback", f'"{name}" is not known in {where}{elsewhere}; ', found)
        note = ""
        near = inside
        if district is not None:
            near = [place for place in inside if self._is_near(place, district)]
            if not near:
                return self.wider("fallback", f'"{name}" is known only far from {self.query.admin2}; ', inside)
            note = f"in {self.query.admin2}" if len(near) < len(inside) else ""
        if others := self.other_alternative(words, inside):
            return self.wider("ambiguous", f'"{name}" {answers.SEVERAL} places far apart; ', (*near, *others))
        choice = choose(near)
        place = choice.best
        assert place is not None
        if not choice.is_settled:
            if (learnt := self.own_data(words, same_district=True)) is not None:
                return learnt
            return self.wider("ambiguous", f'"{name}" {answers.SEVERAL} {len(near)} places far apart; ', near)
        is_near = words.is_near and place.geo_precision == "town"
        precision = "near" if is_near else place.geo_precision
        province = self.gazetteer.province_at(place)
        radius = radii.town(place, is_near, bool(self.provinces), province, words.away_km)
        if is_near:
            note = f'"{words.words}" makes it near the town'
        return answers.of_place(
            self.gazetteer, place, self.query, self.country, radius, precision, note or choice.reason, choice.others
        )

    def other_alternative(self, words: PlaceWords, inside: list[Found]) -> list[Found]:
        """Places of the first further name in "A / B" that is another place than A, and not its other spelling."""
        for name in words.alternatives:
            found = [p for p in self.gazetteer.places(keys((name,)), self.place_country) if p.level < 2]
            near = [p for p in self.inside(found) if self.district is None or self._is_near(p, self.district)]
            if others := elsewhere(near, inside):
                return others
        return []

    def own_data(self, words: PlaceWords, *, same_district: bool) -> PlaceAnswer | None:
        """By the user's other datasets, inside the stated province; None where they do not know the name."""
        if self.areas.own_data is None or not self.provinces or words.kind in (DISTRICT, PROVINCE):
            return None
        ids = frozenset(province.id for province in self.provinces)
        district = self.query.admin2
        found = self.areas.own_data.places(words.names, self.place_country, ids, self.gazetteer, district)
        if same_district:
            found = [place for place in found if district and place.admin2]
        if self.district is not None:
            found = [place for place in found if place.admin2 or self._is_near(place, self.district)]
        choice = choose(found)
        if choice.best is None:
            return None
        if not choice.is_settled:
            reason = f'"{self.query.name}" {answers.SEVERAL} places far apart in your other datasets; '
            return self.wider("ambiguous", reason, found)
        place = choice.best
        radius = radii.town(place, words.is_near, True, None, words.away_km) + spread_km(found)
        precision = "near" if words.is_near else place.geo_precision
        return answers.of_place(self.gazetteer, place, self.query, self.country, radius, precision, "", choice.others)

    @staticmethod
    def _is_near(place: Found, district: District) -> bool:
        seat = district.seat
        away = kilometres(place.latitude, place.longitude, seat.latitude, seat.longitude)
        return away <= district.radius_km * DISTRICT_REACH

    def between(self, words: PlaceWords) -> PlaceAnswer:
        assert words.ends is not None
        ends = [
            InCountry(self.areas, replace(self.query, name=end, admin2=None), self.country).answer()
            for end in words.ends
        ]
        known = [end for end in ends if end.geo_precision in ("town", "near")]
        if len(known) == 2:
            return answers.of_line(known[0], known[1], self.query, "line" if words.is_line else "near")
        if words.names:
            plain = PlaceWords(words.names, None, True, False, None, words.words)
            found, inside = self.find(plain)
            if inside:
                return self.town(plain, found, inside)
        if known:
            why = f'"{self.query.name}": only {known[0].matched_name} of its two ends is known.'
            return replace(known[0], status="fallback", geo_precision="near", geo_radius_km=2 * radii.NEAR, why=why)
        return self.wider("fallback", f'"{self.query.name}": neither end is known; ', ())

    def wider(self, status: str, reason: str, others: Iterable[Found]) -> PlaceAnswer:
        """The district, the province or the country, whichever is the narrowest known."""
        query = self.query
        if self.district is not None:
            return answers.of_district(self.gazetteer, self.district, query, self.country, status, reason, others)
        if query.admin2 and status == "matched":
            status, reason = "fallback", f'the seat of "{query.admin2}" is not known; '
        if self.provinces:
            province = max(self.provinces, key=lambda p: p.radius_km)
            return answers.of_province(self.gazetteer, province, query, self.country, status, reason, others)
        if query.admin1:
            area = self.areas.district(query.admin1, self.place_country, [])
            if area is not None:
                wide = District(area.seat, radii.UNKNOWN_PROVINCE)
                answer = answers.of_district(self.gazetteer, wide, query, self.country, status, reason, others)
                return replace(
                    answer,
                    geo_precision="province",
                    matched_name=query.admin1,
                    why=f'{reason}"{query.admin1}" stands at {area.seat.name}.',
                )
            status, reason = (
                ("fallback" if status == "matched" else status),
                f'{reason}no province "{query.admin1}" is known; ',
            )
        return answers.of_country(self.gazetteer, query, self.country, status, reason, others)
