"""Details: all that is known of one incident."""

import math
from datetime import date, timedelta
from typing import Any

from incidents.model.filters import ALL_DATASETS, EVERYTHING, IncidentFilter, Near
from incidents.model.schema import PUBLIC_COLUMNS
from incidents.queries import details
from incidents.queries.asking import Panel, ask
from incidents.queries.shape import EARTH_RADIUS_KM, around, haversine_limit
from incidents.store import Reader
from incidents.views.values import Details, Neighbour, Site

NEAR_KM = 50.0
NEAR_DAYS = 30

_SITE_COLUMNS = tuple(Site.__dataclass_fields__)


def details_view(reader: Reader, wanted: IncidentFilter, incident_id: str) -> Details | None:
    """None where no dataset has it. Previous and next are of the filter; the near ones of the incident's dataset."""
    rows = ask(reader, EVERYTHING.with_(dataset=ALL_DATASETS), details.incident, incident_id=incident_id).to_pylist()
    if not rows:
        return None
    row = rows[0]
    dataset = next(each for each in reader.datasets if each.dataset_id == row["dataset_id"])
    sites = [{**row, "site_no": 1}]
    if row["n_sites"] > 1:
        sites += ask(reader, wanted, details.further_sites, incident_id=incident_id).to_pylist()
    return Details(
        incident_id=incident_id,
        values={name: row[name] for name in PUBLIC_COLUMNS},
        extra=dict(row["extra"] or ()),
        sites=tuple(Site(**{name: site[name] for name in _SITE_COLUMNS}) for site in sites),
        file=dataset.file,
        dataset_name=dataset.name,
        previous_id=_beside(reader, wanted, details.previous, row),
        next_id=_beside(reader, wanted, details.following, row),
        near=_near(reader, row),
    )


def _beside(reader: Reader, wanted: IncidentFilter, panel: Panel, row: dict[str, Any]) -> str | None:
    found = ask(reader, wanted, panel, incident_id=row["incident_id"], day=row["event_date"])["incident_id"].to_pylist()
    return found[0] if found else None


def _near(reader: Reader, row: dict[str, Any]) -> tuple[Neighbour, ...]:
    if row["latitude"] is None or row["event_date"] is None:
        return ()
    day: date = row["event_date"]
    box = around(Near(row["latitude"], row["longitude"], NEAR_KM))
    found = ask(
        reader,
        EVERYTHING.with_(dataset=(row["dataset_id"],)),
        details.near,
        box.west > box.east,
        incident_id=row["incident_id"],
        day=day,
        first_day=day - timedelta(days=NEAR_DAYS),
        last_day=day + timedelta(days=NEAR_DAYS),
        box_south=box.south,
        box_west=box.west,
        box_north=box.north,
        box_east=box.east,
        here_latitude=math.radians(row["latitude"]),
        here_longitude=math.radians(row["longitude"]),
        here_limit=haversine_limit(NEAR_KM),
    ).to_pylist()
    return tuple(
        Neighbour(
            incident_id=each["incident_id"],
            event_date=each["event_date"],
            location=each["location"],
            event_type=each["event_type"],
            km=2.0 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(each["angle"]))),
            days=each["days"],
        )
        for each in found
    )
