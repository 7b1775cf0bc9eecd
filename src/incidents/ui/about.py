"""About: what the numbers mean, and whose data the page rests on."""

import streamlit as st

from incidents import __version__
from incidents.ui import loading

_TEXT = """
#### How to read this page

- **Reported fatalities** are reports, not facts. Low, best and high are sums of what the files state; "561+" means that at least one
  report gives no upper figure. Incidents without a figure are counted beside the total and are not taken as zero.
- **Figures that rest on words** such as "dozens" follow a coder's convention and are said apart.
- A mark with a **dashed ring** stands for a district or less: the incident happened somewhere in it, not at the ring's middle.
- An incident at **several places** is one incident; its dead are counted once, at its first place.
- Dead "in incidents involving" an actor do not add up over actors, and naming an actor does not say who killed whom.

#### Sources

- Base map and province outlines: Natural Earth, public domain. Disputed borders are drawn as Natural Earth draws them.
- Place names: GeoNames (geonames.org), CC BY 4.0.
- Map drawing: Leaflet, through folium and streamlit-folium.
"""


def about_page() -> None:
    st.markdown(_TEXT)
    st.markdown("#### Data shown")
    for dataset in loading.store().datasets():
        st.text(f"{dataset.name}: {dataset.attribution}" if dataset.attribution else dataset.name)
    st.caption(f"Incidents {__version__}. Nothing leaves this machine.")
