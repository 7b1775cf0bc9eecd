"""Results: printed as they come, kept as JSON, and written as the tables of docs/benchmarks.md."""

import json
from collections.abc import Mapping
from pathlib import Path

from bench.processes import ROOT

Figures = dict[str, float | str | None]
"""Label with its unit -> number; ratios first."""
Results = dict[str, dict[str, Figures]]
"""Part -> size -> figures."""

PAGE = ROOT / "docs" / "benchmarks.md"
KEPT = ROOT / "docs" / "benchmarks.json"
BEGIN, END = "<!-- figures: written by `make bench` with --write -->", "<!-- end of figures -->"
TITLES = {
    "import": "Import",
    "queries": "Views, without a browser (milliseconds)",
    "page": "The page, in headless Chromium",
    "peers": "Beside the two usual ways, same rows, same run",
    "places": "Places with known coordinates",
    "memory": "Memory of exports and summaries",
    "sessions": "Twenty sessions on one server, each with a change every ten seconds",
}


def text_of(value: float | str | None) -> str:
    if value is None:
        return "-"
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def print_figures(part: str, size: str, figures: Figures) -> None:
    width = max(map(len, figures), default=0)
    print(f"\n{part}, {size}")
    for label, value in figures.items():
        print(f"  {label.ljust(width)}  {text_of(value)}", flush=True)


def kept_results() -> Results:
    return json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}


def keep(part: str, size: str, figures: Figures) -> None:
    """Puts the figures in the place of earlier ones of the same part and size, and writes the page anew."""
    results = kept_results()
    results = {**results, part: {**results.get(part, {}), size: figures}}
    KEPT.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    write_page(PAGE, results)


def write_page(page: Path, results: Results) -> None:
    text = page.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise ValueError(f"{page.name}: the two marks between which the figures go are missing.")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n\n{tables(results)}\n{END}{after}", encoding="utf-8")


def tables(results: Mapping[str, Mapping[str, Figures]]) -> str:
    return "\n".join(_table(TITLES[part], results[part]) for part in TITLES if part in results)


def _table(title: str, by_size: Mapping[str, Figures]) -> str:
    sizes = sorted(by_size, key=_order)
    labels = dict.fromkeys(label for size in sizes for label in by_size[size])
    names = [f"{size} synthetic" if _is_synthetic(size) else size for size in sizes]
    growth = _growth(by_size)
    lines = [
        f"### {title}\n",
        _line(["incidents", *names, *(["ten times the rows cost"] if growth else [])]),
        f"|---|{'---:|' * (len(sizes) + bool(growth))}",
        *(
            _line(
                [
                    label,
                    *(text_of(by_size[size].get(label)) for size in sizes),
                    *([growth.get(label, "")] if growth else []),
                ]
            )
            for label in labels
        ),
    ]
    return "\n".join(lines) + "\n"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _growth(by_size: Mapping[str, Figures]) -> dict[str, str]:
    """Label -> how many times as much at 3.5 million rows as at the real file's tenth of that."""
    small, large = by_size.get("real", {}), by_size.get("3.5m", {})
    pairs = {label: (small.get(label), large.get(label)) for label in small if "times" not in label}
    return {
        label: f"{b / a:.1f} times"
        for label, (a, b) in pairs.items()
        if isinstance(a, float | int) and isinstance(b, float | int) and a > 0
    }


def _is_synthetic(size: str) -> bool:
    return size[0].isdigit()


def _order(size: str) -> float:
    """What is real comes first, then by rows."""
    if not _is_synthetic(size):
        return 0.0
    return float(size.rstrip("mkMK")) * {"m": 1e6, "k": 1e3}.get(size[-1].lower(), 1.0)
