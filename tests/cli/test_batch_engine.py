"""A cluster is for batches: the dashboard is refused in one sentence, before anything is started."""

import pytest

from incidents.cli import main

SPARK = "spark://127.0.0.1:7077?store=/nowhere"
SAID = (
    "incidents: serve: a spark:// store is a batch engine, seconds for each answer: use summary and export; the page"
    " needs a folder or postgresql://.\n"
)


def test_the_dashboard_is_refused_on_a_cluster(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--no-browser", "--store", SPARK]) == 1
    assert capsys.readouterr() == ("", SAID)


def test_the_dashboard_is_refused_where_the_setting_names_a_cluster(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENTS_STORE", SPARK)
    assert main(["serve", "--no-browser"]) == 1
    assert capsys.readouterr() == ("", SAID)
