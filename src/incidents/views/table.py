"""Table: one page of incidents, sorted by any column."""

from collections.abc import Sequence

import pandas as pd

from incidents.model.filters import IncidentFilter
from incidents.queries import table
from incidents.queries.asking import ask
from incidents.store import Reader


def table_page(
    reader: Reader,
    wanted: IncidentFilter,
    columns: Sequence[str],
    sort: str = "event_date",
    descending: bool = True,
    page: int = 0,
    rows: int = 50,
) -> pd.DataFrame:
    """Page 0 is the first. incident_id comes first, whether asked or not; then the columns as asked, of the schema or of
    the file's own. Empty cells sort last."""
    names = ["incident_id", *(name for name in dict.fromkeys(columns) if name != "incident_id")]
    values: dict[str, object] = {f"column_name_{number}": name for number, name in enumerate(names)}
    found = ask(
        reader,
        wanted,
        table.page,
        tuple(table.schema_column(name) for name in names),
        table.schema_column(sort),
        descending,
        **values,
        sort_name=sort,
        limit=rows,
        offset=page * rows,
    )
    frame: pd.DataFrame = found.rename_columns(names).to_pandas(integer_object_nulls=True)
    return frame


def count(reader: Reader, wanted: IncidentFilter) -> int:
    return int(ask(reader, wanted, table.count)[0][0].as_py())
