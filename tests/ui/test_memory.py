"""No step waits while the whole memory is looked through."""

from pathlib import Path

from streamlit import config
from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parents[2] / "app.py"


def test_a_page_turns_off_the_collection_after_every_run() -> None:
    page = AppTest.from_file(str(APP), default_timeout=120).run()
    assert not page.exception
    assert config.get_option("runner.postScriptGC") is False
