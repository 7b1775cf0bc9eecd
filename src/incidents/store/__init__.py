"""Datasets, decisions and mappings, kept in one place that the page and the command line use at once."""

from incidents.store.contract import CompiledQuery, DatasetWriter, Reader, Store
from incidents.store.opening import open_store

__all__ = ["CompiledQuery", "DatasetWriter", "Reader", "Store", "open_store"]
