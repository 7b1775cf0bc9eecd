"""The timeline's bars as a small frame: what is inside the dates, the rest in grey, what is known to less, what is incomplete."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from incidents.maps.symbols import COLOURS, OTHER, colour
from incidents.views.timeline import first_day, last_day
from incidents.views.values import TimeBin, Timeline

BRUSH = "brush"
REST = "outside the dates"
NOT_STATED = "not stated"
EXACT, OUTSIDE, VAGUE, VAGUE_OUTSIDE, INCOMPLETE = "exact", "rest", "vague", "vague outside", "incomplete"
LENGTHS = {"week": 7, "month": 31, "year": 366}
"""Days at most of the times that are all that is known; each has a strip of its own."""

_SERIES = COLOURS[:OTHER]
_COLUMNS = ("start", "until", "middle", "group", "value", "rank", "kind", "length")
_DAY = timedelta(days=1)


def frame(timeline: Timeline, measure: str, order: Sequence[str]) -> pd.DataFrame:
    """Rows of what is drawn; `until` is the day after, `rank` the order of stacking. Values inside and outside add up to all."""
    inside = [bin_ for bin_ in timeline.bins if not bin_.is_imprecise]
    rows = [
        _row(bin_.start, bin_.end, shown(bin_.group), _value(bin_, measure), _rank(bin_.group, order), EXACT)
        for bin_ in inside
    ]
    rest = [bin_ for bin_ in timeline.rest if not bin_.is_imprecise]
    rows += [_row(*span, REST, left, len(order), OUTSIDE) for span, left in _left(rest, inside, measure)]
    rows += _vague_rows(timeline, measure, len(order))
    if (until := timeline.data_until) and timeline.last:
        start, end = bar_of(timeline.last, timeline.unit)
        if start <= until < end:
            rows.append(_row(until + _DAY, end, "", 0, 0, INCOMPLETE))
    made = pd.DataFrame(rows, columns=list(_COLUMNS))
    # With a time zone, or the browser would take them for its own local time, and a brush would be hours off.
    return made.assign(**{name: _times(made[name]) for name in ("start", "until", "middle")})


def _times(days: pd.Series) -> pd.DatetimeIndex:
    """pandas' own reading of dates looks at each one's type first."""
    return pd.DatetimeIndex(np.array(days.to_list(), dtype="datetime64[s]")).tz_localize("UTC")


def _vague_rows(timeline: Timeline, measure: str, rank: int) -> list[tuple[Any, ...]]:
    """One mark for each week, month or year that is all that is known; colours would be too thin to see."""
    inside = [bin_ for bin_ in timeline.bins if bin_.is_imprecise]
    sums: Counter[tuple[date, date]] = Counter()
    for bin_ in inside:
        sums[bin_.start, bin_.end] += _value(bin_, measure)
    outside = _left([bin_ for bin_ in timeline.rest if bin_.is_imprecise], inside, measure)
    return [
        *(_row(*span, "", value, rank, VAGUE) for span, value in sums.items()),
        *(_row(*span, "", value, rank, VAGUE_OUTSIDE) for span, value in outside),
    ]


def _left(rest: Iterable[TimeBin], inside: Iterable[TimeBin], measure: str) -> Iterable[tuple[tuple[date, date], int]]:
    """What the dates leave out of each bar."""
    sums: Counter[tuple[date, date]] = Counter()
    for bin_ in rest:
        sums[bin_.start, bin_.end] += _value(bin_, measure)
    for bin_ in inside:
        if (bin_.start, bin_.end) in sums:
            sums[bin_.start, bin_.end] -= _value(bin_, measure)
    return [(span, left) for span, left in sums.items() if left > 0]


def _value(bin_: TimeBin, measure: str) -> int:
    return bin_.dead if measure == "dead" else bin_.incidents


def _rank(group: str, order: Sequence[str]) -> int:
    return order.index(group) if group in order else len(order)


def _row(start: date, end: date, group: str, value: int, rank: int, kind: str) -> tuple[Any, ...]:
    until = end + _DAY if end < date.max else end
    length = next((name for name, days in LENGTHS.items() if (until - start).days <= days), "year")
    return start, until, start + (until - start) / 2, group, value, rank, kind, length


def shown(group: str) -> str:
    """A group as the chart names it: incidents without a value have no name of their own."""
    return group or NOT_STATED


def group_order(timeline: Timeline) -> tuple[str, ...]:
    """Groups, the largest first."""
    sums: dict[str, int] = {}
    for bin_ in timeline.bins:
        sums[bin_.group] = sums.get(bin_.group, 0) + bin_.incidents
    return tuple(sorted(sums, key=lambda group: (-sums[group], group)))


def colours(order: Sequence[str], slot_of: Mapping[str, int] | None) -> list[str]:
    """Event types have their own colour everywhere; other groups take the scheme's in order."""
    if slot_of is not None:
        return [colour(group, slot_of) for group in order]
    return [_SERIES[place] if place < len(_SERIES) else COLOURS[OTHER] for place in range(len(order))]


def brushed(selection: Mapping[str, Any], timeline: Timeline) -> tuple[date, date] | None:
    """The whole bars that a brush touches, empty ones too: first day and last; None where nothing was brushed."""
    edges = (selection.get(BRUSH) or {}).get("start")
    if not edges:
        return None
    first, last = _day(min(edges)), _day(max(edges))
    return bar_of(first, timeline.unit)[0], bar_of(last, timeline.unit)[1]


def bar_of(day: date, unit: str) -> tuple[date, date]:
    """First and last day of the bar that holds a day."""
    start = first_day(day, unit)
    return start, last_day(start, unit)


def _day(edge: Any) -> date:
    """A brush's edge: milliseconds since 1970, UTC as the chart's scale is."""
    return (datetime(1970, 1, 1) + timedelta(milliseconds=float(edge))).date()  # noqa: DTZ001
