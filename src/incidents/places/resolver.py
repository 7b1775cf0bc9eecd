"""The resolver: from a named place to coordinates, a precision and an honest radius.

In order: a person's decision, a town of the stated country and province, the district (by its seat), the province, the country. The stated
country is never overridden; a name that could be several places far apart falls back to the wider place and says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from incidents.model.place import Candidate, PlaceAnswer, PlaceQuery
from incidents.places import answers
from incidents.places.areas import District, find_district, keys
from incidents.places.countries import Country, countries, find_country
from incidents.places.gazetteer import Gazetteer, Province
from incidents.places.in_country import InCountry
from incidents.places.names import fold, province_key
from incidents.places.own_data import OwnData
from incidents.places.words import LONGEST, read_place

Key = tuple[str, str, str, str]
AREAS = ("district", "province", "country")


def decision_key(query: PlaceQuery) -> Key:
    """What a person's decision is filed under: (name, district, province, country), spellings of one name made equal."""
    country = find_country(query.country)
    iso2 = country.iso2 if country else fold(query.country or "")
    return fold(query.name or ""), fold(query.admin2 or ""), province_key(query.admin1 or ""), iso2


class Resolver:
    """`decisions` are what persons chose, by `decision_key`; `own_data` knows places of the user's other datasets."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        decisions: Mapping[Key, Candidate] | None = None,
        own_data: OwnData | None = None,
    ) -> None:
        self.gazetteer = gazetteer
        self.own_data = own_data
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
            answer = self._known[query] = self.resolve_once(query)
        return answer

    def undecided(self, query: PlaceQuery) -> PlaceAnswer:
        """What it would answer had nobody decided on this name."""
        if decision_key(query) not in self.decisions:
            return self.resolve(query)
        return Resolver(self.gazetteer, None, self.own_data).resolve(query)

    def with_decisions(self, decisions: Mapping[PlaceQuery, Candidate]) -> "Resolver":
        """The same with these decisions before its own."""
        added = {decision_key(query): place for query, place in decisions.items()}
        return Resolver(self.gazetteer, {**self.decisions, **added}, self.own_data)

    def knows(self, name: str, admin1: str | None, country: str | None) -> bool:
        """Whether the whole text is one place: "Sib and Suran" is, "Chabahar and Rask" is not."""
        found = find_country(country)
        iso2 = found.iso2 if found else None
        if any(
            place.level < 2
            for place in self.gazetteer.places({k: v for k, v in keys((fold(name),)).items() if v < 2}, iso2)
        ):
            return True
        return bool(self.gazetteer.provinces(name, iso2))

    def resolve_once(self, query: PlaceQuery) -> PlaceAnswer:
        """An answer that is not kept: for callers that keep what they need of it."""
        query = PlaceQuery(
            *(
                part.strip()[:LONGEST] or None if part else None
                for part in (query.name, query.admin2, query.admin1, query.country)
            )
        )
        country = find_country(query.country)
        decision = self.decisions.get(decision_key(query)) if self.decisions else None
        if decision is not None:
            return self._decided(decision, query, country)
        if country is None and query.country:
            return answers.nowhere(self.gazetteer, query, None, "not_found", f'No country is called "{query.country}".')
        if country is None:
            return self._without_country(query)
        return InCountry(self, query, country).answer()

    def _decided(self, decision: Candidate, query: PlaceQuery, country: Country | None) -> PlaceAnswer:
        """With the radius of the area, where a whole area was chosen and the gazetteer knows it."""
        if decision.geo_precision not in AREAS or country is None:
            return answers.of_decision(decision, query, country)
        named = decision.admin1 or query.admin1 if decision.geo_precision != "country" else None
        district = query.admin2 if decision.geo_precision == "district" else None
        area = InCountry(self, PlaceQuery(None, district, named, query.country), country).answer()
        is_same = area.geo_precision == decision.geo_precision
        return answers.of_decision(decision, query, country, area.geo_radius_km if is_same else None)

    def _without_country(self, query: PlaceQuery) -> PlaceAnswer:
        """Only where all evidence agrees: the province names one country, or every place of the name lies in one."""
        if not (query.name or query.admin1 or query.admin2):
            return answers.nowhere(self.gazetteer, query, None, "not_found", "No place is named.")
        words = read_place(query.name or query.admin2 or query.admin1 or "")
        stated = find_country(query.name) if query.name else None
        found = [place for place in self.gazetteer.places(keys(words.names), None) if place.level < 2]
        provinces = (
            self.gazetteer.provinces(query.admin1, None)
            if query.admin1
            else self.gazetteer.provinces(query.name or "", None)
        )
        of_provinces = {province.country for province in provinces}
        of_places = {place.country for place in found}
        if query.admin1:
            agreed = of_provinces if len(of_provinces) == 1 else of_provinces & of_places
        else:
            agreed = of_provinces | of_places | ({stated.iso2} if stated else set())
        if len(agreed) != 1:
            status, why = (
                ("ambiguous", f"{answers.SEVERAL} places in several countries")
                if agreed
                else ("not_found", "is not in the gazetteer")
            )
            text = f'"{query.name or query.admin1}" {why}, and no country is stated.'
            return answers.nowhere(self.gazetteer, query, None, status, text, found)
        country = countries()[agreed.pop()]
        answer = InCountry(self, query, country).answer()
        return replace(
            answer,
            matched_country=country.name,
            why=f"{answer.why} No country was stated; the name is known in {country.name} alone.",
        )

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
