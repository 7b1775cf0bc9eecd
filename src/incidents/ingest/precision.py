"""How precisely a place is known at best: by what the file states, and by what the words of its row allow."""

import re
from dataclasses import replace
from functools import cache

from incidents.model.place import PlaceAnswer

RADIUS_KM = {
    "town": 5.0,
    "near": 25.0,
    "line": 60.0,
    "district": 50.0,
    "province": 200.0,
    "country": 800.0,
    "sea": 200.0,
    "unstated": 25.0,
}
"""Radius of given coordinates by their stated precision: a town's extent, a day's walk, a district, and so on."""

ALLOWS = "The row says no more than {}."
_ALLOWED = re.compile(re.escape(ALLOWS).replace(r"\{\}", "([a-z]+)") + r"\Z")
WORSE = ("town", "near", "line", "district", "province", "country", "sea")


def no_better_than(answer: PlaceAnswer, precision: str | None) -> PlaceAnswer:
    """The answer with its precision lowered to what the file or the row's words allow; a person's choice stands, and keeps the words."""
    if precision not in WORSE or answer.geo_precision not in WORSE:
        return answer
    if answer.geo_source == "decision":
        return replace(answer, why=f"{answer.why} {ALLOWS.format(precision)}")
    if WORSE.index(precision) <= WORSE.index(answer.geo_precision):
        return answer
    return PlaceAnswer(
        status=answer.status,
        latitude=answer.latitude,
        longitude=answer.longitude,
        geo_precision=precision,
        geo_radius_km=max(answer.geo_radius_km or 0.0, RADIUS_KM[precision]),
        geo_source=answer.geo_source,
        matched_name=answer.matched_name,
        matched_admin1=answer.matched_admin1,
        matched_country=answer.matched_country,
        why=f"{answer.why} {ALLOWS.format(precision)}".strip(),
        candidates=answer.candidates,
    )


def allowed(geo_match: str | None) -> str | None:
    """The precision that `no_better_than` was told, as its answer keeps it."""
    found = _ALLOWED.search(geo_match or "")
    return found[1] if found and found[1] in WORSE else None


@cache
def worse(one: str | None, other: str | None) -> str | None:
    known = [precision for precision in (one, other) if precision in WORSE]
    return max(known, key=WORSE.index) if known else None
