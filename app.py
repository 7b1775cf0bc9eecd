"""The dashboard; `incidents serve` or `streamlit run app.py`."""

from incidents.ui.pages import run

run()
