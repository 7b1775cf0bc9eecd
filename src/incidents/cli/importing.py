"""`incidents import` and `incidents check`."""

import argparse
import sys
from pathlib import Path

from incidents.cli.output import plural, print_json, say
from incidents.ingest import Report, check, import_file
from incidents.ingest.report_files import write_rejected
from incidents.ingest.update import BY_ID
from incidents.model.errors import BadFilter
from incidents.model.settings import settings
from incidents.normalise.rows import ImportOptions
from incidents.store import Store, open_store

_EXAMPLES = 3  # of each kind of change, on a terminal


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
    if options.online:
        from incidents.ingest.online_places import online  # with its geocoders: most imports ask nobody

        online(settings(options.store)).refuse_unless_on()
    reports = []
    with open_store(settings(options.store).store) as store:
        for file in options.files:
            report = import_file(
                store, Path(file), wanted, name=options.name, update=options.update, progress=progress_line
            )
            end_progress()
            if not options.json:
                say(report_text(report))
            reports.append({**report.as_json(), **_asked_online(store, report, options)})
    if options.json:
        print_json(reports[0] if len(reports) == 1 else {"imports": reports})


def _asked_online(store: Store, report: Report, options: argparse.Namespace) -> dict[str, object]:
    """Of single answers; the report's own counts of places are from before."""
    if not options.online or report.dataset is None:
        return {}
    from incidents.cli.geocoding import online_text
    from incidents.ingest.online_places import place_online

    settled, changed = place_online(store, settings(options.store), report.dataset, options.online, progress_line)
    end_progress()
    if not options.json:
        say(f"{online_text(settled)}; {plural(changed, 'incident')} placed")
    return {"online": {**settled.as_json(), "incidents_changed": changed}}


def run_check(options: argparse.Namespace) -> None:
    wanted = reading_options(options)
    if options.update and len(options.files) > 1:
        raise BadFilter("--update compares with one dataset: give one file.")
    reports = []
    with open_store(settings(options.store).store) as store:
        for file in options.files:
            reports.append(check(store, Path(file), wanted, update=options.update, progress=progress_line))
            end_progress()
            if not options.json:
                say(report_text(reports[-1]))
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
            *(["  columns as they were mapped before for this header"] if report.mapping_remembered else []),
            *_update_text(report),
            *(f"  {reason}: {plural(count, 'row')}" for reason, count in report.reasons.items()),
            *([f"  dataset {report.dataset}"] if report.dataset else ["  nothing stored"]),
        ]
    )


def _update_text(report: Report) -> list[str]:
    changes = report.changes
    if changes is None:
        return []
    matched = "the file's own ids" if changes.matched_by == BY_ID else "content, since ids are missing"
    counts = f"{changes.new:,} new, {changes.changed:,} changed, {changes.gone:,} gone, {changes.same:,} the same"
    examples = [
        f"    {each.kind}: {' '.join(part for part in (each.source_id, each.date, each.place) if part)}"
        + (f": {each.what}" if each.what else "")
        for kind in ("new", "changed", "gone")
        for each in [example for example in changes.examples if example.kind == kind][:_EXAMPLES]
    ]
    return [f"  update: {counts} (matched by {matched})", *examples]
