"""Opening a store: the engine is in its location."""

from pathlib import Path

from incidents.model.errors import StoreError
from incidents.store.contract import Store
from incidents.store.embedded import FolderStore


def open_store(location: str) -> Store:
    """At a folder, a postgresql:// address or a spark:// address; what is not there yet is made."""
    engine, is_address, _ = location.partition("://")
    if not is_address:
        return FolderStore(Path(location))
    if engine in ("postgresql", "postgres"):
        from incidents.store.postgres import PostgresStore

        return PostgresStore(location)
    if engine == "spark":
        from incidents.store.spark import SparkStore

        return SparkStore(location)
    raise StoreError(f"{engine}://: a store is a folder, a postgresql:// address or a spark:// address.")


def is_for_batches(location: str) -> bool:
    """True of a cluster: each question is a job of seconds, which no page waits for at every click."""
    return location.partition("://")[0] == "spark"
