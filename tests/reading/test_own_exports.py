"""What this program exports it reads back as the same incidents."""

from pathlib import Path

import pyarrow as pa
import pytest

from incidents.exports import export
from incidents.ingest import import_file
from incidents.model.filters import IncidentFilter
from incidents.model.resources import data_file
from incidents.model.schema import INCIDENTS, SITES
from incidents.normalise.rows import ImportOptions
from incidents.store import Store, open_store

_GIVEN_ANEW = ("incident_id", "dataset_id", "source_row", "geo_match")
FACTS = """date,town,country,killed,notes,place_id,event_date_text
2024-04-03,Chabahar; Rask,Iran,at least 11,"=HYPERLINK(""x"")",007,x
2024-04-04,Kabul,Afghanistan,,'quoted,1e5,
2024-04-05,Nowhere At All,Iran,dozens,-5,,'=y
"""


def rows(store: Store, table: str) -> list[dict[str, object]]:
    dataset = store.datasets()[0].dataset_id
    schema = INCIDENTS if table == "incidents" else SITES
    found = pa.Table.from_batches(store.rows(dataset, table), schema=schema).to_pylist()
    dropped = (*_GIVEN_ANEW, "folded") if table == "sites" else _GIVEN_ANEW
    made = [{name: value for name, value in row.items() if name not in dropped} for row in found]
    for row in made:
        if "extra" in row:
            row["extra"] = sorted(row["extra"])  # type: ignore[type-var]
    return sorted(made, key=str)


def both(file: Path, ending: str, folder: Path) -> tuple[Store, Store]:
    first, second = open_store(str(folder / "first")), open_store(str(folder / "second"))
    import_file(first, file, ImportOptions())
    exported = folder / f"all{ending}"
    export(first.reader(), IncidentFilter(), exported)
    report = import_file(second, exported, ImportOptions())
    assert (report.layout, report.rejected) == ("incidents", 0)
    return first, second


@pytest.mark.parametrize("ending", [".csv", ".csv.gz", ".geojson", ".geojson.gz"])
@pytest.mark.parametrize("table", ["incidents", "sites"])
def test_the_sample_comes_back_from_its_export(ending: str, table: str, tmp_path: Path) -> None:
    first, second = both(data_file("sample_incidents.csv"), ending, tmp_path)
    with first, second:
        assert rows(second, table) == rows(first, table)


@pytest.mark.parametrize("ending", [".csv", ".geojson"])
@pytest.mark.parametrize("table", ["incidents", "sites"])
def test_odd_cells_come_back_from_an_export(ending: str, table: str, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text(FACTS, encoding="utf-8")
    first, second = both(file, ending, tmp_path)
    with first, second:
        assert rows(second, table) == rows(first, table)
