"""Duplicates: pairs of incidents of two datasets, or of one, that may be the same event.

Rows meet where they share a day and a cell of the map, or a day and a town's name; so no row is compared with all.
"""

from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from incidents.model.mercator import WORLD, WORLD_BITS
from incidents.queries.binding import bound
from incidents.queries.shape import EARTH_RADIUS_KM
from incidents.queries.tables import incidents, sites

NEAR_KM = 5.0
LONGEST_DAYS = 400
"""An incident known no better than to several years meets everything and says nothing."""

MOST_ALIKE = 10
"""More counterparts than this, none better than another: nothing tells them apart, so none is proposed."""

CROWDED = 600
"""Incidents of one day and cell, or day and town, beyond which that day and place is not compared."""

MOST_CANDIDATES = 100_000
"""Pairs that leave the engine, the likeliest first."""

_CELL_BITS = 20  # 1,024 cells around the equator, 39 km each: a circle of 5 km lies in one or two
_CELLS = WORLD >> _CELL_BITS
_EQUATOR_KM = 40_075.017
_WIDE = ("country", "province", "sea")  # their coordinates are the middle of an area, near to nothing
_SAYS_NOBODY = r"^(civilians?|unknown|unidentified|unspecified|nan|none|n a)?$|^(unknown|unidentified|unspecified) "
_KIND_OF_TOWN = r" (town|city|village|municipality)$"
_ARABIC, _PERSIAN = "يىئكةأإآٱؤ", "یییکهااااو"
_CONTENT = (
    "event_date", "event_date_end", "event_type", "sub_event_type", "actor1", "actor2", "country", "admin1", "admin2", "location",
    "latitude", "longitude", "fatalities_low", "fatalities", "fatalities_high", "injured_low", "injured", "injured_high",
    "source", "source_date", "source_url", "notes",
)  # fmt: skip

POINTS = {
    "day": {"same": 4, "overlap": 2, "beside": 0},
    "place": {"point": 4, "near": 2, "town": 2},
    "actors": {"all": 5, "one": 3, "unknown": 0},
    "toll": {"equal": 4, "none": 1, "overlap": 1, "unknown": 0},
    "text": {"same": 4, "other": 0},
    "type": {"same": 1, "other": 0},
}
"""What each kind of agreement counts; a pair with an exact copy counts `EXACT` besides."""

EXACT = 100


@ibis.udf.scalar.builtin
def strip_accents(text: str) -> str:
    """The engine's own; Ibis has no word for it."""
    raise NotImplementedError


def candidates(is_one_dataset: bool, is_one_layout: bool, has_sites: bool) -> ir.Table:
    """The likeliest pairs, best first, with what agrees in each; and how many there were."""
    left, right = _side("left", has_sites), _side("right", has_sites)
    met = _met(left, right, is_one_dataset)
    told: Any = _told(_agreeing(met, is_one_layout))
    if has_sites:
        best = ibis.row_number().over(group_by=("left_id", "right_id"), order_by=(_.score.desc(), _.km))
        told = told.mutate(choice=best).filter(_.choice == 0).drop("choice")
    return _ranked(told)


def crowded(side: str, has_sites: bool) -> ir.Table:
    """How many incidents of a side are not compared, because of their day and place or their length."""
    t: Any = _side(side, has_sites)
    long = t.filter(_.last - _.first > LONGEST_DAYS).select("id")
    keys = _right_keys(_short(t))
    full = keys.group_by("key", "day").aggregate(n=_.count()).filter(_.n > CROWDED)
    hot = keys.semi_join(full, ["key", "day"]).select("id")
    return hot.union(long).aggregate(incidents=_.id.nunique())
