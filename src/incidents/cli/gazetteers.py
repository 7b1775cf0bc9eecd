"""`incidents gazetteer add | list | remove`."""

import argparse
from pathlib import Path

from incidents.cli.output import plural, print_json, say
from incidents.ingest.gazetteers import add_gazetteer, remove_gazetteer
from incidents.ingest.own_places import own_gazetteers
from incidents.model.settings import settings
from incidents.places.own_gazetteer import read_own_gazetteer
from incidents.store import open_store


def run_add(options: argparse.Namespace) -> None:
    gazetteer = read_own_gazetteer(Path(options.file))
    chosen = settings(options.store)
    with open_store(chosen.store) as store:
        changed = add_gazetteer(store, chosen, gazetteer)
    faults = [
        {"line": fault.line, "column": fault.column, "value": fault.value, "reason": fault.reason}
        for fault in gazetteer.faults
    ]
    if options.json:
        print_json({
            "gazetteer": gazetteer.file, "read": gazetteer.read, "places": len(gazetteer.places), "faults": faults, "incidents_changed": changed,
        })  # fmt: skip
        return
    say(
        f"{gazetteer.file}: {plural(gazetteer.read, 'row')} read, {plural(len(gazetteer.places), 'place')} added, {len(faults):,} left out; "
        f"{plural(changed, 'incident')} placed anew"
    )
    for fault in gazetteer.faults:
        say(f"  line {fault.line}: {fault.column} {fault.value!r}: {fault.reason}")


def run_list(options: argparse.Namespace) -> None:
    with open_store(settings(options.store).store) as store:
        found = own_gazetteers(store)
    if options.json:
        print_json({"gazetteers": [{"gazetteer": each.file, "places": len(each.places)} for each in found]})
    elif not found:
        say("No gazetteers of your own. Add one with: incidents gazetteer add FILE.csv")
    else:
        for each in found:
            say(f"{each.file}: {plural(len(each.places), 'place')}")


def run_remove(options: argparse.Namespace) -> None:
    chosen = settings(options.store)
    with open_store(chosen.store) as store:
        changed = remove_gazetteer(store, chosen, options.name)
    if options.json:
        print_json({"removed": options.name, "incidents_changed": changed})
    else:
        say(f"{options.name} removed; {plural(changed, 'incident')} placed anew")
