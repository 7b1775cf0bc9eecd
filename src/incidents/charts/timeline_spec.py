"""The timeline as a Vega-Lite specification: stacked bars, hatched strips above them, a mark where the data end."""

from collections.abc import Iterable, Sequence
from typing import Any

from incidents.charts.timeline import BRUSH, EXACT, INCOMPLETE, LENGTHS, OUTSIDE, REST, VAGUE, VAGUE_OUTSIDE, shown

GREY = "#a9b1b6"
INK = "#78828a"  # tells apart on light and on dark ground
STRIP = 13
"""Pixels of a row of what is known only to a week, month or year."""

_X = {"field": "start", "type": "temporal", "bin": {"binned": True}, "title": None, "axis": {"grid": False}, "scale": {"type": "utc"}}  # fmt: skip


def spec(
    order: Sequence[str], group_colours: Sequence[str], measure: str, *, legend: bool, strips: Sequence[str], ink: str
) -> dict[str, Any]:
    """`strips`: the lengths of time that have a row of hatched marks; `ink`: the colour of text on the page's ground."""
    title = "reported dead" if measure == "dead" else "incidents"
    layers = [_bars(order, group_colours, title, legend=legend, top=len(strips) * STRIP), _incomplete()]
    for place, length in enumerate(strips):
        layers += _strip(place, length, title, ink)
    return {
        "params": [{"name": BRUSH, "select": {"type": "interval", "encodings": ["x"]}, "views": ["bars"]}],
        "layer": layers,
    }


def _bars(order: Sequence[str], group_colours: Sequence[str], title: str, *, legend: bool, top: int) -> dict[str, Any]:
    names = [shown(group) for group in order]
    return {
        "name": "bars",
        "transform": [{"filter": {"field": "kind", "oneOf": [EXACT, OUTSIDE]}}],
        "mark": {"type": "bar", "binSpacing": 0.5, "cursor": "crosshair"},
        "encoding": {
            "x": _X,
            "x2": {"field": "until"},
            "y": {
                "field": "value",
                "type": "quantitative",
                "aggregate": "sum",
                "title": title,
                "scale": {"range": [{"expr": "height"}, top]},
                "axis": {"tickCount": 3, "tickMinStep": 1, "format": "~s"},
            },
            "order": {"field": "rank", "type": "ordinal"},
            "color": {
                "field": "group",
                "type": "nominal",
                "title": None,
                "scale": {"domain": [*names, REST], "range": [*group_colours, GREY]},
                "legend": {"orient": "bottom", "columns": 0, "labelLimit": 260, "values": names} if legend else None,
            },
            "opacity": {"condition": {"test": f"datum.kind === '{OUTSIDE}'", "value": 0.55}, "value": 1},
            "tooltip": [
                {"field": "start", "type": "temporal", "format": "%-d %b %Y", "title": "from", "formatType": "utc"},
                {"field": "group", "type": "nominal", "title": "of"},
                {"field": "value", "type": "quantitative", "format": ",", "title": title},
            ],
        },
    }


def _incomplete() -> dict[str, Any]:
    return {
        "transform": [{"filter": {"field": "kind", "equal": INCOMPLETE}}, {"calculate": "'no data yet: the period is incomplete'", "as": "words"}],
        "mark": {"type": "rect", "fill": INK, "fillOpacity": 0.13, "stroke": INK, "strokeDash": [3, 2], "strokeWidth": 1},
        "encoding": {"x": _X, "x2": {"field": "until"}, "tooltip": {"field": "words", "type": "nominal", "title": "after the data's last day"}},
    }  # fmt: skip


def _strip(place: int, length: str, title: str, ink: str) -> list[dict[str, Any]]:
    """Hatched: a wide line of dashes, with a gap before the next one."""
    chosen = [
        {"filter": {"and": [{"field": "kind", "oneOf": [VAGUE, VAGUE_OUTSIDE]}, {"field": "length", "equal": length}]}}
    ]
    inset = [
        {"calculate": f"datum.start {sign} (datum.until - datum.start) * {share}", "as": name}
        for name, sign, share in (("from", "+", 0.03), ("to", "+", 0.97))
    ]
    middle = place * STRIP + STRIP / 2 - 1
    outside = f"datum.kind === '{VAGUE_OUTSIDE}'"
    tooltip = [
        {"field": "start", "type": "temporal", "format": "%-d %b %Y", "title": f"known only to the {length} from", "formatType": "utc"},
        {"field": "until", "type": "temporal", "format": "%-d %b %Y", "title": "to before", "formatType": "utc"},
        {"field": "value", "type": "quantitative", "format": ",", "title": title},
    ]  # fmt: skip
    return [
        {
            "transform": [*chosen, *inset],
            "mark": {"type": "rule", "strokeWidth": STRIP - 4, "strokeDash": [1.5, 3], "strokeOpacity": 0.6},
            "encoding": {
                "x": {"field": "from", "type": "temporal", "scale": {"type": "utc"}},
                "x2": {"field": "to"},
                "y": {"value": middle},
                "color": {"condition": {"test": outside, "value": GREY}, "value": INK},
                "opacity": {"condition": {"test": outside, "value": 0.45}, "value": 0.9},
                "tooltip": tooltip,
            },
        },
        {
            "transform": chosen,
            "mark": {"type": "text", "fontSize": 10, "fontWeight": 700, "color": ink},
            "encoding": {
                "x": {"field": "middle", "type": "temporal", "scale": {"type": "utc"}},
                "y": {"value": middle},
                "text": {"field": "value", "type": "quantitative", "format": "~s"},
                "tooltip": tooltip,
            },
        },
    ]


def strips_of(kinds_and_lengths: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The lengths of time that need a row of hatched marks, the shortest first."""
    found = {length for kind, length in kinds_and_lengths if kind in (VAGUE, VAGUE_OUTSIDE)}
    return tuple(length for length in LENGTHS if length in found)
