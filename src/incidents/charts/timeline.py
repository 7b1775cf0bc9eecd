"""The timeline as a Vega-Lite specification and its small frame."""

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
    inside = {(bin_.start, bin_.group, bin_.is_imprecise): bin_ for bin_ in timeline.bins}
    rows = [_row(bin_, _value(bin_, measure), order, "imprecise" if bin_.is_imprecise else "exact") for bin_ in timeline.bins]
    for bin_ in timeline.rest:
        same = inside.get((bin_.start, bin_.group, bin_.is_imprecise))
        left = _value(bin_, measure) - (_value(same, measure) if same else 0)
        if left > 0:
            rows.append((bin_.start, bin_.end + timedelta(days=1), REST, left, len(order), "rest"))
    made = pd.DataFrame(rows, columns=["start", "until", "group", "value", "rank", "kind"])
    rest = made["kind"].eq("rest")
    grey = made[rest].groupby(["start", "until", "group", "rank", "kind"], as_index=False)["value"].sum()
    both = pd.concat([made[~rest], grey[made.columns]], ignore_index=True)
    return both.assign(start=pd.to_datetime(both["start"]), until=pd.to_datetime(both["until"]))


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
            "x": {"field": "start", "type": "temporal", "bin": {"binned": True}, "title": None, "axis": {"grid": False}},
            "x2": {"field": "until"},
            "y": {"field": "value", "type": "quantitative", "aggregate": "sum", "title": title, "axis": {"tickCount": 3, "tickMinStep": 1, "format": "~s"}},
            "order": {"field": "rank", "type": "ordinal"},
            "color": {
                "field": "group",
                "type": "nominal",
                "title": None,
                "scale": {"domain": [*order, REST], "range": [*group_colours, _GREY]},
                "legend": None if not legend else {"orient": "bottom", "columns": 0, "labelLimit": 260, "values": list(order)},
            },
            "opacity": {"field": "kind", "type": "ordinal", "legend": None, "scale": {"domain": ["exact", "imprecise", "rest"], "range": [1, 0.45, 0.55]}},
            "strokeDash": {"field": "kind", "type": "ordinal", "legend": None, "scale": {"domain": ["exact", "imprecise", "rest"], "range": [[1, 0], [3, 2], [1, 0]]}},
            "tooltip": tooltip,
        },
    }


def brushed(selection: Mapping[str, Any], timeline: Timeline) -> tuple[date, date] | None:
    """The whole bars that a brush touches: first day and last; None where it touches none."""
    edges = (selection.get(BRUSH) or {}).get("start")
    if not edges:
        return None
    low, high = (_day(edge) for edge in (min(edges), max(edges)))
    touched = [bin_ for bin_ in (*timeline.bins, *timeline.rest) if bin_.start <= high and bin_.end >= low]
    if not touched:
        return None
    return min(bin_.start for bin_ in touched), max(bin_.end for bin_ in touched)


def _day(edge: Any) -> date:
    """A brush's edge: milliseconds since 1970, as Vega has it in the browser's own time zone."""
    return (datetime(1970, 1, 1) + timedelta(milliseconds=float(edge))).date()  # noqa: DTZ001
