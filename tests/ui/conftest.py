import pytest
import streamlit as st


@pytest.fixture(autouse=True)
def _fresh_caches() -> None:
    """Stores are kept open for the whole process, and each test has its own."""
    st.cache_resource.clear()
