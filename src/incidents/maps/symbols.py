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


SMALLEST, LARGEST, GROWTH = 5.0, 26.0, 2.6
"""A mark's radius in pixels: GROWTH times the square root of the dead, between the two."""

RAMPS = {
    "light": ("#d3e6d0", "#a5d3b5", "#6cb9a8", "#3d97a0", "#236f92", "#1d4a7d", "#1b2a5c"),
    "dark": ("#21464a", "#27636a", "#2f8489", "#4ba79c", "#80c7a5", "#b9e2ae", "#f0f7c4"),
}
"""Shades of provinces, few to many: one hue after another in the same order of lightness, away from the ground's."""

ZERO = {"light": "#f4f2e4", "dark": "#33383a"}
HEAT = {
    "light": ("#fce8a6", "#f9bd5b", "#ee7c35", "#cf3c2a", "#8a1232"),
    "dark": ("#54213a", "#9c2c3c", "#dc5a2f", "#f3a33c", "#fdeea5"),
}
_STEPS = (1, 2, 5)


def radius(dead: int) -> float:
    """In pixels, of one incident known to a town."""
    return float(min(LARGEST, max(SMALLEST, GROWTH * dead**0.5)))


def shade_starts(most: int, shades: int = len(RAMPS["light"])) -> tuple[int, ...]:
    """The least value of each shade: 1, 2, 5, 10, ..., at equal ratios up to `most`; () where that is zero."""
    if most < 1:
        return ()
    return tuple(sorted({_round_down(most ** (place / shades)) for place in range(shades)}))


def _round_down(value: float) -> int:
    """To 1, 2 or 5 times a power of ten."""
    power: int = 10 ** (len(str(int(value))) - 1)
    return max(step * power for step in _STEPS if step * power <= value)
