"""pandas and folium's FastMarkerCluster through st_folium, with one number filter, as their documentation shows them."""

import os

import folium
import pandas as pd
import streamlit as st
from folium.plugins import FastMarkerCluster
from streamlit_folium import st_folium

import offline  # beside this page

offline.serve()


@st.cache_data
def load(path: str) -> pd.DataFrame:
    return pd.read_csv(path).dropna(subset=["latitude", "longitude"])


incidents = load(os.environ["BENCH_FILE"])
least = st.number_input("Killed at least", min_value=0, value=0)
shown = incidents[incidents.killed >= least]
st.write(f"{len(shown):,} of {len(incidents):,} incidents")

made = folium.Map(location=[25, 45], zoom_start=3)
FastMarkerCluster(shown[["latitude", "longitude"]].values.tolist(), callback=offline.MARKER).add_to(made)
st_folium(made, width=1200, height=600)
