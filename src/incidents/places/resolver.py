"""The resolver: from a named place to coordinates, a precision and an honest radius.

In order: a person's decision, a town of the stated country and province, the district (by its seat), the province, the country. The stated
country is never overridden; a name that could be several places far apart falls back to the wider place and says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from incidents.model.place import Candidate, PlaceAnswer, PlaceQuery
from incidents.places import answers, radii
from incidents.places.areas import District, find_district, keys
from incidents.places.choice import choose, is_beside, is_in
from incidents.places.countries import Country, countries, find_country, territory
from incidents.places.distance import kilometres
from incidents.places.gazetteer import Found, Gazetteer, Province
from incidents.places.names import fold, province_key
from incidents.places.words import DISTRICT, PROVINCE, TOWN, PlaceWords, read_place

Key = tuple[str, str, str, str]
DISTRICT_REACH = 1.5  # times a district's radius: a town of the name farther from the seat is another one


def decision_key(query: PlaceQuery) -> Key:
    """What a person's decision is filed under: (name, district, province, country), spellings of one name made equal."""
    country = find_country(query.country)
    iso2 = country.iso2 if country else fold(query.country or "")
    return fold(query.name or ""), fold(query.admin2 or ""), province_key(query.admin1 or ""), iso2


class Resolver:
    """`decisions` are what persons chose, by `decision_key`."""

    def __init__(self, gazetteer: Gazetteer, decisions: Mapping[Key, Candidate] | None = None) -> None:
        self.gazetteer = gazetteer
        self.decisions = dict(decisions or {})
        self._known: dict[PlaceQuery, PlaceAnswer] = {}
        self._areas: dict[tuple[str, str], list[Province]] = {}
        self._districts: dict[tuple[str, str, tuple[str, ...]], District | None] = {}

    def resolve_many(self, queries: Iterable[PlaceQuery]) -> list[PlaceAnswer]:
        """One answer per query, in order; each distinct query is looked up once."""
        return [self.resolve(query) for query in queries]

    def resolve(self, query: PlaceQuery) -> PlaceAnswer:
        answer = self._known.get(query)
        if answer is None:
            answer = self._known[query] = self._resolve(query)
        return answer

    def knows(self, name: str, admin1: str | None, country: str | None) -> bool:
        """Whether the whole text is one place: "Sib and Suran" is, "Chabahar and Rask" is not."""
        found = find_country(country)
        iso2 = found.iso2 if found else None
        if any(place.level < 2 for place in self.gazetteer.places({k: v for k, v in keys((fold(name),)).items() if v < 2}, iso2)):
            return True
        return bool(self.gazetteer.provinces(name, iso2))

    def _resolve(self, query: PlaceQuery) -> PlaceAnswer:
        query = PlaceQuery(*(part.strip() or None if part else None for part in (query.name, query.admin2, query.admin1, query.country)))
        country = find_country(query.country)
        decision = self.decisions.get(decision_key(query)) if self.decisions else None
        if decision is not None:
            return answers.of_decision(decision, query, country)
        if country is None and query.country:
            return answers.nowhere(self.gazetteer, query, None, "not_found", f'No country is called "{query.country}".')
        if country is None:
            return self._without_country(query)
        return _InCountry(self, query, country).answer()

    def _without_country(self, query: PlaceQuery) -> PlaceAnswer:
        """Only where all evidence agrees: the province names one country, or every place of the name lies in one."""
        if not (query.name or query.admin1 or query.admin2):
            return answers.nowhere(self.gazetteer, query, None, "not_found", "No place is named.")
        words = read_place(query.name or query.admin2 or query.admin1 or "")
        stated = find_country(query.name) if query.name else None
        found = [place for place in self.gazetteer.places(keys(words.names), None) if place.level < 2]
        provinces = self.gazetteer.provinces(query.admin1, None) if query.admin1 else self.gazetteer.provinces(query.name or "", None)
        of_provinces = {province.country for province in provinces}
        of_places = {place.country for place in found}
        if query.admin1:
            agreed = of_provinces if len(of_provinces) == 1 else of_provinces & of_places
        else:
            agreed = of_provinces | of_places | ({stated.iso2} if stated else set())
        if len(agreed) != 1:
            status, why = ("ambiguous", "is the name of places in several countries") if agreed else ("not_found", "is not in the gazetteer")
            text = f'"{query.name or query.admin1}" {why}, and no country is stated.'
            return answers.nowhere(self.gazetteer, query, None, status, text, found)
        country = countries()[agreed.pop()]
        answer = _InCountry(self, query, country).answer()
        return replace(answer, matched_country=country.name, why=f"{answer.why} No country was stated; the name is known in {country.name} alone.")

    def provinces(self, name: str, country: str) -> list[Province]:
        key = (name, country)
        if key not in self._areas:
            self._areas[key] = self.gazetteer.provinces(name, country)
        return self._areas[key]

    def district(self, name: str, country: str, provinces: list[Province]) -> District | None:
        key = (name, country, tuple(province.id for province in provinces))
        if key not in self._districts:
            self._districts[key] = find_district(self.gazetteer, name, country, provinces)
        return self._districts[key]


