"""`incidents serve`: the dashboard, on this machine only unless told otherwise."""

import argparse
import os
import socket
import sys
from importlib.resources import files
from pathlib import Path

from incidents.model.errors import StoreError
from incidents.model.settings import settings
from incidents.store import is_for_batches
from incidents.ui.server import streamlit_options


def app_file() -> Path:
    """`app.py`: inside an installed package, or at the top of a checkout."""
    inside = Path(str(files("incidents"))) / "app.py"
    return inside if inside.exists() else Path(__file__).resolve().parents[3] / "app.py"


def run_serve(options: argparse.Namespace) -> int:
    if is_for_batches(settings(options.store).store):
        raise StoreError(
            "serve: a spark:// store is a batch engine, seconds for each answer: use summary and export; the page needs a"
            " folder or postgresql://."
        )
    if options.store:
        os.environ["INCIDENTS_STORE"] = options.store
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.address, options.port))
        except OSError as problem:
            raise StoreError(
                f"port {options.port} at {options.address} cannot be used ({problem.strerror}); choose another with --port N."
            ) from None
    from streamlit.web import cli as streamlit

    print(f"Incidents: http://{options.address}:{options.port} (stop with Ctrl+C)", flush=True)
    sys.argv = [
        "streamlit", "run", str(app_file()), "--server.port", str(options.port), "--server.address", options.address,
        "--server.headless", "true" if options.no_browser else "false", *streamlit_options(),
    ]  # fmt: skip
    return int(streamlit.main(standalone_mode=False) or 0)
