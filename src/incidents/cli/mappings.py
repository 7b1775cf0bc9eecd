"""`incidents mappings`: the columns that people mapped, remembered by header."""

import argparse

from incidents.cli.output import print_json, say
from incidents.ingest.opened import fingerprint
from incidents.model.errors import BadFilter
from incidents.model.settings import settings
from incidents.store import open_store


def run_mappings(options: argparse.Namespace) -> None:
    with open_store(settings(options.store).store) as store:
        known = {fingerprint(header): (header, mapping) for header, mapping in store.mappings().items()}
        if options.remove:
            if options.remove not in known:
                raise BadFilter(f"--remove {options.remove}: no mapping has that id; `incidents mappings` lists them.")
            store.forget_mapping(known[options.remove][0])
    if options.remove:
        print_json({"removed": options.remove}) if options.json else print(f"Removed mapping {options.remove}.")
    elif options.json:
        listed = [{"mapping": name, "columns": header, "fields": fields} for name, (header, fields) in known.items()]
        print_json({"mappings": listed})
    elif not known:
        say("No mappings. They are remembered when a file is imported with --map COLUMN=FIELD.")
    else:
        for name, (header, fields) in known.items():
            say(f"{name}  {len(header)} columns: {', '.join(header[:6])}{', ...' if len(header) > 6 else ''}")
            for column, field in fields.items():
                say(f"            {column} = {field or '(left aside)'}")
