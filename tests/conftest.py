"""What every test may use: the real files beside the checkout, an index, an empty store."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"

# How long an example takes says how busy the machine is; what must not hang has a limit of its own.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def absent(what: str) -> None:
    """Skips, and says so; fails where everything is required."""
    if REQUIRE_ALL:
        pytest.fail(f"{what} is absent, and REQUIRE_ALL=1")
    pytest.skip(f"{what} is absent")


@pytest.fixture(scope="session", autouse=True)
def _index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One place index for the whole run, also over several workers: built anew, as on a fresh machine."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "index"
    os.environ["INCIDENTS_INDEX"] = str(folder)
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files; CI needs it, elsewhere its tests skip."""
    if not (SHARED / "data").is_dir():
        absent("../shared/data")
    return SHARED / "data"


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        absent("Chromium")
    assert found
    return found


@pytest.fixture
def store_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store, also for commands and pages that this test starts."""
    folder = tmp_path / "store"
    monkeypatch.setenv("INCIDENTS_STORE", str(folder))
    return folder
