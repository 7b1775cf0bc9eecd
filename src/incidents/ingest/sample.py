"""The sample: what an empty store opens on. It lies beside the place index and never in the user's store."""

from contextlib import suppress
from hashlib import sha256

from incidents.ingest.run import import_file
from incidents.model.errors import AlreadyImported
from incidents.model.resources import data_file
from incidents.model.settings import settings
from incidents.normalise.rows import ImportOptions
from incidents.store import Store, open_store

SAMPLE = "sample_incidents.csv"
NAME = "Sample: Sistan-Baluchestan and its borders, 2005-2025"


def shown_store(store: Store) -> Store:
    """`store`, or where it has no dataset the store of the sample."""
    return store if store.datasets() else sample_store()


def sample_store() -> Store:
    """Made on first use and after the shipped sample changed; several processes may ask at once."""
    file = data_file(SAMPLE)
    mark = sha256(file.read_bytes() + data_file("places.csv").read_bytes()).hexdigest()[:12]
    store = open_store(str(settings().index_folder / f"sample-{mark}"))
    if not store.datasets():
        with suppress(AlreadyImported):  # another process was faster
            import_file(store, file, ImportOptions(), name=NAME, is_sample=True)
    return store
