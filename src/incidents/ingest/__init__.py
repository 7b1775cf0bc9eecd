"""From a file to the store, and from nothing to the sample."""

from incidents.ingest.report import Report
from incidents.ingest.run import check, import_file
from incidents.ingest.sample import shown_store

__all__ = ["Report", "check", "import_file", "shown_store"]
