"""Takes the README's pictures: the sample at 1440 and 390 pixels, light and dark. `python docs/make_pictures.py [STORE]`

With STORE (a folder) the pictures are of that store and go to `screenshots/`, to be looked at and not kept.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = ("", "import", "review", "about")
SIZES = ((1440, 1000), (390, 844))
SHOWING = "() => /Showing [\\d,]+ of [\\d,]+ incidents/.test(document.body.innerText)"
AT_REST = (
    "() => document.querySelector('[data-test-script-state]')?.getAttribute('data-test-script-state') === 'notRunning'"
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{address} does not answer")


def take(browser: Browser, address: str, folder: Path, page_name: str, width: int, height: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{address}/{page_name}")
    if page_name:
        page.wait_for_timeout(3000)
    else:
        page.wait_for_function(SHOWING, timeout=120_000)
        page.wait_for_timeout(4000)
    page.wait_for_function(AT_REST)
    name = page_name or "explore"
    page.screenshot(path=str(folder / f"{name}_{width}_{scheme}.png"))
    tall = int(page.locator("[data-testid=stMain]").first.evaluate("area => area.scrollHeight"))
    page.set_viewport_size({"width": width, "height": min(tall + 60, 5000)})
    page.wait_for_timeout(2500)
    page.screenshot(path=str(folder / f"{name}_{width}_{scheme}_whole.png"))
    page.close()


def main() -> None:
    store = sys.argv[1] if len(sys.argv) > 1 else None
    folder = ROOT / ("screenshots" if store else "docs/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    with tempfile.TemporaryDirectory() as empty:
        environment = dict(os.environ, INCIDENTS_STORE=store or str(Path(empty, "store")))
        server = subprocess.Popen(
            [sys.executable, "-m", "incidents", "serve", "--no-browser", "--port", str(port)],
            cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for(f"http://127.0.0.1:{port}")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
                for page_name in PAGES:
                    for width, height in SIZES:
                        for scheme in ("light", "dark"):
                            take(browser, f"http://127.0.0.1:{port}", folder, page_name, width, height, scheme)
                browser.close()
        finally:
            server.terminate()
            server.wait(10)
    if not store:
        for picture in folder.glob("*.png"):  # the README shows four; the rest was to look at
            if picture.name not in (
                "explore_1440_light.png",
                "explore_1440_dark.png",
                "explore_390_light_whole.png",
                "import_1440_light.png",
            ):
                picture.rename(ROOT / "screenshots" / picture.name) if (
                    ROOT / "screenshots"
                ).is_dir() else picture.unlink()


if __name__ == "__main__":
    main()
