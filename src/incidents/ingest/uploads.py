"""Uploaded bytes as a file for as long as work on them lasts; the name that came with them opens nothing."""

import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME_CHARACTERS = 80
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def shown_name(given: str) -> str:
    """The last part of a name, without what cannot be seen, cut in its middle: for people only."""
    last = re.split(r"[\\/]", _UNSEEN.sub("", given))[-1].strip()
    if not last.strip("."):
        return "unnamed file"
    return last if len(last) <= NAME_CHARACTERS else f"{last[: NAME_CHARACTERS - 20]}…{last[-19:]}"


@contextmanager
def kept_as_file(content: bytes) -> Iterator[Path]:
    """A file of a random name, which goes when the work ends, however it ends."""
    with tempfile.TemporaryDirectory(prefix="incidents-") as folder:
        path = Path(folder) / secrets.token_hex(16)
        path.write_bytes(content)
        yield path
