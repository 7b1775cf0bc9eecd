"""The least that a Streamlit page can do: the floor of every step."""

import streamlit as st

number = st.number_input("Number", 0, 1000, 0)
st.write(f"value {number}")
