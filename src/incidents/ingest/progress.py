"""How far an import is; whoever watches may stop it."""

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]
"""(stage, rows done, rows of all if known). It may raise Cancelled; nothing is then stored."""


def silent(stage: str, done: int, of: int | None) -> None:
    """Progress that nobody watches."""
