"""`incidents report`: what happened to the rows of an import, as CSV."""

import argparse
import os
import sys
from pathlib import Path

from incidents.exports.files import Unwritable
from incidents.ingest.report_files import report_csv
from incidents.model.settings import settings
from incidents.store import open_store


def run_report(options: argparse.Namespace) -> None:
    with open_store(settings(options.store).store) as store:
        dataset = store.find(options.dataset)
        pieces = report_csv(store, dataset.dataset_id, options.kind)
        if options.output in (None, "-"):
            for piece in pieces:
                sys.stdout.write(piece)
            return
        target = Path(options.output)
        unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with unfinished.open("w", encoding="utf-8", newline="") as output:
                output.writelines(pieces)
            os.replace(unfinished, target)
        except OSError as problem:
            raise Unwritable(f"{target}: the report cannot be written ({problem.strerror}).") from problem
        finally:
            unfinished.unlink(missing_ok=True)
