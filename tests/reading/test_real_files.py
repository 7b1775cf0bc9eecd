"""The real files beside the checkout: every row is read or listed."""

import csv
import gzip
import hashlib
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from incidents.model.schema import SIDES
from incidents.normalise.rows import ImportOptions, batches, plan
from incidents.reading.files import read_table
from incidents.reading.layouts import recognise


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "layout", "read", "rejected"),
    [
        ("sistan_baluchestan_facts.csv", "facts", 40, 0),
        ("ucdp_pakistan_hxl.csv", "ucdp-ged", 6_416, 0),
        ("ucdp_bangladesh_hxl.csv", "ucdp-ged", 601, 0),
        ("events_345k.csv.gz", "events", 345_520, 4_826),
        ("sigacts_iraq_2004_2007.csv.gz", "proposed", 162_852, 4_826),
    ],
)
def test_real_file_is_read_to_the_last_row(shared: Path, file: str, layout: str, read: int, rejected: int) -> None:
    raw = read_table(shared / file)
    planned = plan(raw, ImportOptions())
    assert (raw.read, planned.layout.name) == (read, layout)
    assert raw.sha256 == hashlib.sha256((shared / file).read_bytes()).hexdigest()
    kept, reasons = 0, set()
    for batch in batches(raw, planned, dataset_id="d"):
        kept += len(batch.incidents)
        reasons |= set(batch.rejected["reason"].to_pylist())
    assert kept == read - rejected
    assert reasons == ({"no date"} if rejected else set())


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "low", "best", "high", "sides"),
    [
        ("ucdp_pakistan_hxl.csv", 41_089, 43_225, 49_713, [5_600, 17_820, 6_850, 12_955]),
        ("ucdp_bangladesh_hxl.csv", 1_309, 1_362, 1_824, [304, 371, 574, 113]),
        ("sistan_baluchestan_facts.csv", 403, 492, 458, [25, 159, 207, 9]),
    ],
)
def test_sums_are_those_of_the_file(shared: Path, file: str, low: int, best: int, high: int, sides: list[int]) -> None:
    raw = read_table(shared / file)
    table = next(batches(raw, plan(raw), dataset_id="d")).incidents
    totals = [pc.sum(table[column]).as_py() for column in ("fatalities_low", "fatalities", "fatalities_high")]
    assert totals == [low, best, high]
    assert [pc.sum(table[f"fatalities_{side}"]).as_py() for side in SIDES] == sides


@pytest.mark.shared
def test_rejected_row_has_its_text_and_line(shared: Path) -> None:
    raw = read_table(shared / "sigacts_iraq_2004_2007.csv.gz")
    batch = next(batches(raw, plan(raw), dataset_id="d"))
    first = batch.rejected.to_pylist()[0]
    assert first["column"] == "time"
    assert first["raw"].startswith(",")
    assert first["line"] > 1


@pytest.mark.shared
def test_claims_without_an_incident_date_are_refused(shared: Path) -> None:
    layout = recognise(read_table(shared / "april_2024_claims.csv"))
    assert "event_date" not in layout.mapping
    with pytest.raises(ValueError, match="Map one with --map COLUMN=event_date"):
        plan(read_table(shared / "april_2024_claims.csv"))


@pytest.mark.shared
def test_sigacts_counts_are_those_of_plain_csv_reading(shared: Path) -> None:
    with gzip.open(shared / "sigacts_iraq_2004_2007.csv.gz", "rt", encoding="utf-8", newline="") as file:
        own = list(csv.DictReader(file))
    dated = [row for row in own if row["time"][:4].isdecimal()]
    raw = read_table(shared / "sigacts_iraq_2004_2007.csv.gz")
    found = list(batches(raw, plan(raw), dataset_id="d"))
    incidents = pa.concat_tables([batch.incidents for batch in found])
    assert (raw.read, len(incidents), sum(len(batch.rejected) for batch in found)) == (
        len(own),
        len(dated),
        len(own) - len(dated),
    )
    days = Counter(row["time"][:10] for row in dated)
    assert Counter(day.isoformat() for day in incidents["event_date"].to_pylist()) == days
    types = Counter(" ".join(row["event_type"].split()) for row in dated)
    assert Counter(name or "" for name in incidents["event_type"].to_pylist()) == types
    assert pc.sum(incidents["fatalities"]).as_py() is None


@pytest.mark.shared
def test_time_of_day_is_kept_beside_the_incident(shared: Path) -> None:
    raw = read_table(shared / "sigacts_iraq_2004_2007.csv.gz")
    first = next(batches(raw, plan(raw), dataset_id="d", rows=100)).incidents.to_pylist()[0]
    assert dict(first["extra"])["time"] == raw.table["time"][0].as_py()
