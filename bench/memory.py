"""Memory of commands whose answer may be as long as the data: each against a command that does nothing of size."""

from pathlib import Path
from tempfile import TemporaryDirectory

from bench.material import Material
from bench.processes import python, run_fresh
from bench.results import Figures

ENDINGS = ("csv", "csv.gz", "geojson")


def measure(material: Material, size: str) -> Figures:
    store = str(material.store(size))
    floor = run_fresh(
        python("-m", "incidents", "summary", "--min-killed", "1000000", "--json", "--store", store), material.index
    )
    summary = run_fresh(python("-m", "incidents", "summary", "--json", "--store", store), material.index)
    figures: Figures = {
        "summary grows by (MB)": summary.peak_mb - floor.peak_mb,
        "summary (s)": summary.seconds,
        "a summary of nothing (MB)": floor.peak_mb,
    }
    for ending in ENDINGS:
        with TemporaryDirectory(dir=material.folder) as folder:
            target = Path(folder) / f"all.{ending}"
            export = run_fresh(python("-m", "incidents", "export", "-o", str(target), "--store", store), material.index)
            written = target.stat().st_size / 1e6
        figures = {
            **figures,
            f"export {ending} grows by (MB)": export.peak_mb - floor.peak_mb,
            f"export {ending} (s)": export.seconds,
            f"export {ending} file (MB)": written,
        }
    return figures
