"""The options of the benchmark, and which parts run."""

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from bench.material import REAL, REAL_FILE, TRUTH_FILE, Material, rows_of
from bench.processes import ROOT
from bench.results import Figures, keep, print_figures

PARTS = ("import", "queries", "page", "peers", "places", "memory", "sessions")
USUAL = PARTS[:-1]  # twenty sessions need ten minutes of their own
FOLDER = ROOT / ".bench"


def options_of(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench/run.py", description="Measure what a person waits for. Prints medians; asserts nothing."
    )
    parser.add_argument(
        "--rows",
        nargs="+",
        default=[REAL],
        metavar="N",
        help="real, 3.5m, 20m or any number; others than real are synthetic (default: real)",
    )
    parser.add_argument(
        "--only",
        nargs="+",
        choices=PARTS,
        default=list(USUAL),
        help="parts to run (default: all but sessions)",
    )
    parser.add_argument(
        "--steps", type=int, default=5, metavar="N", help="repetitions of each interaction (default: 5)"
    )
    parser.add_argument(
        "--minutes", type=float, default=10.0, metavar="N", help="how long the sessions work (default: 10)"
    )
    parser.add_argument(
        "--truth",
        type=Path,
        default=TRUTH_FILE,
        metavar="CSV",
        help="places with known coordinates: place, admin1, country, latitude, longitude, where_prec",
    )
    parser.add_argument("--from", dest="real_file", type=Path, default=REAL_FILE, metavar="CSV", help="the real file")
    parser.add_argument(
        "--folder",
        type=Path,
        default=FOLDER,
        help="where synthetic files and stores are kept between runs (default: .bench)",
    )
    parser.add_argument("--write", action="store_true", help="write the figures into docs/benchmarks.md")
    options = parser.parse_args(arguments)
    for size in options.rows:
        if size != REAL:
            try:
                rows_of(size)
            except ValueError as problem:
                parser.error(str(problem))
    return options


def measures(options: argparse.Namespace) -> dict[str, Callable[[Material, str], Figures]]:
    """Part -> its measurement; a part is imported when it runs, since only some need a browser."""

    def part(name: str) -> Callable[..., Figures]:
        measure: Callable[..., Figures] = import_module(f"bench.{name}").measure
        return measure

    return {
        "import": lambda material, size: part("imports")(material, size),
        "queries": lambda material, size: part("queries")(material, size),
        "page": lambda material, size: part("page")(material, size, options.steps),
        "peers": lambda material, size: part("peers_part")(material, size, options.steps),
        "memory": lambda material, size: part("memory")(material, size),
        "places": lambda material, size: part("places")(material, options.truth),
        "sessions": lambda material, size: part("sessions")(material, size, options.minutes),
    }


def main(arguments: list[str] | None = None) -> None:
    options = options_of(arguments)
    material = Material(options.folder.resolve(), options.real_file.resolve())
    material.folder.mkdir(parents=True, exist_ok=True)
    for size in options.rows:
        for part in PARTS:
            if part not in options.only or (part == "places" and size != options.rows[0]):
                continue
            try:
                figures = measures(options)[part](material, size)
            except FileNotFoundError as problem:
                sys.exit(str(problem))
            label = options.truth.name if part == "places" else size
            print_figures(part, label, figures)
            if options.write:
                keep(part, label, figures)
