"""Errors: each says in one sentence what was expected, what came and what to do."""

from incidents.model.plain_text import one_line


class IncidentsError(Exception):
    """Anything that the user can act on; its text is one sentence for the user, on one line whatever a file's names hold."""

    def __init__(self, message: str = "") -> None:
        super().__init__(one_line(message))


class UnusableFile(IncidentsError, ValueError):
    """The file cannot be imported; nothing was stored."""


class Undecided(UnusableFile):
    """The file alone does not settle a question; `option` names what the user must give.

    `question` is one of "dates", "country", "casualties", "mapping", "sheet".
    """

    def __init__(self, message: str, question: str, choices: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.question = question
        self.choices = choices


class AlreadyImported(UnusableFile):
    """A file with the same content is in the store."""


class NoSuchDataset(IncidentsError, LookupError):
    """No dataset has that id or name."""


class StoreError(IncidentsError, OSError):
    """The store cannot be opened, read or written."""


class BadFilter(IncidentsError, ValueError):
    """A filter value cannot be read."""


class Cancelled(IncidentsError):
    """The user stopped the work; nothing was stored."""


class GeocoderDown(IncidentsError, ConnectionError):
    """The online geocoder gave no answer; that is not "no such place"."""
