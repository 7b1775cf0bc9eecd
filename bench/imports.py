"""Import: a check and an import of a file, beside reading the same file with pandas and nothing more."""

import shutil
import statistics
from collections.abc import Mapping
from pathlib import Path

from bench.material import Material
from bench.postgres import postgres_server
from bench.processes import Finished, python, run_fresh
from bench.results import Figures

RUNS = 3
ONCE_FROM_BYTES = 50_000_000  # a larger file is read once


def measure(material: Material, size: str) -> Figures:
    file = material.file(size)
    runs = 1 if file.stat().st_size > ONCE_FROM_BYTES else RUNS
    index_seconds = material.build_index()
    store = material.folder / "store_of_an_import"
    pandas = _median(
        [run_fresh(python("-c", f"import pandas; pandas.read_csv({str(file)!r}, dtype=str)")) for _ in range(runs)]
    )
    check = _median([_in_empty_store("check", file, store, material.index) for _ in range(runs)])
    whole = _median([_in_empty_store("import", file, store, material.index) for _ in range(runs)])
    on_a_server = _on_postgres(file, runs, material.index)
    return {
        "import, times pandas.read_csv": whole.seconds / pandas.seconds,
        "check, times pandas.read_csv": check.seconds / pandas.seconds,
        "import's memory, times pandas": whole.peak_mb / pandas.peak_mb,
        "pandas.read_csv (s)": pandas.seconds,
        "incidents check (s)": check.seconds,
        "incidents import (s)": whole.seconds,
        "pandas peak (MB)": pandas.peak_mb,
        "check peak (MB)": check.peak_mb,
        "import peak (MB)": whole.peak_mb,
        **(
            {"import, PostgreSQL (s)": on_a_server.seconds, "import peak, PostgreSQL (MB)": on_a_server.peak_mb}
            if on_a_server
            else {}
        ),
        **({"place index, once (s)": index_seconds} if index_seconds else {}),
    }


def _in_empty_store(command: str, file: Path, store: Path, environment: Mapping[str, str]) -> Finished:
    shutil.rmtree(store, ignore_errors=True)
    try:
        return run_fresh(python("-m", "incidents", command, str(file), "--store", str(store), "--json"), environment)
    finally:
        shutil.rmtree(store, ignore_errors=True)


def _on_postgres(file: Path, runs: int, environment: Mapping[str, str]) -> Finished | None:
    with postgres_server() as server:
        if server is None:
            return None
        return _median([_imported(str(file), server.new_database(), environment) for _ in range(runs)])


def _imported(file: str, location: str, environment: Mapping[str, str]) -> Finished:
    return run_fresh(python("-m", "incidents", "import", file, "--store", location, "--json"), environment)


def _median(runs: list[Finished]) -> Finished:
    return Finished(statistics.median(run.seconds for run in runs), statistics.median(run.peak_mb for run in runs), "")
