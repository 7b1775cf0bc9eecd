"""Further sites as this program's own exports state them."""

import json

import numpy as np
import pyarrow as pa

from incidents.model.schema import SITES
from incidents.normalise.cells import Cells, paired
from incidents.normalise.notes import NoteList

_TEXTS = ("country", "admin1", "admin2", "location", "geo_precision", "geo_source", "geo_match")
_NUMBERS = ("latitude", "longitude", "geo_radius_km")


def parse_sites(text: str) -> list[dict[str, object]] | None:
    """Site objects of a further_sites cell; None where the cell is not such a list."""
    if not text:
        return []
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list) or not all(isinstance(site, dict) for site in found) or len(found) > 1000:
        return None
    return [_site(site) for site in found]


def _site(site: dict[str, object]) -> dict[str, object]:
    texts = {name: value if isinstance(value := site.get(name), str) and value else None for name in _TEXTS}
    numbers = {
        name: float(value) if isinstance(value := site.get(name), int | float) and not isinstance(value, bool) else None
        for name in _NUMBERS
    }
    return {**texts, **numbers}


def stated_sites(
    cells: Cells | None, kept: np.ndarray, incident_ids: pa.ChunkedArray, dataset_id: str, notes: NoteList
) -> pa.Table:
    """Rows of schema.SITES for the kept rows of a batch; `incident_ids` are those of the kept rows."""
    if cells is None or not any(cells.distinct):
        return SITES.empty_table()
    parsed = [parse_sites(cell) for cell in cells.distinct]
    notes.for_cells(cells, ["the further sites cannot be read" if sites is None else "" for sites in parsed])
    rows: list[dict[str, object]] = []
    ids = incident_ids.to_pylist()
    for position, row in enumerate(np.flatnonzero(kept).tolist()):
        for number, site in enumerate(parsed[cells.codes[row]] or [], 2):
            rows.append({"incident_id": ids[position], "dataset_id": dataset_id, "site_no": number, **site})
    return pa.Table.from_pylist(rows, SITES)


def first_names(location: Cells, further: Cells) -> Cells:
    """The first site's name, from a cell that joins the names of all sites with "; "."""
    combinations, codes = paired(location, further)
    firsts = []
    for names, sites in combinations:
        others = [str(site.get("location") or "") for site in parse_sites(sites) or []]
        tail = "".join(f"; {name}" for name in others if name)
        firsts.append(names[: -len(tail)] if tail and names.endswith(tail) and len(tail) < len(names) else names)
    return Cells(location.column, firsts, codes)
