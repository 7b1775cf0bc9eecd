"""An open page shows what the command line imports meanwhile, and what it deletes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.browser.conftest import Served, Visit

pytestmark = pytest.mark.browser


def command(served: Served, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "incidents", *arguments, "--store", str(served.store)],
        check=True, capture_output=True, text=True, env=dict(os.environ),
    )  # fmt: skip
    return done.stdout


def test_an_import_by_the_command_line_appears_on_the_open_page_and_goes_again(
    visit: Visit, served: Served, tmp_path: Path
) -> None:
    file = tmp_path / "three.csv"
    file.write_text(
        "date,town,province,country,killed\n2024-01-02,Quetta,Balochistan,Pakistan,1\n"
        "2024-01-03,Quetta,Balochistan,Pakistan,2\n2024-01-04,Turbat,Balochistan,Pakistan,3\n",
        encoding="utf-8",
    )
    dataset = json.loads(command(served, "import", str(file), "--json"))["dataset"]
    visit.sees("Showing 3 of 3 incidents")
    visit.waits_for_marks(3)
    command(served, "delete", dataset)
    visit.sees("Showing 40 of 40 incidents")
