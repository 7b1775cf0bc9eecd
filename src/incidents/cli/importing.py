"""`incidents import` and `incidents check`."""

import argparse
import sys
from pathlib import Path

from incidents.cli.output import plural, print_json
from incidents.ingest import Report, check, import_file
from incidents.ingest.report_files import write_rejected
from incidents.model.errors import BadFilter
from incidents.model.settings import settings
from incidents.normalise.rows import ImportOptions
from incidents.store import open_store


def reading_options(options: argparse.Namespace) -> ImportOptions:
    mapping = {}
    for text in options.map:
        column, equals, field = text.rpartition("=")
        if not equals or not column or not field:
            raise BadFilter(f"--map: expected COLUMN=FIELD, found {text!r}.")
        mapping[column] = field
    return ImportOptions(
        layout=options.layout, country=options.country, mapping=mapping, dates=options.dates, sheet=options.sheet
    )


def progress_line(stage: str, done: int, of: int | None) -> None:
    """One line on a terminal, nothing in a pipe."""
    if sys.stderr.isatty():
        amount = f"{done:,} of {of:,}" if of else (f"{done:,}" if done else "")
        print(f"\r{stage} {amount}".ljust(79), end="", file=sys.stderr, flush=True)


def end_progress() -> None:
    if sys.stderr.isatty():
        print("\r".ljust(80), end="\r", file=sys.stderr, flush=True)


def run_import(options: argparse.Namespace) -> None:
    wanted = reading_options(options)
    if options.update and len(options.files) > 1:
        raise BadFilter("--update takes the place of one dataset: give one file.")
    reports = []
    with open_store(settings(options.store).store) as store:
        for file in options.files:
            reports.append(
                import_file(store, Path(file), wanted, name=options.name, update=options.update, progress=progress_line)
            )
            end_progress()
            if not options.json:
                print(report_text(reports[-1]))
    if options.json:
        print_json(reports[0].as_json() if len(reports) == 1 else {"imports": [report.as_json() for report in reports]})


def run_check(options: argparse.Namespace) -> None:
    wanted = reading_options(options)
    reports = []
    with open_store(settings(options.store).store) as store:
        for file in options.files:
            reports.append(check(store, Path(file), wanted, progress=progress_line))
            end_progress()
            if not options.json:
                print(report_text(reports[-1]))
    if options.rejected:
        write_rejected(reports, Path(options.rejected))
    if options.json:
        print_json(reports[0].as_json() if len(reports) == 1 else {"checks": [report.as_json() for report in reports]})


def report_text(report: Report) -> str:
    located = ", ".join(f"{key} {count:,}" for key, count in report.places.items() if count)
    repaired = f"{report.repaired:,} repaired, {report.duplicates:,} the same as another"
    return "\n".join(
        [
            f"{report.file}: {report.layout} ({report.reason})" if report.reason else f"{report.file}: {report.layout}",
            f"  {plural(report.read, 'row')} read, {report.kept:,} kept, {report.rejected:,} rejected, {repaired}",
            f"  {plural(report.incidents, 'incident')}, {report.first_date or '-'} to {report.last_date or '-'}",
            f"  places: {located or 'none'}",
            *(f"  {reason}: {plural(count, 'row')}" for reason, count in report.reasons.items()),
            *([f"  dataset {report.dataset}"] if report.dataset else ["  nothing stored"]),
        ]
    )
