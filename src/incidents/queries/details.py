"""Details: one incident, its sites, what came before and after, what is near."""

from typing import Any

import ibis.expr.types as ir
from ibis import _

from incidents.queries.binding import bound
from incidents.queries.conditions import haversine
from incidents.queries.tables import found, incidents, sites

MOST_NEAR = 10


def incident() -> ir.Table:
    return incidents.filter(incidents.incident_id == bound("incident_id")).limit(1)


def further_sites() -> ir.Table:
    return sites.filter(sites.incident_id == bound("incident_id")).order_by("site_no")


def previous() -> ir.Table:
    t: Any = found
    day, this = bound("day", "date"), bound("incident_id")
    before = (t.event_date < day) | ((t.event_date == day) & (t.incident_id < this))
    return t.filter(before).order_by(_.event_date.desc(), _.incident_id.desc()).select("incident_id").limit(1)


def following() -> ir.Table:
    t: Any = found
    day, this = bound("day", "date"), bound("incident_id")
    after = (t.event_date > day) | ((t.event_date == day) & (t.incident_id > this))
    return t.filter(after).order_by("event_date", "incident_id").select("incident_id").limit(1)


def near(is_around_date_line: bool) -> ir.Table:
    """Of `found`, the incidents within a box, a circle and some days, the nearest in time first."""
    t: Any = found
    west, east = bound("box_west", "float64"), bound("box_east", "float64")
    after_west, before_east = t.longitude >= west, t.longitude <= east
    angle = haversine(t, bound("here_latitude", "float64"), bound("here_longitude", "float64"))
    day = bound("day", "date")
    return (
        t.filter(
            t.event_date >= bound("first_day", "date"),
            t.event_date <= bound("last_day", "date"),
            t.latitude >= bound("box_south", "float64"),
            t.latitude <= bound("box_north", "float64"),
            after_west | before_east if is_around_date_line else after_west & before_east,
            t.incident_id != bound("incident_id"),
            angle <= bound("here_limit", "float64"),
        )
        .select(
            "incident_id", "event_date", "location", "event_type", angle=angle, days=t.event_date.delta(day, unit="day")
        )
        .order_by(_.days.abs(), "angle", "incident_id")
        .limit(MOST_NEAR)
    )
