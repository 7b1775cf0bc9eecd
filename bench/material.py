"""What is measured on: the real file, synthetic files, and stores that hold them, kept in one working folder."""

import json
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import synthetic, synthetic_store
from bench.processes import ROOT, python, run_fresh
from incidents.store import open_store

REAL = "real"
REAL_FILE = ROOT.parent / "shared" / "data" / "events_345k.csv.gz"
TRUTH_FILE = ROOT.parent / "shared" / "data" / "places_truth.csv"
_SIZE = re.compile(r"(\d+(?:\.\d+)?)(k|m)?", re.IGNORECASE)


def rows_of(size: str) -> int:
    """Rows of a synthetic size: "3.5m" is 3,500,000."""
    found = _SIZE.fullmatch(size)
    if not found:
        raise ValueError(f"--rows {size}: expected real, or a number such as 5000, 3.5m or 20m.")
    return round(float(found[1]) * {"": 1, "k": 1_000, "m": 1_000_000}[(found[2] or "").lower()])


@dataclass(frozen=True, slots=True)
class Material:
    """`folder` holds what was made once; deleting it makes everything anew."""

    folder: Path
    real_file: Path = REAL_FILE

    @property
    def index(self) -> dict[str, str]:
        return {"INCIDENTS_INDEX": str(self.folder / "index")}

    def file(self, size: str) -> Path:
        """The CSV of that size; made on first use where it is synthetic."""
        if size == REAL:
            if not self.real_file.exists():
                raise FileNotFoundError(
                    f"{self.real_file}: the real file is absent; give one with --from, or a synthetic size with --rows."
                )
            return self.real_file
        rows = rows_of(size)
        path = self.folder / f"synthetic_{rows}.csv.gz"
        if not path.exists():
            self._made(
                f"{path.name} (synthetic)",
                lambda: synthetic.write_csv(path, synthetic.read_base(self.file(REAL)), rows),
            )
        return path

    def store(self, size: str) -> Path:
        """A store whose only dataset has that size."""
        path = self.folder / f"store_{REAL if size == REAL else rows_of(size)}"
        if size == REAL:
            return self._real_store(path)
        with open_store(str(path)) as store:
            if not store.datasets():
                with open_store(str(self.store(REAL))) as source:
                    base = source.datasets()[0]
                    self._made(
                        f"{path.name} (synthetic)",
                        lambda: synthetic_store.write_store(store, source, base, rows_of(size)),
                    )
        return path

    def build_index(self) -> float | None:
        """Seconds that the place index took; None where it was there already."""
        if (self.folder / "index").exists():
            return None
        return run_fresh(python("-m", "incidents", "geocode", "Zahedan", "--json"), self.index).seconds

    def _real_store(self, path: Path) -> Path:
        with open_store(str(path)) as store:
            if store.datasets():
                return path
        self.build_index()
        command = python("-m", "incidents", "import", str(self.file(REAL)), "--store", str(path), "--json")
        self._made(path.name, lambda: json.loads(run_fresh(command, self.index).output))
        return path

    def _made(self, name: str, make: Callable[[], object]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        started = time.perf_counter()
        make()
        print(f"made {name} in {time.perf_counter() - started:,.0f} s", file=sys.stderr, flush=True)
