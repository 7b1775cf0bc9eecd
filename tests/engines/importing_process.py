"""A process that imports made datasets until it is killed; it says which ones it has committed."""

import sys
import time

from tests.views.made_data import put, random_rows

from incidents.store import open_store


def main(location: str, first: int, rows: int) -> None:
    store = open_store(location)
    made, sites = random_rows(rows, seed=first)
    print("ready", flush=True)
    for number in range(first, first + 1000):
        dataset_id = f"k{number}"
        incidents = [
            {**row, "dataset_id": dataset_id, "incident_id": f"{dataset_id}-{row['source_row']}"} for row in made
        ]
        further = [
            {**each, "dataset_id": dataset_id, "incident_id": f"{dataset_id}-{each['incident_id'].split('-')[1]}"}
            for each in sites
        ]
        put(store, incidents, further, dataset_id=dataset_id)
        print(dataset_id, flush=True)
        time.sleep(0.2)  # few enough datasets that reading them stays quick


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
