"""What the sentence at the top needs, and nothing slower: it goes to the browser first, with the map."""

from collections.abc import Iterable
from dataclasses import dataclass

from incidents.model.filters import IncidentFilter
from incidents.model.schema import AREA_PRECISIONS
from incidents.ui.wording import UNLOCATED
from incidents.views.values import FacetValue


@dataclass(frozen=True, slots=True)
class Headline:
    incidents: int
    of_incidents: int
    unlocated: int
    areas: int

    @property
    def located(self) -> int:
        return self.incidents - self.unlocated

    @property
    def sentence(self) -> str:
        without = self.unlocated + self.areas
        return f"Showing {self.incidents:,} of {self.of_incidents:,} incidents; {without:,} without a town."


def headline(found: int, of: int, precisions: Iterable[FacetValue], wanted: IncidentFilter) -> Headline:
    """`precisions` are counts under every other filter, so those that the filter does not choose are left out."""
    counts = {
        value.value: value.incidents
        for value in precisions
        if not wanted.geo_precision or value.value in wanted.geo_precision
    }
    return Headline(found, of, counts.get(UNLOCATED, 0), sum(counts.get(name, 0) for name in AREA_PRECISIONS))
