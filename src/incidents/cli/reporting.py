"""`incidents summary` and `incidents export`."""

import argparse
import sys
from pathlib import Path

from incidents.cli.filters import filter_from
from incidents.cli.output import plural, print_json, say
from incidents.exports import export
from incidents.ingest import shown_store
from incidents.model.settings import settings
from incidents.store import Store, is_for_batches, open_store
from incidents.views.spelling import settle
from incidents.views.summary import summary_json


def run_summary(options: argparse.Namespace) -> None:
    typed = filter_from(options)
    with _opened(options) as store:
        reader = shown_store(store).reader()
        found = summary_json(reader, settle(reader, typed))
    if options.json:
        print_json(found)
        return
    dead, injured = found["fatalities"], found["injured"]
    print(f"{plural(found['incidents'], 'incident')}, {found['unlocated']:,} unlocated")
    for words, figure in (("reported fatalities", dead), ("injured", injured)):
        high = f"{figure['high_shown']:,}" + ("+" if figure["high"] is None else "")
        print(f"{figure['best']:,} {words} ({figure['low']:,} - {high}), {figure['unknown']:,} without a figure")


def run_export(options: argparse.Namespace) -> None:
    typed = filter_from(options)
    with _opened(options) as store:
        reader = shown_store(store).reader()
        written = export(reader, settle(reader, typed), Path(options.output))
    say(f"{plural(written, 'incident')} written to {options.output}")


def _opened(options: argparse.Namespace) -> Store:
    location = settings(options.store).store
    store = open_store(location)
    if is_for_batches(location):
        print("incidents: a spark:// store is a batch engine: the answer takes seconds to minutes.", file=sys.stderr)
    return store
