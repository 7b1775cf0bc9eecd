"""Notes, event types, countries, actors and words of the rows of a batch."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from incidents.model.schema import ATTACKERS_INCLUDED, RESPONSIBILITIES
from incidents.normalise.cells import Cells, paired, spread
from incidents.normalise.chunk import Chunk
from incidents.normalise.words import allowed_word

_AS_THEY_ARE = ("source_id", "sub_event_type", "admin1", "admin2", "source", "source_url")


def read_texts(chunk: Chunk) -> dict[str, pa.Array]:
    """Columns of text by name; those that the file has not are left out."""
    columns = {name: cells.strings() for name in _AS_THEY_ARE if (cells := chunk.cells(name)) is not None}
    columns["notes"] = _notes(chunk.table, chunk.plan.layout.mapping.get("notes", ()))
    columns["country"] = _country(chunk)
    columns["responsibility"] = _allowed(chunk, "responsibility", RESPONSIBILITIES)
    columns["attackers_included"] = _allowed(chunk, "attackers_included", ATTACKERS_INCLUDED)
    if (cells := chunk.cells("event_type")) is not None:
        columns["event_type"] = _event_type(chunk, cells)
    for name in ("actor1", "actor2"):
        if (cells := chunk.cells(name)) is not None:
            columns[name] = _actors(chunk, cells)
    return columns


def _notes(table: pa.Table, columns: Sequence[str]) -> pa.Array:
    parts = []
    for column in columns:
        cells = pa.concat_arrays(table.column(column).chunks) if table.num_rows else pa.array([], pa.string())
        cells = pc.utf8_trim_whitespace(pc.replace_substring(cells, "_x000D_", " "))
        parts.append(pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.string()), cells))
    if not parts:
        return pa.nulls(table.num_rows, pa.string())
    if len(parts) == 1:
        return parts[0]
    joined = pc.binary_join_element_wise(*(_ended(part) for part in parts[:-1]), parts[-1], " ", null_handling="skip")
    return pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined)


def _ended(sentences: pa.Array) -> pa.Array:
    """With a full stop."""
    is_ended = pc.match_substring_regex(sentences, r"[.!?]$")
    return pc.if_else(is_ended, sentences, pc.binary_join_element_wise(sentences, "", "."))


def _country(chunk: Chunk) -> pa.Array:
    cells, default = chunk.cells("country"), chunk.plan.options.country
    stated = cells.strings() if cells is not None else pa.nulls(chunk.n, pa.string())
    return pc.fill_null(stated, default) if default else stated


def _event_type(chunk: Chunk, cells: Cells) -> pa.Array:
    codes = chunk.codes("event_type")
    words = [codes.get(cell.removesuffix(".0"), cell) for cell in cells.distinct]
    chunk.keep(cells, [word != cell for cell, word in zip(cells.distinct, words, strict=True)])
    return spread([word or None for word in words], cells.codes, pa.string())


def _allowed(chunk: Chunk, name: str, allowed: tuple[str, ...]) -> pa.Array:
    cells = chunk.cells(name)
    if cells is None:
        return chunk.constant("unknown")
    words = [allowed_word(cell, allowed) for cell in cells.distinct]
    chunk.keep(cells, [bool(cell) and word != cell for cell, word in zip(cells.distinct, words, strict=True)])
    return spread(words, cells.codes, pa.string())


def _actors(chunk: Chunk, cells: Cells) -> pa.Array:
    """One name for each known spelling, by the row's country."""
    country, default = chunk.cells("country"), chunk.plan.options.country
    combinations, codes = (
        paired(cells, country) if country is not None else ([(cell, "") for cell in cells.distinct], cells.codes)
    )
    names = [chunk.parsers.actors(cell, nation or default) for cell, nation in combinations]
    changed = [
        name is not None and name != " ".join(cell.split()) for name, (cell, _) in zip(names, combinations, strict=True)
    ]
    if any(changed):
        chunk.replaced[cells.column] = np.array(changed, dtype=bool)[codes]
    return spread(names, codes, pa.string())
