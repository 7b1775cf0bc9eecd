"""Panics of a reader written in Rust: a damaged file may break one of its assertions instead of being refused.

A panic comes as an exception that is no `Exception`, and is also told on standard error by the reader itself.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from threading import Lock

from incidents.model.errors import UnusableFile

_STANDARD_ERROR = 2
_one_at_a_time = Lock()  # standard error is the whole process's


@contextmanager
def panics_refused(name: str) -> Iterator[None]:
    """Raises UnusableFile in the place of a panic. What others say on standard error meanwhile comes a moment later."""
    with _one_at_a_time, TemporaryFile() as said:
        kept = os.dup(_STANDARD_ERROR)
        os.dup2(said.fileno(), _STANDARD_ERROR)
        try:
            yield
        except BaseException as problem:
            if type(problem).__name__ != "PanicException":  # its module cannot be imported
                raise
            said.truncate(0)
            raise UnusableFile(f"{name}: the workbook is damaged.") from problem
        finally:
            os.dup2(kept, _STANDARD_ERROR)
            os.close(kept)
            said.seek(0)
            os.write(_STANDARD_ERROR, said.read())
