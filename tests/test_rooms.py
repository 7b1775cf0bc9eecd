"""The rooms of the code: imports point backwards only, and each outside library stays in its room."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "incidents"
ORDER = (
    "model",
    "reading",
    "normalise",
    "places",
    "store",
    "ingest",
    "queries",
    "views",
    "maps",
    "charts",
    "exports",
    "ui",
    "cli",
)
KEPT_IN = {
    "streamlit": ("ui", "cli/serving.py", "maps/assets.py"),
    "streamlit_folium": ("ui",),
    "folium": ("maps",),
    "branca": ("maps",),
    "duckdb": ("store",),
    "sqlite3": ("store", "places"),
    "adbc_driver_postgresql": ("store",),
    "adbc_driver_manager": ("store",),
    "pyspark": ("store",),
    "py4j": ("store",),
    "geopy": ("places",),
    "altair": ("charts",),
}
MODULES = sorted(path for path in SOURCE.rglob("*.py"))


def imported(tree: ast.AST) -> list[str]:
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.append(node.module)
    return names


def faults(path: Path, text: str) -> list[str]:
    inside = path.relative_to(SOURCE)
    room = inside.parts[0]
    found = []
    for name in imported(ast.parse(text)):
        top, *rest = name.split(".")
        if (
            top == "incidents"
            and rest
            and room in ORDER
            and rest[0] in ORDER
            and ORDER.index(rest[0]) > ORDER.index(room)
        ):
            found.append(f"{inside} imports {name}, a later room")
        if top in KEPT_IN and not str(inside.as_posix()).startswith(KEPT_IN[top]):
            found.append(f"{inside} imports {top}, which belongs in {' or '.join(KEPT_IN[top])}")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_point_backwards_and_stay_in_their_room(path: Path) -> None:
    assert faults(path, path.read_text(encoding="utf-8")) == []


def test_a_forward_import_is_found() -> None:
    assert faults(SOURCE / "model" / "made.py", "from incidents.ui import state") == [
        "model/made.py imports incidents.ui, a later room"
    ]


def test_a_driver_outside_its_room_is_found() -> None:
    assert faults(SOURCE / "views" / "made.py", "import duckdb") == [
        "views/made.py imports duckdb, which belongs in store"
    ]
