"""The files that the map's frame loads: where they lie, and the links under which the page serves them."""

from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from incidents import __version__
from incidents.model.resources import data_file

SERVED_BY = "incidents.ui.served"
"""The module that declares the routes; Streamlit puts its name in front of theirs."""


def _folder_in_wheel(package: str, inside: str) -> Path:
    """The folder of the wheel's file `inside`, found without importing the package."""
    for file in distribution(package).files or ():
        if file.as_posix() == inside:
            return Path(str(file.locate())).resolve().parent
    raise FileNotFoundError(
        f"{package}: {inside} is missing; install it again with: pip install --force-reinstall {package}"
    )


@cache
def folders() -> dict[str, Path]:
    """Route name -> folder served under it."""
    return {
        "leaflet": _folder_in_wheel("XStatic-Leaflet", "xstatic/pkg/leaflet/data/leaflet.js"),
        "drawing": Path(__file__).resolve().parent / "static",
        "basemap": data_file("basemap"),
    }


def link(folder: str, file: str) -> str:
    """The address of a file as the map's frame sees it; relative, so that a base path in front of the page does no harm."""
    return f"../{SERVED_BY}.{folder}/{file}"


DRAWING = ("outlines", "basemap", "marks", "heat", "provinces", "incidents_map")
"""Our own scripts, in the order in which they need one another."""


def scripts() -> list[tuple[str, str]]:
    own = [(name, f"{link('drawing', f'{name}.js')}?v={__version__}") for name in DRAWING]
    return [("leaflet", link("leaflet", "leaflet.js")), *own]


def styles() -> list[tuple[str, str]]:
    return [
        ("leaflet_css", link("leaflet", "leaflet.css")),
        ("incidents_map_css", f"{link('drawing', 'incidents_map.css')}?v={__version__}"),
    ]
