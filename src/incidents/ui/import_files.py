"""Files that this session brought and has not stored yet, each with what is known of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

import streamlit as st

from incidents.ingest import Report, import_file
from incidents.ingest.examine import Examination, examine
from incidents.ingest.progress import Progress
from incidents.ingest.uploads import kept_as_file, shown_name
from incidents.normalise.options import ImportOptions
from incidents.store import Store
from incidents.ui.import_job import Job

_HELD = "import_files"
_IN_UPLOADER = "import_in_uploader"
QUICK = 0.35  # seconds that a page waits for a small file rather than show a progress bar


class Upload(Protocol):
    """What Streamlit's uploader gives."""

    file_id: str
    name: str
    size: int

    def getvalue(self) -> bytes: ...


@dataclass(slots=True)
class Incoming:
    """`name` is for people only. `update` is the dataset whose place the file takes."""

    upload: Upload
    name: str
    options: ImportOptions = field(default_factory=ImportOptions)
    update: str | None = None
    checking: Job[Examination] | None = None
    storing: Job[Report] | None = None

    @property
    def file_id(self) -> str:
        return self.upload.file_id

    @property
    def examination(self) -> Examination | None:
        return self.checking.outcome if self.checking else None

    @property
    def report(self) -> Report | None:
        return self.examination.report if self.examination else None

    @property
    def stored(self) -> Report | None:
        return self.storing.outcome if self.storing else None

    @property
    def running(self) -> "Job[Examination] | Job[Report] | None":
        return next((job for job in (self.storing, self.checking) if job and job.is_running), None)

    @property
    def is_ready(self) -> bool:
        """Checked, and only the user's word is missing."""
        return self.report is not None and self.running is None and self.stored is None

    @property
    def is_open(self) -> bool:
        """The file has a question."""
        return self.examination is not None and self.examination.question is not None and self.running is None

    def check(self, store: Store) -> None:
        """Once more, as the options are now."""
        if self.checking:
            self.checking.cancel()
        options, update, content = self.options, self.update, self.upload.getvalue()

        def work(tell: Progress) -> Examination:
            with kept_as_file(content) as path:
                return examine(store, path, options, tell, file=self.name, update=update)

        self.checking, self.storing = Job(work), None
        self.checking.wait(QUICK)

    def store(self, store: Store) -> None:
        options, update, content = self.options, self.update, self.upload.getvalue()

        def work(tell: Progress) -> Report:
            with kept_as_file(content) as path:
                return import_file(store, path, options, file=self.name, update=update, progress=tell)

        self.storing = Job(work)
        self.storing.wait(QUICK)

    def cancel(self) -> None:
        for job in (self.storing, self.checking):
            if job:
                job.cancel()


def held() -> list[Incoming]:
    return list(_files().values())


def hold(uploads: Iterable[Upload]) -> None:
    """Takes files into the session, each once."""
    for upload in uploads:
        _files().setdefault(upload.file_id, Incoming(upload, shown_name(upload.name)))


def drop(keep: Callable[[Incoming], bool]) -> None:
    for file in held():
        if not keep(file):
            file.cancel()
            del _files()[file.file_id]


def follow_uploader(uploads: list[Upload]) -> None:
    """What was taken out of the uploader goes; files of an earlier visit of the page stay."""
    now = {upload.file_id for upload in uploads}
    before: set[str] = st.session_state.get(_IN_UPLOADER, set())
    if st.session_state.pop("import_uploader_changed", False):
        drop(lambda file: file.file_id not in before - now)
    st.session_state[_IN_UPLOADER] = now
    hold(uploads)


def is_in_uploader(file: Incoming) -> bool:
    return file.file_id in st.session_state.get(_IN_UPLOADER, set())


def _files() -> dict[str, Incoming]:
    found: dict[str, Incoming] = st.session_state.setdefault(_HELD, {})
    return found
