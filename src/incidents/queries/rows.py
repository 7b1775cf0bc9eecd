"""Rows: every incident of a filter in stored order, for exports."""

import ibis.expr.types as ir

from incidents.model.schema import PUBLIC_COLUMNS
from incidents.queries.tables import found, sites


def incidents_found() -> ir.Table:
    return found.select(*PUBLIC_COLUMNS, "extra")


def further_sites() -> ir.Table:
    return sites.filter(sites.incident_id.isin(found.incident_id)).order_by("incident_id", "site_no")
