"""Datasets, decisions and mappings, kept in one place that the page and the command line use at once."""

from incidents.store.contract import CompiledQuery, DatasetWriter, Link, Reader, Store
from incidents.store.opening import open_store

__all__ = ["CompiledQuery", "DatasetWriter", "Link", "Reader", "Store", "open_store"]
