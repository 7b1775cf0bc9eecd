"""A new generation of a data file that differs by a few rows: the rest is copied in its order, not sorted again."""

import duckdb

from incidents.store.incoming import TABLES

# SQL text: where a row stands in a file, and what is copied into another, is this engine's own affair.
_IS_COMING = "SELECT event_date, source_row FROM ({coming}) ORDER BY event_date, source_row"
_PLACE = "SELECT count(*) FROM earlier.incidents WHERE (event_date, source_row) < ($day, $row)"


def rewrite(staging: duckdb.DuckDBPyConnection, leaving: list[str], coming: str) -> None:
    """Fills `file` from the attached `earlier` without the incidents `leaving`, and with the staged rows.

    `coming` selects the staged incidents as they are stored.
    """
    for name, schema in TABLES.items():
        columns = ", ".join(f'"{column}"' for column in schema.names)
        copied = f"SELECT {columns} FROM earlier.{name}"
        if "incident_id" not in schema.names:
            staging.execute(f"CREATE TABLE file.{name} AS {copied} UNION ALL SELECT {columns} FROM staged_{name}")
            continue
        copied += " WHERE NOT list_contains($leaving, incident_id)"
        if name == "incidents":
            _merge(staging, columns, copied, leaving, coming)
        else:
            staging.execute(
                f"CREATE TABLE file.{name} AS SELECT * FROM ({copied} UNION ALL SELECT {columns} FROM staged_{name})"
                " ORDER BY incident_id, site_no",
                {"leaving": leaving},
            )
    staging.execute("DETACH earlier")


def _merge(staging: duckdb.DuckDBPyConnection, columns: str, copied: str, leaving: list[str], coming: str) -> None:
    """Each coming row goes before the first that it precedes; rows are told apart by where they stand, so none is lost."""
    staging.execute(f"CREATE TABLE file.incidents AS SELECT {columns} FROM earlier.incidents LIMIT 0")
    insert = f"INSERT INTO file.incidents {copied} AND rowid >= $after"
    after = 0
    for day, row in staging.execute(_IS_COMING.format(coming=coming)).fetchall():
        place = staging.execute(_PLACE, {"day": day, "row": row}).fetchone()
        assert place is not None
        staging.execute(f"{insert} AND rowid < $before", {"leaving": leaving, "after": after, "before": place[0]})
        staging.execute(
            f"INSERT INTO file.incidents SELECT {columns} FROM ({coming})"
            " WHERE event_date IS NOT DISTINCT FROM $day AND source_row = $row",
            {"day": day, "row": row},
        )
        after = place[0]
    staging.execute(insert, {"leaving": leaving, "after": after})
