"""The server's settings: the same for `incidents serve` and `streamlit run`."""

from pathlib import Path

from incidents.ui.server import SETTINGS, config_toml, streamlit_options

CONFIG = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"


def test_the_file_repeats_the_settings() -> None:
    head, _, body = CONFIG.read_text(encoding="utf-8").partition("\n")
    assert head.startswith("#")
    assert body == config_toml()


def test_the_server_listens_on_this_machine_only() -> None:
    assert SETTINGS["server.address"] == "127.0.0.1"


def test_the_address_is_left_to_the_caller() -> None:
    assert "--server.address" not in streamlit_options()
    assert streamlit_options()[:2] == ["--browser.gatherUsageStats", "false"]
