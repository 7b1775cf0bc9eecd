"""One colour for an event type, the same on every map, chart and legend."""

from collections.abc import Iterable, Mapping

# Paul Tol's "bright" scheme: seven colours that colour-blind people tell apart, on light and on dark ground.
COLOURS = ("#ee6677", "#ccbb44", "#aa3377", "#66ccee", "#228833", "#4477aa", "#8c9196")
"""The last, grey, is for all further types and for none stated."""

OTHER = len(COLOURS) - 1

_USUAL = {
    "battles": 0,
    "explosions/remote violence": 1,
    "violence against civilians": 2,
    "protests": 3,
    "riots": 4,
    "strategic developments": 5,
    "state-based conflict": 0,
    "state-based": 0,
    "state-based violence": 0,
    "non-state conflict": 5,
    "non-state": 5,
    "non-state violence": 5,
    "one-sided violence": 2,
    "one-sided": 2,
    "armed assault": 0,
    "bombing/explosion": 1,
    "assassination": 2,
    "unarmed assault": 3,
    "facility/infrastructure attack": 4,
    "hostage taking (kidnapping)": 5,
}


def slots(event_types: Iterable[str]) -> dict[str, int]:
    """A place in `COLOURS` for each type: the usual one where the field has one, else the first that is free.

    The order given decides who goes without, so it must not depend on the filter: use the whole dataset's, most frequent first.
    """
    types = [name for name in event_types if name]
    given = {name: _USUAL[name.casefold()] for name in types if name.casefold() in _USUAL}
    free = iter([slot for slot in range(OTHER) if slot not in given.values()])
    return {name: given[name] if name in given else next(free, OTHER) for name in types}


def colour(name: str | None, slot_of: Mapping[str, int]) -> str:
    return COLOURS[slot_of.get(name or "", OTHER)]
