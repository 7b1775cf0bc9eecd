"""Memory of commands whose answer may be as long as the data: each against an export that finds nothing."""

from pathlib import Path
from tempfile import TemporaryDirectory

from bench.material import Material
from bench.postgres import postgres_store
from bench.processes import Finished, python, run_fresh
from bench.results import Figures

ENDINGS = ("csv", "csv.gz", "geojson", "parquet")
NOTHING = ("--min-killed", "1000000")


def measure(material: Material, size: str) -> Figures:
    figures = _of_store("folder", str(material.store(size)), material)
    with postgres_store(material, size) as location:
        return figures if location is None else {**figures, **_of_store("PostgreSQL", location, material)}


def _of_store(engine: str, store: str, material: Material) -> Figures:
    floor, _ = _export("csv", store, material, *NOTHING)
    summary = run_fresh(python("-m", "incidents", "summary", "--json", "--store", store), material.index)
    figures: Figures = {
        f"{engine}: an export of nothing (MB)": floor.peak_mb,
        f"{engine}: summary grows by (MB)": summary.peak_mb - floor.peak_mb,
        f"{engine}: summary (s)": summary.seconds,
    }
    for ending in ENDINGS:
        export, written = _export(ending, store, material)
        figures = {
            **figures,
            f"{engine}: export {ending} grows by (MB)": export.peak_mb - floor.peak_mb,
            f"{engine}: export {ending} (s)": export.seconds,
            f"{engine}: export {ending} file (MB)": written / 1e6,
        }
    return figures


def _export(ending: str, store: str, material: Material, *filters: str) -> tuple[Finished, int]:
    """The command, and the bytes of its file."""
    with TemporaryDirectory(dir=material.folder) as folder:
        target = Path(folder) / f"found.{ending}"
        command = python("-m", "incidents", "export", "-o", str(target), "--store", store, *filters)
        return run_fresh(command, material.index), target.stat().st_size
