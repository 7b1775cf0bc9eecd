"""Commands and options; nothing heavy is imported until a command runs."""

import argparse
from collections.abc import Callable
from importlib import import_module

from incidents import __version__
from incidents.cli.places import ONLINE, add_place_commands, add_place_options

Command = Callable[[argparse.Namespace], int | None]


def _later(module: str, function: str) -> Command:
    """A command whose module is imported when it runs, so that `--help` answers at once."""

    def run(options: argparse.Namespace) -> int | None:
        command: Command = getattr(import_module(f"incidents.cli.{module}"), function)
        return command(options)

    return run


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="incidents",
        description="Explore files of armed-conflict incidents, offline: import, filter, count, export, serve.",
    )
    parser.add_argument("--version", action="version", version=f"incidents {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--store", metavar="PATH", help="the store's folder (default: INCIDENTS_STORE, else the user's data folder)"
    )

    def command(name: str, run: Command, text: str, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text, parents=[common, *parents])
        made.set_defaults(run=run)
        return made

    as_json = argparse.ArgumentParser(add_help=False)
    as_json.add_argument("--json", action="store_true", help="print one JSON object on standard output")
    reading, narrowing = _reading_options(), _filter_options()

    importing = command(
        "import", _later("importing", "run_import"), "Read files of incidents into the store.", reading, as_json
    )
    importing.add_argument(
        "--update", metavar="DATASET", help="put the file in the place of this dataset, matching ids"
    )
    importing.add_argument("--online", type=int, default=0, metavar="N", help=ONLINE)
    importing.add_argument("--name", help="a name for the dataset (default: the file's name)")

    checking = command(
        "check",
        _later("importing", "run_check"),
        "Report what an import would do; nothing is stored.",
        reading,
        as_json,
    )
    checking.add_argument(
        "--update", metavar="DATASET", help="compare with this dataset: what is new, changed, gone, and the same"
    )
    checking.add_argument("--rejected", metavar="OUT.csv", help="write the rejected rows with their reasons")

    geocode = command(
        "geocode", _later("geocoding", "run_geocode"), "Find a place offline, or every place of a CSV.", as_json
    )
    geocode.add_argument("name", nargs="?", metavar="NAME", help="the place's name")
    add_place_options(geocode)
    geocode.add_argument("--csv", metavar="IN.csv", help="columns place, admin2 (may be absent), admin1, country")
    geocode.add_argument("-o", "--output", metavar="OUT.csv", help="where --csv writes its answers")
    geocode.add_argument("--online", type=int, default=0, metavar="N", help=ONLINE)
    add_place_commands(commands, [common, as_json], _later)

    command("summary", _later("reporting", "run_summary"), "Count what a filter finds.", narrowing, as_json)
    export = command(
        "export", _later("reporting", "run_export"), "Write what a filter finds; the format by the ending.", narrowing
    )
    export.add_argument("-o", "--output", required=True, metavar="FILE", help="FILE.csv, FILE.csv.gz or FILE.geojson")

    command("datasets", _later("datasets", "run_datasets"), "List the datasets of the store.", as_json)
    delete = command("delete", _later("datasets", "run_delete"), "Delete a dataset: its import is undone.", as_json)
    delete.add_argument("dataset", metavar="DATASET", help="id or name")
    rename = command("rename", _later("datasets", "run_rename"), "Give a dataset another name.", as_json)
    rename.add_argument("dataset", metavar="DATASET", help="id or name")
    rename.add_argument("name", metavar="NAME", help="the new name")
    report = command(
        "report", _later("report_files", "run_report"), "Write what happened to the rows of an import, as CSV."
    )
    report.add_argument("dataset", metavar="DATASET", help="id or name")
    report.add_argument(
        "--kind",
        choices=("rejected", "repaired", "notes", "kept"),
        default="rejected",
        help="rejected: rows left out, with line, column, value, reason and text (default); repaired: cells that were changed, "
        "from what to what; notes: doubts, where nothing was changed; kept: the incidents, with the line of each",
    )
    report.add_argument("-o", "--output", metavar="OUT.csv", help="default: standard output")
    mappings = command(
        "mappings",
        _later("mappings", "run_mappings"),
        "List the columns that were mapped by hand and are remembered for files with the same header.",
        as_json,
    )
    mappings.add_argument("--remove", metavar="ID", help="forget this one")

    serve = command("serve", _later("serving", "run_serve"), "Open the dashboard in the browser.")
    serve.add_argument("--port", type=int, default=8501, metavar="N")
    serve.add_argument("--address", default="127.0.0.1", help="listen here (default: this machine only)")
    serve.add_argument("--no-browser", action="store_true", help="do not open a browser window")
    return parser


def _reading_options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("files", nargs="+", metavar="FILE")
    options.add_argument("--layout", metavar="NAME", help="acled, ucdp-ged, gtd, events, incidents, hxl")
    options.add_argument("--country", metavar="NAME", help="the country of a file that names none")
    options.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="this column of the file is that field; may be repeated",
    )
    options.add_argument(
        "--dates",
        choices=("day-first", "month-first", "iso", "jalali"),
        help="how dates are written, where the column does not tell",
    )
    options.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook")
    return options


def _filter_options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False)
    group = options.add_argument_group("filters (an option given twice: either value)")
    group.add_argument("--from", dest="start", metavar="D", help="first day: 2024-04-03, 2024-04 or 2024")
    group.add_argument("--to", dest="end", metavar="D", help="last day")
    for option, text in (
        ("--country", "country"),
        ("--province", "province (admin1)"),
        ("--district", "district (admin2)"),
        ("--town", "town (location)"),
        ("--actor", "actor on either side, in any known spelling"),
        ("--event-type", "event type"),
        ("--precision", "town, near, line, district, province, country, sea, unstated, unlocated"),
        ("--dataset", 'dataset, by id or name; "all" for every one (default: the newest)'),
        ("--where", "COLUMN=VALUE or COLUMN!=VALUE, any column of the file"),
    ):
        group.add_argument(
            option, action="append", default=[], metavar="COLUMN=VALUE" if option == "--where" else "X", help=text
        )
    group.add_argument("--near", metavar="LAT,LON,KM", help="within KM kilometres of a point")
    group.add_argument("--min-killed", type=int, metavar="N", help="at least N reported dead (best figure)")
    group.add_argument("--max-killed", type=int, metavar="N", help="at most N reported dead (best figure)")
    group.add_argument("--text", default="", metavar="WORDS", help="every word occurs in notes, actors or places")
    group.add_argument("--bbox", metavar="S,W,N,E", help="inside these degrees")
    group.add_argument(
        "--without-words", action="store_true", help='leave out incidents whose figure rests on a word such as "dozens"'
    )
    return options
