"""The gazetteer together with the user's own gazetteer files."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from incidents.places.choice import OWN_GAZETTEER
from incidents.places.countries import find_country
from incidents.places.gazetteer import Found, Gazetteer
from incidents.places.names import compact, fold, sound
from incidents.places.own_gazetteer import OwnGazetteer, OwnPlace
from incidents.places.polygons import provinces_of

FIRST_ID = -1_000_000
"""Ids of own places count down from here; those of the project's own lists are above."""


class WithOwnPlaces(Gazetteer):
    """The shared index with places of the user's files beside its own; the index itself is not touched."""

    def __init__(self, shared: Gazetteer, gazetteers: Iterable[OwnGazetteer]) -> None:
        self._uri = shared._uri
        self._local = shared._local
        self._provinces = shared._provinces
        own = [(place, gazetteer.file) for gazetteer in gazetteers for place in gazetteer.places]
        self._own: dict[tuple[str, str], list[tuple[Found, int]]] = {}
        for number, ((place, file), province) in enumerate(zip(own, self._provinces_of(own), strict=True)):
            found = _found(FIRST_ID - number, place, file, *province)
            for key, level in ((compact(place.name), 0), (sound(fold(place.name)), 2)):
                if len(key) > 1:
                    self._own.setdefault((key, found.country), []).append((found, level))

    def places(self, keys: dict[str, int], country: str | None) -> list[Found]:
        best: dict[int, Found] = {}
        for key, least in keys.items():
            for found, level in self._found_own(key, country):
                level = max(level, least)
                if found.id not in best or level < best[found.id].level:
                    best[found.id] = _at_level(found, level)
        return [*best.values(), *super().places(keys, country)]

    def _found_own(self, key: str, country: str | None) -> list[tuple[Found, int]]:
        if country:
            return self._own.get((key, country), [])
        return [pair for (name, _), pairs in self._own.items() if name == key for pair in pairs]

    def _provinces_of(self, own: Sequence[tuple[OwnPlace, str]]) -> list[tuple[str, str]]:
        """Id and GeoNames' code of each place's province: by its stated name, else by the polygon that holds it."""
        known: list[tuple[str, str] | None] = []
        for place, _ in own:
            provinces = self.provinces(place.admin1, _iso2(place.country)) if place.admin1 else []
            known.append((provinces[0].id, provinces[0].code) if len(provinces) == 1 else None)
        if None not in known:
            return [province for province in known if province]
        points: list[dict[str, Any]] = [
            {"latitude": place.latitude, "longitude": place.longitude, "countrycode": _iso2(place.country)}
            for place, _ in own
        ]
        rows = self._cursor().execute("select id, code from province").fetchall()
        codes: dict[str, str] = dict(rows)
        held = provinces_of(points, [{"id": identity} for identity in codes])
        return [province or (at, codes.get(at, "")) for province, at in zip(known, held, strict=True)]


def _found(number: int, place: OwnPlace, file: str, province: str, code: str) -> Found:
    why = place.as_candidate(file).why
    return Found(
        number, place.name, _iso2(place.country), code, province, place.admin2, place.latitude, place.longitude, 0, "town", "town", None,
        OWN_GAZETTEER, f"{why[:1].upper()}{why[1:]}", 0,
    )  # fmt: skip


def _at_level(found: Found, level: int) -> Found:
    return found if found.level == level else replace(found, level=level)


def _iso2(country: str) -> str:
    """Own places have a country that is known: their reading refuses others."""
    known = find_country(country)
    return known.iso2 if known else country
