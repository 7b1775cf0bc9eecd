"""The tables that queries speak of, unbound: the store's engine supplies the first two, the filter the others."""

import ibis
import ibis.expr.types as ir

from incidents.model.schema import INCIDENTS, SITES

incidents: ir.Table = ibis.table(ibis.Schema.from_pyarrow(INCIDENTS), name="incidents")
sites: ir.Table = ibis.table(ibis.Schema.from_pyarrow(SITES), name="sites")

found: ir.Table = ibis.table(incidents.schema(), name="found")
"""The incidents that the filter asks for."""

PLACE_COLUMNS = ("incident_id", "country", "admin1", "admin2", "location")
found_places: ir.Table = ibis.table(dict.fromkeys(PLACE_COLUMNS, "string"), name="found_places")
"""Of the incidents of several sites in `found`: the sites, first and further, that satisfy the filter's place fields."""

partly_outside: ir.Table = ibis.table(incidents.schema(), name="partly_outside")
"""Of `found`, the incidents of several sites of which one lies outside the place that the filter asks for."""
