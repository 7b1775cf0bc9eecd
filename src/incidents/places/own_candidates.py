"""Candidates for the resolver from the user's own gazetteer files."""

from collections.abc import Callable, Iterable

from incidents.model.place import Candidate
from incidents.places.countries import find_country
from incidents.places.own_gazetteer import OwnGazetteer, OwnPlace


class OwnCandidates:
    """Places of all of the user's gazetteers, by name and country, for the resolver.

    `name_keys` gives every key under which a name is found (say, folded and compact).
    """

    def __init__(self, gazetteers: Iterable[OwnGazetteer], name_keys: Callable[[str], Iterable[str]]) -> None:
        self._places: dict[tuple[str, str], list[tuple[OwnPlace, str]]] = {}
        for gazetteer in gazetteers:
            for place in gazetteer.places:
                for key in dict.fromkeys(name_keys(place.name)):
                    self._places.setdefault((key, _iso2(place.country)), []).append((place, gazetteer.file))

    def candidates(self, name_key: str, country: str | None) -> tuple[Candidate, ...]:
        """Inside that country, by any of its names; in the order of the files and lines."""
        return tuple(place.as_candidate(file) for place, file in self._found(name_key, country))

    def places(self, name_key: str, country: str | None) -> tuple[OwnPlace, ...]:
        """The same places with their districts."""
        return tuple(place for place, _ in self._found(name_key, country))

    def _found(self, name_key: str, country: str | None) -> list[tuple[OwnPlace, str]]:
        return self._places.get((name_key, _iso2(country)), []) if country else []


def _iso2(country: str) -> str:
    """Equal for the names of one country."""
    found = find_country(country)
    return found.iso2 if found else country
