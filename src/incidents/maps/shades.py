"""Heat and provinces as one feature each: numbers only, the shapes are the browser's."""

from incidents.maps.layers import Feature, point
from incidents.views.heat import HeatView
from incidents.views.provinces import ProvinceView


def heat_feature(view: HeatView, measure: str) -> Feature:
    """`n` counts the incidents whose heat it is, by any measure; `heat` is latitude, longitude, weight, one after another."""
    weights = [spot.dead if measure == "dead" else spot.incidents for spot in view.points]
    flat = [
        number
        for spot, weight in zip(view.points, weights, strict=True)
        if weight
        for number in (round(spot.latitude, 3), round(spot.longitude, 3), weight)
    ]
    return point(0.0, 0.0, {"n": sum(spot.incidents for spot in view.points), "heat": flat})


def province_feature(view: ProvinceView, measure: str, starts: tuple[int, ...]) -> Feature:
    """`n` counts the incidents of all provinces; of each: incidents, dead (null where none has a figure), without a figure.

    `starts` is the least value of each shade.
    """
    values = {
        count.province_id: [
            count.incidents,
            count.dead if count.without_figure < count.incidents or not count.incidents else None,
            count.without_figure,
        ]
        for count in view.counts
    }
    facts = {"n": view.shown, "provinces": values, "by": 1 if measure == "dead" else 0, "starts": list(starts)}
    return point(0.0, 0.0, facts)
