"""What this program's CSV export did to cells and headers, undone."""

import pyarrow as pa
import pyarrow.compute as pc

from incidents.model.schema import PUBLIC_COLUMNS
from incidents.model.spreadsheet import restored

_FILE = " (file)"  # stands behind a column of the file that is called as a public one


def exported_name(header: str) -> str:
    """The file's own name of an exported column."""
    name = restored(header)
    bare = name.removesuffix(_FILE)
    return bare if bare in PUBLIC_COLUMNS else name


def restore_cells(table: pa.Table) -> pa.Table:
    """The cells as they were before they were made inert for spreadsheets."""
    for i, name in enumerate(table.column_names):
        column = table.column(i)
        quoted = pc.starts_with(column, "'")
        if pc.any(quoted).as_py():
            cells = [restored(cell) for cell in column.filter(quoted).to_pylist()]
            replaced = pc.replace_with_mask(
                pa.concat_arrays(column.chunks), pa.concat_arrays(quoted.chunks), pa.array(cells, pa.string())
            )
            table = table.set_column(i, name, replaced)
    return table
