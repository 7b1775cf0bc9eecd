"""Figures: low, best, high and open highs, and how they add up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported number. "at least 11": Figure(11, 11, None). Nothing reported: Figure(None, None, None)."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    from_words: bool = False

    @property
    def is_known(self) -> bool:
        return self.low is not None or self.best is not None or self.high is not None

    @property
    def is_open(self) -> bool:
        return self.high is None and (self.low is not None or self.best is not None)


UNKNOWN = Figure()


def exactly(number: int) -> Figure:
    return Figure(number, number, number)


@dataclass(frozen=True, slots=True)
class Total:
    """Sums over incidents: low <= best <= high_shown, always.

    `best` is the plain sum of bests, so that parts add up to the whole; `low` is the sum of lows, never above best
    (a row may state a low without a best); `high_shown` takes the best (else the low) of a row whose high is open.
    """

    low: int
    best: int
    high_shown: int
    open: int  # incidents whose high is open
    unknown: int  # incidents without a best figure
    known: int  # incidents with one

    @property
    def high(self) -> int | None:
        """None where any high is open."""
        return None if self.open else self.high_shown

    @property
    def high_text(self) -> str:
        return f"{self.high_shown:,}+" if self.open else f"{self.high_shown:,}"

    def as_json(self) -> dict[str, int | None]:
        return {"low": self.low, "best": self.best, "high": self.high}


def total(low: int | None, best: int | None, high_shown: int | None, open_: int, unknown: int, known: int) -> Total:
    """A Total from an engine's sums, which are null over no rows."""
    best_ = best or 0
    return Total(min(low or 0, best_), best_, max(high_shown or 0, best_), open_, unknown, known)
