"""Windows of time that are played one after another: a moving one, or one that grows from the start."""

from dataclasses import dataclass
from datetime import date, timedelta

from incidents.views.timeline import first_day, last_day

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def later(start: date, unit: str, bars: int) -> date:
    """The first day of the bar so many bars after the one that begins on `start`."""
    if unit in _MONTHS:
        month = start.year * 12 + start.month - 1 + bars * _MONTHS[unit]
        return date(month // 12, month % 12 + 1, 1)
    return start + timedelta(days=bars * (7 if unit == "week" else 1))


@dataclass(frozen=True, slots=True)
class Windows:
    """From the bar of the first day to the bar of the last; `bars` None: from the start on, growing."""

    first: date
    last: date
    unit: str
    bars: int | None

    @property
    def steps(self) -> int:
        count, end = 0, first_day(self.last, self.unit)
        start = first_day(self.first, self.unit)
        if self.unit in _MONTHS:
            return ((end.year - start.year) * 12 + end.month - start.month) // _MONTHS[self.unit] + 1
        count = (end - start).days // (7 if self.unit == "week" else 1)
        return count + 1

    def at(self, step: int) -> tuple[date, date]:
        """First and last day of the window that ends with the bar `step`, counted from 0."""
        begin = first_day(self.first, self.unit)
        from_bar = 0 if self.bars is None else max(0, step - self.bars + 1)
        return later(begin, self.unit, from_bar), last_day(later(begin, self.unit, step), self.unit)
