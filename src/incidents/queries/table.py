"""Table: one page of incidents."""

from typing import Any

import ibis.expr.types as ir

from incidents.model.schema import INCIDENTS
from incidents.queries.binding import LIMIT, OFFSET, bound
from incidents.queries.tables import found


def schema_column(name: str) -> str | None:
    """None for one of the file's own columns, whose name is then bound, not written."""
    return name if name in INCIDENTS.names and name != "extra" else None


def page(columns: tuple[str | None, ...], sort: str | None, descending: bool) -> ir.Table:
    """Columns come back as c0, c1 ...; ties in the order of time, so that a page is the same each time."""
    t: Any = found
    chosen = {f"c{number}": _cell(t, name, f"column_name_{number}") for number, name in enumerate(columns)}
    key = _cell(t, sort, "sort_name")
    order = [key.desc(nulls_first=False) if descending else key.asc(nulls_first=False)]
    order += [t[name] for name in ("event_date", "incident_id") if name != sort]
    return t.order_by(order).limit(LIMIT, offset=OFFSET).select(**chosen)


def count() -> ir.Table:
    return found.aggregate(n=found.count())


def _cell(t: Any, column: str | None, name: str) -> Any:
    return t.extra.get(bound(name)) if column is None else t[column]
