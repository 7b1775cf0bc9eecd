"""Routes under which the page serves the map's files; importing this declares them."""

import streamlit.components.v1 as components

from incidents.maps.assets import folders

for _name, _folder in folders().items():
    components.declare_component(_name, path=str(_folder))
