"""One JSON record as columns: what is nested gets a dot in its name, a geometry becomes coordinates."""

import json
from collections.abc import Mapping

from incidents.model.schema import PUBLIC_COLUMNS

_DEPTH = 12


def flat(record: Mapping[str, object]) -> dict[str, str]:
    """Column -> cell; GeoJSON features by their properties and geometry."""
    found: dict[str, str] = {}
    properties = record.get("properties", record.get("attributes"))
    if record.get("type") == "Feature" or ("geometry" in record and isinstance(properties, dict)):
        if isinstance(properties, dict):
            _own(found, properties) if "incident_id" in properties else _fill(found, properties, "", 0)
        if "id" in record and "id" not in found and "incident_id" not in found:
            found["id"] = _text(record["id"])
        geometry = record.get("geometry")
        if isinstance(geometry, dict) and "latitude" not in {name.lower() for name in found}:
            found |= _coordinates(geometry)
        return found
    _fill(found, record, "", 0)
    return found


def _own(found: dict[str, str], properties: Mapping[str, object]) -> None:
    """A feature of this program's own export: the file's own columns stand under `extra`."""
    extra = properties.get("extra")
    _fill(
        found,
        {name: value for name, value in properties.items() if name != "extra" or not isinstance(extra, dict)},
        "",
        0,
    )
    if isinstance(extra, dict):
        for name, value in extra.items():
            found[f"{name} (file)" if name in (*PUBLIC_COLUMNS, "further_sites") else name] = _text(value)


def _fill(found: dict[str, str], record: Mapping[str, object], prefix: str, depth: int) -> None:
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and value and depth < _DEPTH:
            _fill(found, value, f"{name}.", depth + 1)
        elif found.get(name):
            found[f"{name} (2)"] = _text(value)
        else:
            found[name] = _text(value)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        if not any(isinstance(each, dict | list) for each in value):
            return "; ".join(_text(each) for each in value)
        return _dumped(value) if value else ""
    return _dumped(value)


def _dumped(value: object) -> str:
    """As JSON; numbers, which were read as text, are numbers again."""
    return json.dumps(_numbers(value), ensure_ascii=False)


def _numbers(value: object) -> object:
    if isinstance(value, dict):
        return {
            key: (_number(each) if key in ("latitude", "longitude", "geo_radius_km", "site_no") else _numbers(each))
            for key, each in value.items()
        }
    return [_numbers(each) for each in value] if isinstance(value, list) else value


def _number(value: object) -> object:
    try:
        return float(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _coordinates(geometry: Mapping[str, object]) -> dict[str, str]:
    """Latitude and longitude of a point; further points are further sites; of a line or an area the middle of its box."""
    if "x" in geometry and "y" in geometry:  # Esri's JSON
        return {"latitude": _text(geometry["y"]), "longitude": _text(geometry["x"])}
    points = _points(geometry, 0)
    if not points:
        return {}
    kind = geometry.get("type")
    if kind in ("Point", "MultiPoint"):
        (longitude, latitude), *others = points
        found = {"latitude": latitude, "longitude": longitude}
        sites = [{"latitude": _number(y), "longitude": _number(x)} for x, y in others]
        return {**found, "further_sites": json.dumps(sites)} if sites else found
    try:
        xs, ys = [float(x) for x, _ in points], [float(y) for _, y in points]
    except ValueError:
        return {}
    return {
        "latitude": f"{(min(ys) + max(ys)) / 2:.6g}",
        "longitude": f"{(min(xs) + max(xs)) / 2:.6g}",
        "geo_precision": "line" if "Line" in str(kind) else "",
    }


def _points(value: object, depth: int) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        parts = value.get("geometries")
        return _points(value.get("coordinates"), depth) or [
            point
            for part in (parts if isinstance(parts, list) else [])
            for point in _points(part, depth + 1)
            if depth < 4
        ]
    if not isinstance(value, list) or depth > 8:
        return []
    if len(value) >= 2 and all(isinstance(each, str) for each in value[:2]):
        return [(value[0], value[1])]
    return [point for each in value for point in _points(each, depth + 1)]
