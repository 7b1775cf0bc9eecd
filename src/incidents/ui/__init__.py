"""The page: the only room that uses Streamlit."""
