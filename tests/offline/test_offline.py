"""Offline, proven: with only loopback the page works whole, and nobody tries any other address."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.conftest import absent

pytestmark = [pytest.mark.browser, pytest.mark.network]
VISIT = Path(__file__).with_name("visit.py")
BROWSERS_OWN = {  # services of Chromium itself, which it seeks whatever page is open; no page can name them away
    "update.googleapis.com",
    "content-autofill.googleapis.com",
    "optimizationguide-pa.googleapis.com",
    "clients2.google.com",
    "accounts.google.com",
}
HERE = ("127.0.0.1", "localhost", "::1", "0.0.0.0")


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> tuple[dict[str, Any], Path]:
    assert chromium
    if (
        not shutil.which("unshare")
        or subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode
    ):
        absent("a network namespace (unshare -rn)")
    folder = tmp_path_factory.mktemp("offline")
    done = subprocess.run(
        ["unshare", "-rn", sys.executable, str(VISIT), str(folder)],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), folder


def test_the_namespace_has_no_way_out(visit: tuple[dict[str, Any], Path]) -> None:
    assert visit[0]["isolated"] is True


def test_the_page_is_whole(visit: tuple[dict[str, Any], Path]) -> None:
    seen, _ = visit
    assert seen["sentence"] == "Showing 40 of 40 incidents"
    assert seen["n"] == 40
    assert seen["painted"] is True
    assert seen["timeline"] is True


def test_the_browser_asks_nobody_else(visit: tuple[dict[str, Any], Path]) -> None:
    seen, _ = visit
    assert seen["requested_outside"] == []
    assert seen["failed"] == []
    assert seen["page_errors"] == []


def test_the_server_opens_no_socket_to_elsewhere(visit: tuple[dict[str, Any], Path]) -> None:
    first, *lines = (visit[1] / "sockets.log").read_text(encoding="utf-8").splitlines()
    assert first == "watching"
    assert [line for line in lines if line != "watching" and not any(host in line for host in HERE)] == []


def test_chromium_looks_for_nobody_else(visit: tuple[dict[str, Any], Path]) -> None:
    """Its network log has every host that any part of it sought, tabs, workers and background alike."""
    text = (visit[1] / "netlog.json").read_text(encoding="utf-8", errors="replace")
    sought = set(re.findall(r'"(?:host|hostname)":"(?:https?://)?([^":]+)', text))
    asked = {urlsplit(url).hostname for url in re.findall(r'"url":"((?:https?|wss?)://[^"]+)"', text)}
    assert (sought | asked) - BROWSERS_OWN == {"127.0.0.1"}
