"""The map's legend: what colour, size, ring and number mean, in words and numbers."""

from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from typing import Any

import streamlit as st

from incidents.maps.symbols import COLOURS, HEAT, LARGEST, OTHER, RAMPS, ZERO, radius
from incidents.ui.map_modes import chosen_measure
from incidents.ui.rows import static
from incidents.views.heat import HeatView
from incidents.views.provinces import ProvinceView

_STYLE = """
.signs.map { align-items: center; gap: 0.1rem 0.9rem; margin-top: -0.4rem; }
.signs i.box { display: inline-block; width: 18px; height: 12px; border: 1px solid rgba(128, 140, 148, .55); border-radius: 2px; flex: none; }
.signs i.none { background: repeating-linear-gradient(-45deg, #8c9196 0 1px, transparent 1px 4px); }
.signs i.ramp { display: inline-block; width: 120px; height: 10px; border-radius: 2px; flex: none; }
"""
_DEAD = (0, 10, 100)


def render_incident_legend(slot_of: dict[str, int], shown: str) -> None:
    """One element of the page, since each costs the browser some milliseconds of every step."""
    named = [(name, slot) for name, slot in slot_of.items() if slot != OTHER] + [("other or not stated", OTHER)]
    types = [{"name": name, "colour": COLOURS[slot]} for name, slot in named]
    _component()(key="legend", data={"types": types, "shown": shown})


@cache
def _component() -> Callable[..., Any]:
    sizes = "".join(
        f'<span><i class="size{"" if dead else " pale"}" style="width:{2 * radius(dead):.0f}px;height:{2 * radius(dead):.0f}px"></i>{_dead(dead)}</span>'
        for dead in _DEAD
    )
    return st.components.v2.component(
        "incidents_legend",
        html=f"""<div class="legend"><p></p><ul aria-label="Event types"></ul><div class="signs"><span>Reported dead of one incident:</span>{sizes}
<span><i class="sign dot"></i>in a named town or at a point</span>
<span><i class="sign near"></i>near a place, along a road, or not stated how near</span>
<span><i class="sign area"></i>dashed: known to a district or less</span>
<span><i class="sign several">8</i>so many incidents, the ring shares out their types; click to zoom or list</span>
<span><i class="sign further"></i>further site of an incident, counted where its line leads</span>
</div></div>""",
        css=static("legend.css"),
        js=static("legend.js"),
    )


def _dead(dead: int) -> str:
    if not dead:
        return "none or no figure (pale)"
    return f"{dead} and more" if radius(dead) >= LARGEST else str(dead)


def render_heat_legend(view: HeatView) -> None:
    by_dead = chosen_measure() == "dead"
    most = max((point.dead if by_dead else point.incidents for point in view.points), default=0)
    what = "reported dead" if by_dead else "incidents"
    areas = sum(cell.n for cell in view.areas)
    words = [
        f"Few to many {what}. The strongest spot of this view has {most:,}; colours grow with the square root and change with view and zoom."
    ]
    if by_dead and view.without_figure:
        words.append(f"{view.without_figure:,} without a figure add nothing.")
    if areas:
        words.append(f"{areas:,} known to a district or less have no spot: dashed rings.")
    st.html(
        f'<style>{_STYLE}</style><div class="signs map"><span><i class="ramp" style="background: linear-gradient(90deg, {_ramp(HEAT)})"></i></span><span>{escape(" ".join(words))}</span></div>'
    )


def _ramp(scheme: Mapping[str, tuple[str, ...]]) -> str:
    return ", ".join(_both(light, dark) for light, dark in zip(scheme["light"], scheme["dark"], strict=True))


def _both(light: str, dark: str) -> str:
    return f"light-dark({light}, {dark})"


def render_province_legend(view: ProvinceView, starts: tuple[int, ...]) -> None:
    what = "reported dead" if chosen_measure() == "dead" else "incidents"
    shades = len(RAMPS["light"])
    boxes = []
    for place, start in enumerate(starts):
        last = starts[place + 1] - 1 if place + 1 < len(starts) else None
        text = f"{start:,} and more" if last is None else f"{start:,}" if last == start else f"{start:,} to {last:,}"
        shade = round(place * (shades - 1) / (len(starts) - 1)) if len(starts) > 1 else shades - 2
        boxes.append((_both(RAMPS["light"][shade], RAMPS["dark"][shade]), text))
    boxes.insert(0, (_both(ZERO["light"], ZERO["dark"]), "none of this filter"))
    spans = "".join(f'<span><i class="box" style="background: {colour}"></i>{text}</span>' for colour, text in boxes)
    no_data = "no incident in the data" + (", or none with a figure" if what == "reported dead" else "")
    st.html(
        f'<style>{_STYLE}</style><div class="signs map"><span>{what.capitalize()}:</span>{spans}<span><i class="box none"></i>{no_data}</span></div>'
    )
    st.caption(_not_shaded(view))
    if view.unmatched:
        with st.popover("Provinces not on the base map", type="tertiary"):
            st.dataframe(
                {
                    "country": [country for country, _, _ in view.unmatched],
                    "province": [province for _, province, _ in view.unmatched],
                    "incidents": [incidents for *_, incidents in view.unmatched],
                },
                hide_index=True,
            )


def _not_shaded(view: ProvinceView) -> str:
    """What no shade shows, so that all adds up to the filter's incidents."""
    unmatched = sum(incidents for *_, incidents in view.unmatched)
    parts = [
        f"{count:,} {words}"
        for count, words in (
            (view.several, "over several provinces"),
            (unmatched, "in provinces that the base map does not know"),
            (view.unstated, "with no province stated"),
        )
        if count
    ]
    counted = f"Counted by the stated province, located or not: {view.shown:,} incidents shaded"
    return f"{counted}; not shaded: {', '.join(parts)}." if parts else f"{counted}, all of the filter's."
