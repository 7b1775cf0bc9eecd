"""What commands print: one JSON object, or lines for people."""

import json
from collections.abc import Mapping
from typing import Any

from incidents.model.place import Candidate
from incidents.model.plain_text import escaped, visible


def print_json(value: Mapping[str, Any]) -> None:
    """What a terminal would obey is escaped, so that it is the same JSON."""
    print(escaped(json.dumps(value, ensure_ascii=False, default=str)))


def say(text: str) -> None:
    """Lines for people: names from a file tell the terminal nothing."""
    print(visible(text))


def plural(count: int, noun: str, many: str | None = None) -> str:
    """ "1 incident", "2 incidents", "1,200 countries"."""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def candidate_text(place: Candidate) -> str:
    named = ", ".join(part for part in (place.name, place.admin1, place.country) if part)
    return f"{named}: {place.latitude:.4f} {place.longitude:.4f} ({place.geo_precision}, {place.source}{', ' + place.why if place.why else ''})"
