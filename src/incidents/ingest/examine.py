"""A file as a person sees it before it is stored: its columns, and a report, an open question or a refusal."""

from dataclasses import dataclass
from pathlib import Path

from incidents.ingest.look import Look, look
from incidents.ingest.opened import open_file
from incidents.ingest.progress import Progress
from incidents.ingest.report import Report
from incidents.ingest.run import check_opened, same_file
from incidents.model.errors import Undecided, UnusableFile
from incidents.normalise.options import ImportOptions
from incidents.store import Store


@dataclass(frozen=True, slots=True)
class Examination:
    """Exactly one of `report`, `question` and `refusal` is there; `look` is missing where the file cannot even be read."""

    look: Look | None = None
    report: Report | None = None
    question: Undecided | None = None
    refusal: str | None = None
    already: str | None = None  # the dataset that this very file is in the store as


def examine(
    store: Store, path: Path, options: ImportOptions, progress: Progress, *, file: str, update: str | None = None
) -> Examination:
    """Nothing is stored. Raises what is neither the file's fault nor a question about it."""
    seen: Look | None = None
    try:
        opened = open_file(store, path, options, progress, file=file)
        if known := same_file(store, opened.raw):
            return Examination(refusal="The same file is in the store already.", already=known.name)
        seen = look(opened)
        replaced = store.find(update) if update else None
        return Examination(seen, check_opened(store, opened, replaced, progress))
    except Undecided as question:
        return Examination(seen, question=question)
    except UnusableFile as problem:
        return Examination(seen, refusal=str(problem))
