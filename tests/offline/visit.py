"""Run inside a network namespace that has only loopback: opens the page and prints what was seen, as JSON.

    unshare -rn python visit.py FOLDER

FOLDER gets the server's socket log and Chromium's network log.
"""

import fcntl
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PORT = 8599
AUDIT = """
import os, sys
_log = open(os.environ["SOCKET_LOG"], "a", buffering=1)
_log.write("watching\\n")
def _note(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        _log.write(f"{event} {arguments[1:] if event in ('socket.connect', 'socket.sendto') else arguments!r}\\n")
sys.addaudithook(_note)
"""


def raise_loopback() -> None:
    """`ip link set lo up` without iproute2: SIOCGIFFLAGS, then SIOCSIFFLAGS with IFF_UP."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        asked = struct.pack("16sh", b"lo", 0)
        (flags,) = struct.unpack_from("h", fcntl.ioctl(control, 0x8913, asked), 16)
        fcntl.ioctl(control, 0x8914, struct.pack("16sh", b"lo", flags | 1))


def outside_is_out_of_reach() -> bool:
    with socket.socket() as probe:
        probe.settimeout(2)
        try:
            probe.connect(("192.0.2.1", 80))  # TEST-NET-1
        except OSError:
            return True
    return False


def start_server(folder: Path) -> subprocess.Popen[bytes]:
    (folder / "site").mkdir(exist_ok=True)
    (folder / "site" / "sitecustomize.py").write_text(AUDIT, encoding="utf-8")
    environment = dict(
        os.environ,
        SOCKET_LOG=str(folder / "sockets.log"),
        PYTHONPATH=os.pathsep.join(filter(None, [str(folder / "site"), os.environ.get("PYTHONPATH", "")])),
    )
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "incidents", "serve", "--no-browser", "--port", str(PORT), "--store", str(folder / "store")],
            cwd=folder, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/_stcore/health", timeout=1)
        except OSError:
            time.sleep(0.1)
        else:
            return server
    server.terminate()
    raise TimeoutError((folder / "server.log").read_text(encoding="utf-8", errors="replace"))


def look(page: Page) -> dict[str, Any]:
    """What a person sees: the sentence, marks, the base map's pixels, the chart."""
    page.wait_for_function(
        "() => /Showing [\\d,]+ of [\\d,]+ incidents/.test(document.body.innerText)", timeout=120_000
    )
    deadline = time.time() + 60
    seen: dict[str, Any] = {}
    while time.time() < deadline:
        frame = next((found for found in page.frames if "streamlit_folium" in found.url), None)
        try:
            if frame:
                seen["n"] = frame.evaluate(
                    "() => { let n = 0; map_div.eachLayer(l => { if (l.feature && l.feature.properties && 'n' in l.feature.properties)"
                    " n += l.feature.properties.n }); return n }"
                )
                seen["painted"] = frame.evaluate(
                    "() => [...document.querySelectorAll('canvas')].some(c => { const x = c.getContext('2d'); if (!x || !c.width) return false;"
                    " const d = x.getImageData(0, 0, c.width, c.height).data; const s = new Set();"
                    " for (let i = 0; i < d.length; i += 404) s.add(d[i] + ',' + d[i+1] + ',' + d[i+2] + ',' + d[i+3]); return s.size > 4 })"
                )
                seen["timeline"] = page.locator(".st-key-timeline canvas, .st-key-timeline svg").count() > 0
                if seen["n"] and seen["painted"] and seen["timeline"]:
                    break
        except Exception as problem:  # noqa: BLE001 - the frame is being replaced; the last reason is reported
            seen["problem"] = str(problem)
        page.wait_for_timeout(200)
    seen["sentence"] = page.evaluate("() => document.body.innerText.match(/Showing [\\d,]+ of [\\d,]+ incidents/)[0]")
    return seen


def main() -> None:
    folder = Path(sys.argv[1])
    raise_loopback()
    server = None
    report: dict[str, Any] = {"isolated": outside_is_out_of_reach()}
    try:
        server = start_server(folder)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
                args=[
                    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                    "--disable-sync", f"--log-net-log={folder / 'netlog.json'}", "--net-log-capture-mode=Everything",
                ],
            )  # fmt: skip
            page = browser.new_page(viewport={"width": 1440, "height": 1000})
            requested: list[str] = []
            failed: list[str] = []
            errors: list[str] = []
            page.on("request", lambda request: requested.append(request.url))
            page.on("requestfailed", lambda request: failed.append(request.url))
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.goto(f"http://127.0.0.1:{PORT}")
            report.update(look(page))
            report["requested_outside"] = [
                url
                for url in requested
                if not url.startswith((f"http://127.0.0.1:{PORT}", "data:", "blob:", f"ws://127.0.0.1:{PORT}"))
            ]
            report["failed"] = [url for url in failed if not url.startswith("blob:")]
            report["page_errors"] = errors
            browser.close()
    finally:
        if server:
            server.terminate()
            server.wait(10)
    print(json.dumps(report))


if __name__ == "__main__":
    main()
