"""Online map pictures: a choice of the user, off until made."""

import os
from dataclasses import dataclass

OFF = ("none", "off", "0", "no")
_OPENSTREETMAP = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
_CREDIT = "© OpenStreetMap contributors"


@dataclass(frozen=True, slots=True)
class Tiles:
    """`address` has {z}, {x} and {y}; `most` is the closest zoom of its pictures."""

    address: str
    credit: str = _CREDIT
    most: int = 19


def offered_tiles() -> Tiles | None:
    """What a user may turn on: INCIDENTS_TILES is the address of a server of one's own, "none" offers nothing.

    Pictures of another source need its credit in INCIDENTS_TILES_CREDIT; OpenStreetMap asks for its own wherever its data are drawn.
    """
    address = os.environ.get("INCIDENTS_TILES", "").strip()
    if address.casefold() in OFF:
        return None
    return Tiles(address or _OPENSTREETMAP, os.environ.get("INCIDENTS_TILES_CREDIT", "").strip() or _CREDIT)
