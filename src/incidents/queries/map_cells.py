"""Map cells: located incidents of a viewport grouped by a grid of web-mercator integers."""

from typing import Any

import ibis.expr.types as ir
from ibis import _

from incidents.model.schema import AREA_PRECISIONS
from incidents.queries.binding import LIMIT, bound
from incidents.queries.tables import found, sites


def cells(crosses: bool) -> ir.Table:
    """Areas and points never share a cell. At most `limit` rows.

    The dataset and the row are those of one incident: a third of the query's time would go into reading their ids.
    """
    return _cells(found.filter(_in_view(found, crosses)))


def area_cells(crosses: bool) -> ir.Table:
    """The cells of what is known to a district or less."""
    return _cells(found.filter(_in_view(found, crosses), _is_area(found)))


def heat_cells(crosses: bool) -> ir.Table:
    """Cells of what is known better than to a district: where, how many, and the dead. At most `limit` rows."""
    t: Any = found.filter(_in_view(found, crosses), ~_is_area(found))
    shift = bound("shift", "int32")
    return (
        t.group_by(cell_x=t.merc_x >> shift, cell_y=t.merc_y >> shift)
        .aggregate(
            count=t.count(),
            dead=t.fatalities.sum(),
            without_figure=t.fatalities.isnull().sum(),
            latitude=t.latitude.mean(),
            longitude=t.longitude.mean(),
        )
        .order_by("cell_y", "cell_x")
        .limit(LIMIT)
    )


def _is_area(table: Any) -> Any:
    return table.geo_precision.isin(AREA_PRECISIONS).fill_null(False)


def _cells(t: Any) -> ir.Table:
    shift = bound("shift", "int32")
    kinds = t.group_by(
        cell_x=t.merc_x >> shift,
        cell_y=t.merc_y >> shift,
        is_area=_is_area(t),
        event_type=t.event_type,
    ).aggregate(
        n=t.count(),
        dead=t.fatalities.sum(),
        latitude_sum=t.latitude.sum(),
        longitude_sum=t.longitude.sum(),
        south=t.latitude.min(),
        west=t.longitude.min(),
        north=t.latitude.max(),
        east=t.longitude.max(),
        geo_precision=t.geo_precision.arbitrary(),
        dataset_id=t.dataset_id.arbitrary(),
        source_row=t.source_row.arbitrary(),
    )
    frequent_first = [_.n.desc(), _.event_type]
    return (
        kinds.group_by("cell_x", "cell_y", "is_area")
        .aggregate(
            count=_.n.sum(),
            dead=_.dead.sum(),
            latitude=_.latitude_sum.sum() / _.n.sum(),
            longitude=_.longitude_sum.sum() / _.n.sum(),
            south=_.south.min(),
            west=_.west.min(),
            north=_.north.max(),
            east=_.east.max(),
            geo_precision=_.geo_precision.arbitrary(),
            dataset_id=_.dataset_id.arbitrary(),
            source_row=_.source_row.arbitrary(),
            event_types=_.event_type.fill_null("").collect(order_by=frequent_first),
            event_type_counts=_.n.collect(order_by=frequent_first),
        )
        .order_by(_.is_area.desc(), "cell_y", "cell_x")
        .limit(LIMIT)
    )


def further_sites(crosses: bool) -> ir.Table:
    own: Any = found
    located: Any = sites.filter(_in_view(sites, crosses))
    return (
        located.join(own, located.incident_id == own.incident_id)
        .select(
            latitude=located.latitude,
            longitude=located.longitude,
            geo_precision=located.geo_precision,
            is_area=_is_area(located),
            incident_id=located.incident_id,
            site_no=located.site_no,
            event_type=own.event_type,
            from_latitude=own.latitude,
            from_longitude=own.longitude,
        )
        .order_by("incident_id", "site_no")
        .limit(LIMIT)
    )


def extent(has_sites: bool) -> ir.Table:
    points = found.select("latitude", "longitude")
    if has_sites:
        further = sites.filter(sites.incident_id.isin(found.incident_id))
        points = points.union(further.select("latitude", "longitude"))
    return points.aggregate(
        south=_.latitude.min(), west=_.longitude.min(), north=_.latitude.max(), east=_.longitude.max()
    )


def at_point() -> ir.Table:
    """Newest first. At most `limit` rows."""
    t: Any = found
    south, west, north, east = (bound(f"at_{side}", "float64") for side in ("south", "west", "north", "east"))
    return (
        t.filter(t.latitude.between(south, north), t.longitude.between(west, east))
        .select(
            "incident_id",
            "event_date",
            "event_type",
            "actor1",
            "actor2",
            "location",
            "geo_precision",
            "fatalities",
            is_area=_is_area(t),
        )
        .order_by(_.event_date.desc(), "incident_id")
        .limit(LIMIT)
    )


def _in_view(table: Any, crosses: bool) -> Any:
    north, south = bound("view_top", "int32"), bound("view_bottom", "int32")
    west, east = bound("view_left", "int32"), bound("view_right", "int32")
    after_west, before_east = table.merc_x >= west, table.merc_x <= east
    across = after_west | before_east if crosses else after_west & before_east
    return (table.merc_y >= north) & (table.merc_y <= south) & across
