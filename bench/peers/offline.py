"""Lets a plain folium page load its scripts without the internet: from wheels, over routes of the page's own server.

Two of folium's default scripts are not to be had as wheels and are left out: bootstrap, which nothing on these pages needs, and
awesome-markers, in whose place the page gives Leaflet's own marker. Both omissions make the page faster than the plain one.
"""

from importlib.metadata import distribution
from pathlib import Path

import folium
import streamlit.components.v1 as components
from folium.plugins import FastMarkerCluster

MARKER = """function (row) {
    L.Icon.Default.imagePath = "../offline.leaflet/images/";
    return L.marker(new L.LatLng(row[0], row[1]));
}"""

_FILES = {
    "leaflet": ("XStatic-Leaflet", "leaflet.js", "leaflet.css"),
    "jquery": ("XStatic-jQuery", "jquery.min.js", None),
    "cluster": ("XStatic-Leaflet-MarkerCluster", "leaflet.markercluster.js", "MarkerCluster.css"),
}


def serve() -> None:
    """Points folium's default links at the wheels' files."""
    links = {route: _serve(route, package, script) for route, (package, script, _) in _FILES.items()}
    scripts = {route: f"{links[route]}/{script}" for route, (_, script, _) in _FILES.items()}
    styles = {route: f"{links[route]}/{style}" for route, (_, _, style) in _FILES.items() if style}
    folium.Map.default_js = [("leaflet", scripts["leaflet"]), ("jquery", scripts["jquery"])]
    folium.Map.default_css = [("leaflet_css", styles["leaflet"])]
    FastMarkerCluster.default_js = [("markerclusterjs", scripts["cluster"])]
    FastMarkerCluster.default_css = [
        ("markerclustercss", styles["cluster"]),
        ("markerclusterdefaultcss", f"{links['cluster']}/MarkerCluster.Default.css"),
    ]


def _serve(route: str, package: str, script: str) -> str:
    file = next(file for file in distribution(package).files or () if file.name == script)
    components.declare_component(route, path=str(Path(str(file.locate())).resolve().parent))
    return f"../{__name__}.{route}"  # as st_folium's frame sees it
