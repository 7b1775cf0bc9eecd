"""Datasets, decisions and mappings, kept in one place that the page and the command line use at once."""

from incidents.store.contract import CompiledQuery, DatasetWriter, Link, Reader, Store
from incidents.store.opening import is_for_batches, open_store

__all__ = ["CompiledQuery", "DatasetWriter", "Link", "Reader", "Store", "is_for_batches", "open_store"]
