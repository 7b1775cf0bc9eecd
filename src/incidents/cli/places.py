"""Commands on places as subcommands: `incidents decisions ...` and `incidents gazetteer ...`."""

import argparse
from collections.abc import Callable
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Later = Callable[[str, str], Callable[[argparse.Namespace], int | None]]

ONLINE = (
    "ask the online geocoder about at most N places that the gazetteer does not settle (default: 0, nothing is sent); "
    "needs INCIDENTS_USER_AGENT"
)

DECISIONS = """What you decide on a place holds for every incident of that name, district, province and country: those in the store
are placed again, and later imports use it. Undoing a decision finds its incidents by name again.

  incidents decisions open                      places known only to a wider area, those of most incidents first, with candidates
  incidents decisions settle Rahimabad --province Kerman --country Iran --candidate 2
  incidents decisions settle Rahimabad --province Kerman --country Iran --at 28.94,57.73 --precision near
  incidents decisions settle Rahimabad --province Kerman --country Iran --area province
  incidents decisions list
  incidents decisions undo Rahimabad --province Kerman --country Iran
  incidents decisions export -o decisions.csv   place, admin2, admin1, country, and what was chosen
  incidents decisions import decisions.csv      the same columns; place, country, latitude, longitude are needed"""

GAZETTEER = """Places of your own, as CSV in UTF-8: name, district, province, country, latitude, longitude, source (district, province
and source may be absent). They are candidates before all others, inside the province that a row states.

  incidents gazetteer add places.csv
  incidents gazetteer list
  incidents gazetteer remove places.csv"""


def add_place_commands(commands: Commands, common: list[argparse.ArgumentParser], later: Later) -> None:
    """Each subcommand has the `common` options, which their groups do not: a group's would be lost."""
    for name, short, text, add in (
        ("decisions", "Decide where places are; list, undo, export, import.", DECISIONS, _decisions),
        ("gazetteer", "Add, list and remove places of your own.", GAZETTEER, _gazetteer),
    ):
        group = commands.add_parser(
            name, help=short, description=text, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        add(group.add_subparsers(title="commands", required=True, metavar="COMMAND"), common, later)


def add_place_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--district", metavar="D")
    parser.add_argument("--province", metavar="P")
    parser.add_argument("--country", metavar="C")


def _decisions(commands: Commands, common: list[argparse.ArgumentParser], later: Later) -> None:
    def command(name: str, text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text, parents=common)
        made.set_defaults(run=later("decisions", f"run_{name}"))
        return made

    opened = command("open", "List places that nobody has settled, those of most incidents first.")
    opened.add_argument("--most", type=int, default=20, metavar="N", help="list N places (default: 20)")
    settle = command("settle", "Decide where a place is, for all incidents of that name.")
    settle.add_argument("name", metavar="NAME")
    add_place_options(settle)
    how = settle.add_mutually_exclusive_group(required=True)
    how.add_argument("--candidate", type=int, metavar="N", help="the Nth candidate, as `decisions open` numbers them")
    how.add_argument("--at", metavar="LAT,LON", help="these coordinates")
    how.add_argument("--area", choices=("district", "province", "country"), help="known to this area and no closer")
    settle.add_argument(
        "--precision", default="town", choices=("town", "near", "line", "district"), help="of --at (default: town)"
    )
    undo = command("undo", "Take a decision back: its incidents are found by name again.")
    undo.add_argument("name", metavar="NAME")
    add_place_options(undo)
    command("list", "List the decisions.")
    export = command("export", "Write the decisions as CSV.")
    export.add_argument("-o", "--output", required=True, metavar="OUT.csv")
    importing = command("import", "Read decisions from CSV; each takes the place of an earlier one on the same name.")
    importing.add_argument("file", metavar="FILE.csv")


def _gazetteer(commands: Commands, common: list[argparse.ArgumentParser], later: Later) -> None:
    def command(name: str, text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text, parents=common)
        made.set_defaults(run=later("gazetteers", f"run_{name}"))
        return made

    command("add", "Add places of your own, from CSV.").add_argument("file", metavar="FILE.csv")
    command("list", "List your own gazetteers.")
    command("remove", "Take a gazetteer out.").add_argument("name", metavar="NAME", help="its file name")
