"""Coordinates as text to degrees."""

import re

from incidents.normalise.digits import plain

_DECIMAL = re.compile(r"([+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSEWnsew])?")
_PREFIXED = re.compile(r"([NSEWnsew])\s*(\d{1,3}(?:[.,]\d+)?)\s*°?")
_SEXAGESIMAL = re.compile(
    r"([NSEWnsew])?\s*([+-]?\d{1,3})\s*[°ºd:\s]\s*(\d{1,2})\s*['′’m:\s]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|''|”|s)?)?\s*([NSEWnsew])?"
)
_PAIR = re.compile(r"\(?\[?\s*([^,;]*?\d[^,;]*?)\s*(?:[,;]|\s+)\s*([^,;]*?\d[^,;]*?)\s*\]?\)?")
_POINT = re.compile(r"POINT\s*\(\s*(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)\s*\)", re.IGNORECASE)


def parse_degrees(text: str) -> float | None:
    """25.3; 25,3; 25.3° N; 25°18'30''N; None where the text is none of these."""
    cell = plain(text)
    if not cell or len(cell) > 60:
        return None
    if found := _DECIMAL.fullmatch(cell):
        return _signed(float(found[1].replace(",", ".")), found[2])
    if found := _PREFIXED.fullmatch(cell):
        return _signed(float(found[2].replace(",", ".")), found[1])
    if found := _SEXAGESIMAL.fullmatch(cell):
        seconds = float(found[4].replace(",", ".")) if found[4] else 0.0
        minutes = int(found[3])
        if minutes >= 60 or seconds >= 60:
            return None
        size = abs(int(found[2])) + minutes / 60 + seconds / 3600
        return _signed(-size if found[2].startswith("-") else size, found[1] or found[5])
    try:
        number = float(cell)  # 6.1e1
    except ValueError:
        return None
    return number if abs(number) <= 360 else None


def _signed(number: float, letter: str | None) -> float:
    return -abs(number) if letter and letter in "SWsw" else number


def parse_pair(text: str) -> tuple[float, float] | None:
    """(latitude, longitude) of "25.3, 60.6" or "POINT (60.6 25.3)"."""
    cell = plain(text)
    if found := _POINT.fullmatch(cell):
        return float(found[2]), float(found[1])
    if len(cell) > 100:
        return None
    found = _PAIR.fullmatch(cell)
    if not found:
        return None
    latitude, longitude = parse_degrees(found[1]), parse_degrees(found[2])
    return None if latitude is None or longitude is None else (latitude, longitude)
