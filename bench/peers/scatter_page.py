"""pandas and a deck.gl ScatterplotLayer through st.pydeck_chart, with one number filter, as its documentation shows them."""

import os

import pandas as pd
import pydeck as pdk
import streamlit as st


@st.cache_data
def load(path: str) -> pd.DataFrame:
    return pd.read_csv(path).dropna(subset=["latitude", "longitude"])


incidents = load(os.environ["BENCH_FILE"])
least = st.number_input("Killed at least", min_value=0, value=0)
shown = incidents[incidents.killed >= least]
st.write(f"{len(shown):,} of {len(incidents):,} incidents")

st.pydeck_chart(
    pdk.Deck(
        map_style=None,
        initial_view_state=pdk.ViewState(latitude=25, longitude=45, zoom=2),
        layers=[
            pdk.Layer(
                "ScatterplotLayer",
                data=shown[["latitude", "longitude", "killed"]],  # all columns would be sent to the browser
                get_position="[longitude, latitude]",
                get_color="[200, 30, 0, 160]",
                get_radius=2000,
                radius_min_pixels=2,
                pickable=True,
            )
        ],
    )
)