class _InCountry:
    """One query whose country is settled."""

    def __init__(self, resolver: Resolver, query: PlaceQuery, country: Country) -> None:
        self.resolver, self.gazetteer, self.query, self.country = resolver, resolver.gazetteer, query, country
        self.provinces = resolver.provinces(query.admin1, country.iso2) if query.admin1 else []
        elsewhere = None if self.provinces or not query.admin1 else territory(country.iso2, query.admin1)
        self.place_country = elsewhere or country.iso2
        if elsewhere and query.admin1:
            self.provinces = resolver.provinces(query.admin1, elsewhere)
        self.district = resolver.district(query.admin2, self.place_country, self.provinces) if query.admin2 else None

    def answer(self) -> PlaceAnswer:
        name = self.query.name
        if not name:
            return self.wider("matched", "", ())
        words = read_place(name)
        if words.ends:
            return self.between(words)
        own_province = self.province_named(name, words)
        if words.kind == PROVINCE and own_province:
            return answers.of_province(self.gazetteer, own_province, self.query, self.country, "matched", f'"{name}": ', ())
        if words.kind == DISTRICT and (area := self.district_named(name)):
            return answers.of_district(self.gazetteer, area, self.query, self.country, "matched", f'"{name}": ', ())
        found, inside = self.find(words)
        if not inside and own_province and words.kind is None:
            return answers.of_province(self.gazetteer, own_province, self.query, self.country, "matched", f'"{name}": ', ())
        if not inside and find_country(name) is self.country:
            return answers.of_country(self.gazetteer, self.query, self.country, "matched", f'"{name}": ', ())
        return self.town(words, found, inside)

    def province_named(self, name: str, words: PlaceWords) -> Province | None:
        """The province that the place cell itself names, if the stated province allows it."""
        for spelling in (name, *words.names):
            for province in self.resolver.provinces(spelling, self.place_country):
                if not self.provinces or province in self.provinces:
                    return province
        return None

    def district_named(self, name: str) -> District | None:
        if self.district is not None and self.query.admin2 and read_place(name).names[:1] == read_place(self.query.admin2).names[:1]:
            return self.district
        return self.resolver.district(name, self.place_country, self.provinces)

    def find(self, words: PlaceWords) -> tuple[list[Found], list[Found]]:
        """All places of the first name that is known inside, and those of them that are inside what the query states."""
        everywhere: list[Found] = []
        for name in words.names:
            found = self.gazetteer.places(keys((name,)), self.place_country)
            inside = self.inside(found)
            if not inside and self.provinces:  # disputed borders: GeoNames files it under the neighbour, the province's polygon holds it
                held = {province.id for province in self.provinces}
                inside = [place for place in self.gazetteer.places(keys((name,)), None) if place.province in held and place.level < 2]
            if not inside and self.provinces:
                inside = self.alone_beside(found)
            if words.kind == TOWN:
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
            where = self.provinces[0].name if self.provinces else self.country.name
            elsewhere = " (it is known elsewhere in the country)" if found else ""
            return self.wider("fallback", f'"{name}" is not known in {where}{elsewhere}; ', found)
        note = ""
        near = inside
        if district is not None:
            seat = district.seat
            near = [p for p in inside if kilometres(p.latitude, p.longitude, seat.latitude, seat.longitude) <= district.radius_km * DISTRICT_REACH]
            if not near:
                return self.wider("fallback", f'"{name}" is known only far from {self.query.admin2}; ', inside)
            note = f"in {self.query.admin2}" if len(near) < len(inside) else ""
        choice = choose(near)
        place = choice.best
        assert place is not None
        if not choice.is_settled:
            return self.wider("ambiguous", f'"{name}" is the name of {len(near)} places far apart; ', near)
        is_near = words.is_near and place.geo_precision == "town"
        precision = "near" if is_near else place.geo_precision
        radius = radii.town(place, is_near, bool(self.provinces), self.gazetteer.province_at(place))
        if is_near:
            note = f'"{words.words}" makes it near the town'
        return answers.of_place(self.gazetteer, place, self.query, self.country, radius, precision, note or choice.reason, choice.others)

    def between(self, words: PlaceWords) -> PlaceAnswer:
        assert words.ends is not None
        ends = [_InCountry(self.resolver, replace(self.query, name=end, admin2=None), self.country).answer() for end in words.ends]
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
            area = self.resolver.district(query.admin1, self.place_country, [])
            if area is not None:
                wide = District(area.seat, radii.UNKNOWN_PROVINCE)
                answer = answers.of_district(self.gazetteer, wide, query, self.country, status, reason, others)
                return replace(answer, geo_precision="province", matched_name=query.admin1, why=f'{reason}"{query.admin1}" stands at {area.seat.name}.')
            status, reason = ("fallback" if status == "matched" else status), f'{reason}no province "{query.admin1}" is known; '
        return answers.of_country(self.gazetteer, query, self.country, status, reason, others)
