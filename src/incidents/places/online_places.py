"""What a geocoder answers, as candidates in the field's words."""

import math
from collections.abc import Mapping
from typing import Any

from incidents.model.place import Candidate
from incidents.places.countries import countries

_KINDS_OF = {
    "town": """city town village hamlet suburb quarter neighbourhood borough city_block isolated_dwelling farm
        allotments locality square""",
    "district": "county district state_district municipality subdistrict city_district",
    "province": "state province region",
    "country": "country",
    "line": "road highway railway waterway river stream canal route",
    "sea": "ocean sea bay strait",
    "near": """natural peak valley island islet archipelago desert mountain_range forest water lake reservoir
        protected_area""",
}
_KINDS = {kind: precision for precision, kinds in _KINDS_OF.items() for kind in kinds.split()}
_CLASSES = {"highway": "line", "railway": "line", "waterway": "line", "natural": "near", "landuse": "near"}
_LONGEST = 300


def nominatim_candidate(raw: Mapping[str, Any], source: str) -> Candidate:
    """One element of Nominatim's answer; KeyError, TypeError or ValueError where it is none."""
    address = _part(raw, "address")
    code = str(address.get("country_code", "")).upper()
    country = countries()[code].name if code in countries() else _text(address.get("country"))
    shown = _text(raw["display_name"]) or ""
    kind = _text(raw.get("addresstype")) or _text(raw.get("type")) or "place"
    latitude, longitude = checked(raw["lat"], raw["lon"])
    return Candidate(
        name=_text(raw.get("name")) or shown.split(",")[0].strip(),
        admin1=_text(address.get("state")) or _text(address.get("province")) or _text(address.get("region")),
        country=country,
        latitude=latitude,
        longitude=longitude,
        geo_precision=_precision(kind, raw),
        source=source,
        why=f"OpenStreetMap has a {kind.replace('_', ' ')}: {shown}",
    )


def other_candidate(address: str | None, latitude: float, longitude: float, source: str) -> Candidate:
    """A place of another service, which says how to show it and no more that all services share."""
    shown = _text(address) or ""
    name = shown.split(",")[0].strip()
    return Candidate(name, None, None, *checked(latitude, longitude), "unstated", source, f"{source} has {shown}")


def country_code(raw: object) -> str | None:
    """ISO2 of the country in which Nominatim puts the place; None where it does not say."""
    if not isinstance(raw, Mapping):
        return None
    code = _part(raw, "address").get("country_code")
    return code.upper() if isinstance(code, str) and code else None


def checked(latitude: Any, longitude: Any) -> tuple[float, float]:
    """ValueError where these are no coordinates."""
    lat, lon = float(latitude), float(longitude)
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError("not coordinates")
    return lat, lon


def _precision(kind: str, raw: Mapping[str, Any]) -> str:
    """By what it is; a boundary that does not say, by Nominatim's ranks; else a building or the like: a point."""
    if kind in _KINDS:
        return _KINDS[kind]
    group = str(raw.get("class") or raw.get("category") or "")
    if group in _CLASSES:
        return _CLASSES[group]
    rank = raw.get("place_rank")
    if group == "boundary" and isinstance(rank, int):
        return next((precision for most, precision in _RANKS if rank <= most), "town")
    return "near" if group == "boundary" else "town"


_RANKS = ((4, "country"), (9, "province"), (12, "district"))
"""nominatim.org, "Place ranking": 4 countries, 5-9 states and provinces, 10-12 counties, from 13 cities."""


def _part(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = raw.get(name)
    return part if isinstance(part, Mapping) else {}


def _text(value: object) -> str | None:
    """One line of printable text, cut at 300 characters."""
    if not isinstance(value, str):
        return None
    line = "".join(mark if mark.isprintable() else " " for mark in value[:_LONGEST])
    return " ".join(line.split()) or None
