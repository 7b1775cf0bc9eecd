"""A file that is read but not yet planned: its raw table, and the mapping that people remembered for its header."""

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from incidents.ingest.progress import Progress
from incidents.model.errors import UnusableFile
from incidents.normalise.options import ImportOptions
from incidents.reading.files import read_table
from incidents.reading.raw import RawTable
from incidents.store import Store


@dataclass(frozen=True, slots=True)
class Opened:
    """`options` are those asked for, with the remembered mapping where `is_remembered`."""

    raw: RawTable
    options: ImportOptions
    is_remembered: bool


def open_file(store: Store, path: Path, options: ImportOptions, tell: Progress, *, file: str | None = None) -> Opened:
    """`file` is the name to show where the file lies under another. A remembered mapping fills what `options` leaves open."""
    shown = file or path.name
    if not path.exists():
        raise UnusableFile(f"{shown}: there is no such file.")
    tell("reading", 0, None)
    raw = read_table(path, name=shown, sheet=options.sheet)
    tell("checking", 0, raw.read)
    remembered = store.mapping(raw.columns) if options.layout is None else None
    if not remembered:
        return Opened(raw, options, False)
    return Opened(raw, replace(options, mapping={**remembered, **options.mapping}), True)


def remember(store: Store, header: tuple[str, ...], options: ImportOptions) -> None:
    """Keeps the columns that a person mapped for the next file with this header."""
    if options.mapping and options.mapping != store.mapping(header):
        store.remember_mapping(header, options.mapping)


def fingerprint(header: tuple[str, ...]) -> str:
    """A short name of a header, to list and remove its mapping by."""
    return sha256("\x1f".join(header).encode()).hexdigest()[:10]
