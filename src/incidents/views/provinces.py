"""Provinces: what each province of the base map counts, and what no province of it can show."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from incidents.model.filters import EVERYTHING, IncidentFilter
from incidents.places.countries import find_country, territory
from incidents.places.gazetteer import Gazetteer
from incidents.queries import provinces
from incidents.queries.asking import ask
from incidents.queries.shape import shape_of
from incidents.store import Reader

Stated = tuple[str, str]
"""Country and province as the rows state them."""


@dataclass(frozen=True, slots=True)
class ProvinceCount:
    """`dead` is the sum of bests; `without_figure` incidents add nothing to it. `name` is the base map's."""

    province_id: str
    incidents: int
    dead: int
    without_figure: int


@dataclass(frozen=True, slots=True)
class ProvinceView:
    """`counts` has every province that the chosen datasets have an incident in, also where the filter finds none.

    `counts`, `several`, `unmatched` and `unstated` add up to the incidents of the filter.
    """

    counts: tuple[ProvinceCount, ...]
    several: int  # incidents over several provinces, counted in none
    unmatched: tuple[tuple[str, str, int], ...]  # (country, province, incidents) that the base map does not know
    unstated: int  # no province stated

    @property
    def shown(self) -> int:
        return sum(count.incidents for count in self.counts)


def province_ids(gazetteer: Gazetteer, reader: Reader, wanted: IncidentFilter) -> dict[Stated, str]:
    """The base map's id of each province stated in the chosen datasets, whatever the filter; the unknown are left out."""
    everything = EVERYTHING.with_(dataset=wanted.dataset)
    return {
        stated: found
        for stated in ((row["country"], row["admin1"]) for row in _rows(reader, everything) if row["admin1"])
        if (found := _province_id(gazetteer, *stated))
    }


def province_view(reader: Reader, wanted: IncidentFilter, id_of: dict[Stated, str]) -> ProvinceView:
    counted: dict[str, list[int]] = {province_id: [0, 0, 0] for province_id in id_of.values()}
    several = unstated = 0
    unmatched: dict[Stated, int] = defaultdict(int)
    for row in _rows(reader, wanted):
        stated = row["country"], row["admin1"]
        if row["several"]:
            several += row["incidents"]
        elif not row["admin1"]:
            unstated += row["incidents"]
        elif stated in id_of:
            sums = counted[id_of[stated]]
            for place, name in enumerate(("incidents", "dead", "without_figure")):
                sums[place] += row[name] or 0
        else:
            unmatched[stated] += row["incidents"]
    return ProvinceView(
        tuple(ProvinceCount(province_id, *sums) for province_id, sums in counted.items()),
        several,
        tuple((country, admin1, incidents) for (country, admin1), incidents in unmatched.items()),
        unstated,
    )


def spellings(id_of: dict[Stated, str], province_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Countries and provinces as the data spells a province of the base map: what a filter for it asks."""
    stated = [each for each, found in id_of.items() if found == province_id]
    return _distinct(country for country, _ in stated if country), _distinct(admin1 for _, admin1 in stated)


def _rows(reader: Reader, wanted: IncidentFilter) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = ask(
        reader, wanted, provinces.stated, shape_of(wanted, reader.datasets).has_sites
    ).to_pylist()
    return rows


def _province_id(gazetteer: Gazetteer, country: str, admin1: str) -> str | None:
    """Only inside the stated country, and only where one province has that name."""
    found = find_country(country)
    if found is None:
        return None
    named = gazetteer.provinces(admin1, found.iso2)
    if not named and (elsewhere := territory(found.iso2, admin1)):
        named = gazetteer.provinces(admin1, elsewhere)
    return named[0].id if len(named) == 1 else None


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
