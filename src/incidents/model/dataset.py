"""One import, as the catalogue keeps it."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Dataset:
    """`read = kept + rejected`, always. `incidents` differs from `kept` where several rows make one incident."""

    dataset_id: str
    name: str
    file: str
    sha256: str
    layout: str
    encoding: str
    delimiter: str
    read: int
    kept: int
    rejected: int
    repaired: int
    duplicates: int
    incidents: int
    places: dict[str, int] = field(default_factory=dict)  # by precision, with "unlocated" and "ambiguous"
    attribution: str = ""
    imported_at: datetime | None = None
    updates: str | None = None  # the dataset that this one replaced
    is_sample: bool = False
    first_date: str | None = None
    last_date: str | None = None
    columns: tuple[str, ...] = ()  # the file's own columns that are kept in `extra`
    has_sites: bool = False
