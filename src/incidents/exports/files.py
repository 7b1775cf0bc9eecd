"""Files: an export under its final name is whole; the ending of the name chooses the format."""

import gzip
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from incidents.exports.about import about
from incidents.exports.csv_file import csv_chunks
from incidents.exports.geojson import geojson_chunks
from incidents.exports.parquet_file import parquet_chunks
from incidents.model.errors import IncidentsError
from incidents.model.filters import IncidentFilter
from incidents.store import Reader
from incidents.views.table import count

Chunks = Callable[[Reader, IncidentFilter], Iterator[bytes]]

FORMATS: dict[str, Chunks] = {
    ".csv": csv_chunks,
    ".csv.gz": csv_chunks,
    ".geojson": geojson_chunks,
    ".geojson.gz": geojson_chunks,
    ".json": geojson_chunks,
    ".parquet": parquet_chunks,
}


class UnknownFormat(IncidentsError, ValueError):
    """The name of the file ends in none of the formats."""


class Unwritable(IncidentsError, OSError):
    """The file cannot be written."""


def export(reader: Reader, wanted: IncidentFilter, path: Path) -> int:
    """Writes what the filter shows and returns the number of incidents.

    CSV has no place for the filter and the credits: they go beside it, as NAME.about.json.
    """
    chunks = _format(path)
    try:
        _write(path, chunks(reader, wanted))
        if chunks is csv_chunks:
            text = json.dumps(about(reader, wanted), ensure_ascii=False, indent=2) + "\n"
            _write(path.with_name(path.name + ".about.json"), iter([text.encode()]), zipped=False)
    except OSError as problem:
        if isinstance(problem, IncidentsError):
            raise
        raise Unwritable(f"{path}: the export cannot be written ({problem.strerror or problem}).") from problem
    return count(reader, wanted)


def _format(path: Path) -> Chunks:
    name = path.name.casefold()
    for ending, chunks in FORMATS.items():
        if name.endswith(ending):
            return chunks
    raise UnknownFormat(f"{path.name}: the ending must be one of {', '.join(FORMATS)}.")


def _write(path: Path, chunks: Iterator[bytes], zipped: bool | None = None) -> None:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    opened = gzip.open if (path.suffix.casefold() == ".gz" if zipped is None else zipped) else open
    try:
        with opened(unfinished, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
