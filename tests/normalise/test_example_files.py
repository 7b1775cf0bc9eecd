"""Every pair of files in tests/files: what is read, kept, rejected and noted."""

import json
from pathlib import Path
from typing import Any

import pytest

from incidents.model.errors import Undecided, UnusableFile
from incidents.normalise.rows import ImportOptions, batches, plan
from incidents.reading.files import read_table

FILES = Path(__file__).parents[1] / "files"
CASES = sorted(path.name.removesuffix(".expected.json") for path in FILES.glob("*.expected.json"))


def _file(case: str) -> Path:
    return next(path for path in FILES.glob(f"{case}.*") if not path.name.endswith(".expected.json"))


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return dict(value) if isinstance(value, list) else value


@pytest.mark.parametrize("case", CASES)
def test_example_file_gives_what_was_typed_beside_it(case: str) -> None:
    expected = json.loads((FILES / f"{case}.expected.json").read_text(encoding="utf-8"))
    options = ImportOptions(**expected.get("options", {}))
    if "error" in expected:
        with pytest.raises(UnusableFile) as raised:
            plan(read_table(_file(case), sheet=options.sheet), options)
        assert expected["error"] in str(raised.value)
        if "question" in expected:
            assert isinstance(raised.value, Undecided)
            assert raised.value.question == expected["question"]
            assert list(raised.value.choices) == expected.get("choices", list(raised.value.choices))
        return
    raw = read_table(_file(case), sheet=options.sheet)
    planned = plan(raw, options)
    found = list(batches(raw, planned, dataset_id="d", rows=2))
    incidents = [row for batch in found for row in batch.incidents.to_pylist()]
    places = [batch.places[code] for batch in found for code in batch.codes]
    rejected = [row for batch in found for row in batch.rejected.to_pylist()]
    notes = [row for batch in found for row in batch.notes.to_pylist() if row["line"]]
    assert raw.read == expected["read"]
    assert raw.read - len(rejected) == expected.get("kept", len(incidents))
    assert sorted([row["line"], row["reason"]] for row in rejected) == expected["rejected"]
    assert all(row["raw"] for row in rejected)
    for key, value in (
        ("encoding", raw.encoding),
        ("delimiter", raw.delimiter),
        ("compression", raw.compression),
        ("part", raw.part),
    ):
        assert value == expected.get(key, value)
    assert planned.layout.name == expected.get("layout", planned.layout.name)
    assert planned.duplicates == expected.get("duplicates", 0)
    assert len(incidents) == len(expected["incidents"])
    for row, wanted in zip(incidents, expected["incidents"], strict=True):
        for name, value in wanted.items():
            if name == "extra":
                assert value.items() <= dict(row["extra"]).items()
            else:
                assert _plain(row[name]) == value, (row["source_row"], name)
    if "places" in expected:
        assert [list(read.names) for read in places] == expected["places"]
    if "words_precision" in expected:
        assert [read.precision for read in places] == expected["words_precision"]
    if "further_sites" in expected:
        sites = [site for batch in found for site in batch.sites.to_pylist()]
        assert [[site["location"], site["latitude"], site["geo_precision"]] for site in sites] == expected[
            "further_sites"
        ]
    noted = sorted([row["line"], row["kind"], row["column"], row["reason"]] for row in notes)
    assert noted == sorted(expected.get("notes", noted))
