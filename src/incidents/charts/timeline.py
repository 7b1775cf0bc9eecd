"""The timeline as a Vega-Lite specification and its small frame."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from incidents.maps.symbols import COLOURS, OTHER, colour
from incidents.views.values import TimeBin, Timeline

BRUSH = "brush"
REST = "outside the dates"
_GREY = "#b4bcc1"
_SERIES = COLOURS[:OTHER]


def frame(timeline: Timeline, measure: str, order: Sequence[str]) -> pd.DataFrame:
    """Rows of bars: start, until (the day after), group, value, rank (stacking), kind (rest, exact, imprecise)."""
    rows = [
        _row(bin_, _value(bin_, measure), order, "imprecise" if bin_.is_imprecise else "exact")
        for bin_ in timeline.bins
    ]
    rest: Counter[tuple[date, date]] = Counter()
    for bin_ in timeline.rest:
        rest[bin_.start, bin_.end] += _value(bin_, measure)
    for bin_ in timeline.bins:
        if (bin_.start, bin_.end) in rest:
            rest[bin_.start, bin_.end] -= _value(bin_, measure)
    rows += [
        (start, end + timedelta(days=1), REST, left, len(order), "rest")
        for (start, end), left in rest.items()
        if left > 0
    ]
    made = pd.DataFrame(rows, columns=["start", "until", "group", "value", "rank", "kind"])
    return made.assign(start=pd.to_datetime(made["start"]), until=pd.to_datetime(made["until"]))


def _value(bin_: TimeBin, measure: str) -> int:
    return bin_.dead if measure == "dead" else bin_.incidents


def _row(bin_: TimeBin, value: int, order: Sequence[str], kind: str) -> tuple[Any, ...]:
    rank = order.index(bin_.group) if bin_.group in order else len(order)
    return bin_.start, bin_.end + timedelta(days=1), bin_.group, value, rank, kind


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


def spec(order: Sequence[str], group_colours: Sequence[str], measure: str, *, legend: bool) -> dict[str, Any]:
    title = "reported dead" if measure == "dead" else "incidents"
    tooltip = [
        {"field": "start", "type": "temporal", "format": "%-d %b %Y", "title": "from"},
        {"field": "group", "type": "nominal", "title": "of"},
        {"field": "value", "type": "quantitative", "format": ",", "title": title},
        {"field": "kind", "type": "nominal", "title": "date"},
    ]
    return {
        "params": [{"name": BRUSH, "select": {"type": "interval", "encodings": ["x"]}}],
        "mark": {"type": "bar", "binSpacing": 0.5, "cursor": "crosshair"},
        "encoding": {
            "x": {
                "field": "start",
                "type": "temporal",
                "bin": {"binned": True},
                "title": None,
                "axis": {"grid": False},
            },
            "x2": {"field": "until"},
            "y": {
                "field": "value",
                "type": "quantitative",
                "aggregate": "sum",
                "title": title,
                "axis": {"tickCount": 3, "tickMinStep": 1, "format": "~s"},
            },
            "order": {"field": "rank", "type": "ordinal"},
            "color": {
                "field": "group",
                "type": "nominal",
                "title": None,
                "scale": {"domain": [*order, REST], "range": [*group_colours, _GREY]},
                "legend": None
                if not legend
                else {"orient": "bottom", "columns": 0, "labelLimit": 260, "values": list(order)},
            },
            "opacity": {
                "field": "kind",
                "type": "ordinal",
                "legend": None,
                "scale": {"domain": ["exact", "imprecise", "rest"], "range": [1, 0.45, 0.55]},
            },
            "strokeDash": {
                "field": "kind",
                "type": "ordinal",
                "legend": None,
                "scale": {"domain": ["exact", "imprecise", "rest"], "range": [[1, 0], [3, 2], [1, 0]]},
            },
            "tooltip": tooltip,
        },
    }


def brushed(selection: Mapping[str, Any], timeline: Timeline) -> tuple[date, date] | None:
    """The whole bars that a brush touches, empty ones too: first day and last; None where nothing was brushed."""
    edges = (selection.get(BRUSH) or {}).get("start")
    if not edges:
        return None
    first, last = _day(min(edges)), _day(max(edges))
    return _bar(first, timeline.unit)[0], _bar(last, timeline.unit)[1]


def _bar(day: date, unit: str) -> tuple[date, date]:
    """First and last day of the bar that holds a day."""
    if unit == "day":
        return day, day
    if unit == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    after = date(first.year + 1, 1, 1) if first.month + months > 12 else date(first.year, first.month + months, 1)
    return first, after - timedelta(days=1)


def _day(edge: Any) -> date:
    """A brush's edge: milliseconds since 1970, as Vega has it in the browser's own time zone."""
    return (datetime(1970, 1, 1) + timedelta(milliseconds=float(edge))).date()  # noqa: DTZ001
