"""Places by name: those of most incidents that were not settled."""

from typing import Any

import ibis.expr.types as ir

from incidents.model.schema import AREA_PRECISIONS
from incidents.places.answers import SEVERAL
from incidents.queries.tables import incidents, sites

NAMES = ("location", "admin2", "admin1", "country")
_CHOSEN = ("given", "decision")


def wide_places(most: int) -> ir.Table:
    """Named places known to an area only, ambiguous or not located: the cells as written, incidents, and how many are unlocated."""
    t: Any = _places()
    is_wide = t.latitude.isnull() | t.geo_precision.isin(AREA_PRECISIONS) | t.geo_match.contains(SEVERAL)
    is_open = t.geo_source.isnull() | t.geo_source.notin(_CHOSEN)
    return _counted(t.filter(is_open & is_wide & t.location.notnull())).limit(most)


def decided_places() -> ir.Table:
    """Places that a person or a single online answer settled, with their incidents."""
    t: Any = _places()
    return _counted(t.filter(t.geo_source.isin(("decision", "online"))))


def _places() -> Any:
    columns = (*NAMES, "latitude", "geo_precision", "geo_source", "geo_match")
    return incidents[columns].union(sites[columns])


def _counted(t: Any) -> Any:
    counted = t.group_by(list(NAMES)).aggregate(incidents=t.count())
    return counted.order_by([counted.incidents.desc(), *NAMES])
