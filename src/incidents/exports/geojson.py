"""GeoJSON: a feature for each incident; several sites are a MultiPoint, no coordinates a null geometry."""

import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from incidents.exports.about import about
from incidents.exports.rows import rows_to_export
from incidents.model.filters import IncidentFilter
from incidents.model.schema import PUBLIC_COLUMNS
from incidents.store import Reader

AT_ONCE = 4_000
"""Features, of about a kilobyte each, that are in memory as text."""

Further = dict[str, list[dict[str, Any]]]


def geojson_chunks(reader: Reader, wanted: IncidentFilter) -> Iterator[bytes]:
    """UTF-8 pieces of one FeatureCollection. Its member `incidents` says what was asked and whom to credit.

    Columns are written to JSON whole, each distinct text once: five times faster than row by row.
    """
    found = rows_to_export(reader, wanted)
    yield f'{{"type":"FeatureCollection","incidents":{_json(about(reader, wanted))},"features":['.encode()
    joint = "\n"
    for batch in found.batches:
        for start in range(0, batch.num_rows, AT_ONCE):
            features = _features(batch.slice(start, AT_ONCE), found.further)
            yield (joint + ",\n".join(features.to_pylist())).encode()
            joint = ",\n"
    yield b"\n]}\n"


def _features(batch: pa.RecordBatch, further: Further) -> pa.Array:
    columns = {name: _as_json(batch[name]) for name in PUBLIC_COLUMNS}
    extra = [_json(dict(pairs)) if pairs else None for pairs in batch["extra"].to_pylist()]
    sites = [further.get(incident_id) for incident_id in batch["incident_id"].to_pylist()]
    properties = [pc.binary_join_element_wise(f'"{name}":', column, "") for name, column in columns.items()]
    parts = [
        '{"type":"Feature","id":',
        columns["incident_id"],
        ',"geometry":',
        _geometries(columns["latitude"], columns["longitude"], sites),
        ',"properties":{',
        pc.binary_join_element_wise(*properties, ","),
        _member("further_sites", [_json(each) if each else None for each in sites]),
        _member("extra", extra),
        "}}",
    ]
    return pc.binary_join_element_wise(*parts, "")


def _member(name: str, values: list[str | None]) -> pa.Array:
    return pa.array(["" if value is None else f',"{name}":{value}' for value in values], pa.string())


def _geometries(latitude: pa.Array, longitude: pa.Array, sites: list[list[dict[str, Any]] | None]) -> pa.Array:
    located = pc.and_(pc.not_equal(latitude, "null"), pc.not_equal(longitude, "null"))
    points = pc.binary_join_element_wise('{"type":"Point","coordinates":[', longitude, ",", latitude, "]}", "")
    points = pc.if_else(located, points, "null")
    if not any(sites):
        return points
    written: list[str] = points.to_pylist()
    for number, further in enumerate(sites):
        if further:
            own = [f"[{longitude[number].as_py()},{latitude[number].as_py()}]"] if located[number].as_py() else []
            others = [
                f"[{_json(site['longitude'])},{_json(site['latitude'])}]" for site in further if _is_located(site)
            ]
            written[number] = _geometry([*own, *others])
    return pa.array(written, pa.string())


def _geometry(points: list[str]) -> str:
    if not points:
        return "null"
    if len(points) == 1:
        return f'{{"type":"Point","coordinates":{points[0]}}}'
    return f'{{"type":"MultiPoint","coordinates":[{",".join(points)}]}}'


def _is_located(site: dict[str, Any]) -> bool:
    return site["latitude"] is not None and site["longitude"] is not None


def _as_json(column: pa.Array) -> pa.Array:
    """Each value as JSON text; null is "null"."""
    if pa.types.is_string(column.type) or pa.types.is_date(column.type):
        encoded = column.cast(pa.string()).dictionary_encode()
        texts = pa.array([_json(text) for text in encoded.dictionary.to_pylist()], pa.string())
        written = texts.take(encoded.indices)
    elif pa.types.is_floating(column.type):
        written = pc.if_else(pc.is_finite(column), column.cast(pa.string()), None)
    else:
        written = column.cast(pa.string())
    return pc.fill_null(written, "null")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
