"""Where the shipped data files lie: beside the package in a checkout, inside it in a wheel."""

from importlib.resources import files
from pathlib import Path


def data_file(name: str) -> Path:
    """A file of `data/`; raises FileNotFoundError naming both places that were tried."""
    inside = Path(str(files("incidents"))) / "data" / name
    beside = Path(__file__).resolve().parents[3] / "data" / name
    for candidate in (inside, beside):
        if candidate.exists():
            return candidate
    raise FileNotFoundError(f"{name}: expected at {inside} or {beside}")
