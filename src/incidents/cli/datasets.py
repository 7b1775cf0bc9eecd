"""`incidents datasets`, `incidents rename` and `incidents delete`."""

import argparse

from incidents.cli.output import plural, print_json, say
from incidents.model.dataset import Dataset
from incidents.model.errors import BadFilter
from incidents.model.settings import settings
from incidents.store import open_store


def as_json(dataset: Dataset) -> dict[str, object]:
    return {
        "dataset": dataset.dataset_id,
        "name": dataset.name,
        "file": dataset.file,
        "sha256": dataset.sha256,
        "layout": dataset.layout,
        "read": dataset.read,
        "kept": dataset.kept,
        "rejected": dataset.rejected,
        "repaired": dataset.repaired,
        "duplicates": dataset.duplicates,
        "incidents": dataset.incidents,
        "places": dataset.places,
        "attribution": dataset.attribution,
        "imported_at": dataset.imported_at.isoformat() if dataset.imported_at else None,
        "updates": dataset.updates,
        "first_date": dataset.first_date,
        "last_date": dataset.last_date,
    }


def run_datasets(options: argparse.Namespace) -> None:
    with open_store(settings(options.store).store) as store:
        found = store.datasets()
    if options.json:
        print_json({"datasets": [as_json(dataset) for dataset in found]})
    elif not found:
        say("No datasets. Import one with: incidents import FILE")
    else:
        for dataset in found:
            when = f"{dataset.imported_at:%Y-%m-%d %H:%M}" if dataset.imported_at else "-"
            say(
                f"{dataset.dataset_id}  {when}  {plural(dataset.incidents, 'incident')}, {plural(dataset.rejected, 'rejected row')}  {dataset.name}"
            )


def run_delete(options: argparse.Namespace) -> None:
    with open_store(settings(options.store).store) as store:
        dataset = store.find(options.dataset)
        store.delete(dataset.dataset_id)
    if options.json:
        print_json({"deleted": dataset.dataset_id, "name": dataset.name, "incidents": dataset.incidents})
    else:
        say(f"Deleted {dataset.name}: {plural(dataset.incidents, 'incident')}.")


def run_rename(options: argparse.Namespace) -> None:
    if not options.name.strip():
        raise BadFilter("rename: the new name is empty.")
    with open_store(settings(options.store).store) as store:
        before = store.find(options.dataset)
        after = store.rename(before.dataset_id, options.name.strip())
    if options.json:
        print_json({"dataset": after.dataset_id, "name": after.name, "was": before.name})
    else:
        say(f"Renamed {before.name} to {after.name}.")
