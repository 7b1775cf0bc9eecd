"""Payloads through every route that makes text on the server: kept as they are, evaluated by nothing, inert in a spreadsheet and on a terminal."""

import csv
import gzip
import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pyarrow.parquet as pq
import pytest
from tests.hostile.conftest import NAME
from tests.hostile.formulas import active, cells_of
from tests.hostile.payloads import FILE_NAMES, PAYLOADS
from tests.hostile.rows import GOOD, OWN_COLUMNS, TEXT, canary_templates

from incidents.cli import main
from incidents.exports import export
from incidents.ingest import import_file
from incidents.ingest.report_files import KINDS, report_csv
from incidents.ingest.uploads import kept_as_file, shown_name
from incidents.model.filters import EVERYTHING, IncidentFilter, Where
from incidents.model.links import Link, from_link, to_link
from incidents.model.sentences import chips, sentence, without_chip
from incidents.normalise.options import ImportOptions
from incidents.store import Store, open_store

PRODUCT = "{{7*7}}"
OBEYED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What a terminal obeys, or what turns the text about it."""
SMALL = "date,town,country,killed,notes\n2024-04-03,Chabahar,Iran,1,{}\n"
OPENABLE = tuple(
    name for name in FILE_NAMES if name.strip(". ") and not set(name) & set("/\0") and len(os.fsencode(name)) < 200
)
"""Names that a file on this machine can have."""


@pytest.fixture(scope="module", autouse=True)
def _nothing_ran(canary: Path) -> Iterator[None]:
    before = everything_in(Path.cwd())
    yield
    assert not canary.exists()
    assert everything_in(Path.cwd()) == before


@pytest.fixture
def hostile(hostile_store: Store, hostile_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store of every payload, also for commands."""
    monkeypatch.setenv("INCIDENTS_STORE", str(hostile_folder))
    return hostile_store


def everything_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def exported(store: Store, ending: str, folder: Path, wanted: IncidentFilter = EVERYTHING) -> bytes:
    target = folder / f"all{ending}"
    export(store.reader(), wanted, target)
    content = target.read_bytes()
    return gzip.decompress(content) if ending.endswith(".gz") else content


def records(store: Store, ending: str, folder: Path) -> list[dict[str, object]]:
    """The rows of an export, the file's own columns among the others."""
    content = exported(store, ending, folder)
    if ending == ".parquet":
        return [{**row, **dict(row["extra"] or ())} for row in pq.read_table(io.BytesIO(content)).to_pylist()]
    if ending == ".geojson":
        found = [feature["properties"] for feature in json.loads(content)["features"]]
        return [{**properties, **properties.get("extra", {})} for properties in found]
    head, *rows = cells_of(content)
    return [dict(zip([name.removeprefix("'") for name in head], row, strict=True)) for row in rows]


# Exports


@pytest.mark.parametrize("ending", [".csv", ".csv.gz"])
def test_no_cell_of_a_csv_export_is_a_formula(ending: str, hostile_store: Store, tmp_path: Path) -> None:
    assert active(cells_of(exported(hostile_store, ending, tmp_path))) == []


@pytest.mark.parametrize("ending", [".csv", ".csv.gz", ".geojson", ".parquet"])
def test_an_export_has_the_template_as_it_was_typed(ending: str, hostile_store: Store, tmp_path: Path) -> None:
    rows = records(hostile_store, ending, tmp_path)
    found = {name: sum(row[name] == PRODUCT for row in rows) for name in (*TEXT, *OWN_COLUMNS)}
    assert found == dict.fromkeys((*TEXT, *OWN_COLUMNS), 1)


@pytest.mark.parametrize("ending", [".csv", ".csv.gz", ".geojson", ".parquet"])
def test_no_cell_of_an_export_is_a_template_s_result(ending: str, hostile_store: Store, tmp_path: Path) -> None:
    rows = records(hostile_store, ending, tmp_path)
    assert [row for row in rows for name in (*TEXT, *OWN_COLUMNS) if "49" in str(row[name])] == []


@pytest.mark.parametrize("ending", [".csv", ".geojson", ".parquet"])
def test_no_row_is_lost_on_the_way_out(ending: str, hostile_store: Store, tmp_path: Path) -> None:
    assert len(records(hostile_store, ending, tmp_path)) == hostile_store.datasets()[0].incidents


@pytest.mark.parametrize("ending", [".csv", ".csv.gz", ".geojson"])
def test_an_export_comes_back_with_every_cell_as_it_was(ending: str, hostile_store: Store, tmp_path: Path) -> None:
    exported(hostile_store, ending, tmp_path)
    with open_store(str(tmp_path / "second")) as second:
        import_file(second, tmp_path / f"all{ending}", ImportOptions())
        assert texts(second) == texts(hostile_store)


def test_a_parquet_export_comes_back_with_its_text_as_it_was(hostile_store: Store, tmp_path: Path) -> None:
    """Text that looks quoted was not quoted for it, and is not unquoted."""
    exported(hostile_store, ".parquet", tmp_path)
    with open_store(str(tmp_path / "second")) as second:
        import_file(second, tmp_path / "all.parquet", ImportOptions())
        first = {key: cells[:-1] for key, cells in texts(hostile_store).items()}
        assert {key: cells[:-1] for key, cells in texts(second).items()} == first


def texts(store: Store) -> dict[str, tuple[object, ...]]:
    """By the file's own id: its text, and the cells of its own columns."""
    dataset = store.datasets()[0].dataset_id
    return {
        row["source_id"]: (*(row[name] for name in TEXT), sorted(row["extra"] or ()))
        for batch in store.rows(dataset, "incidents")
        for row in batch.to_pylist()
    }


def test_a_geojson_export_is_strict_json(hostile_store: Store, tmp_path: Path) -> None:
    def refuse(constant: str) -> None:
        raise ValueError(constant)

    json.loads(exported(hostile_store, ".geojson", tmp_path), parse_constant=refuse)


def test_each_feature_of_a_geojson_export_is_a_line_of_its_own(hostile_store: Store, tmp_path: Path) -> None:
    lines = exported(hostile_store, ".geojson", tmp_path).decode().split("\n")
    assert {line[:17] for line in lines[1:-2]} == {'{"type":"Feature"'}


@pytest.mark.parametrize("ending", [".csv", ".csv.gz"])
def test_the_side_file_names_the_file_as_it_came(ending: str, hostile_store: Store, tmp_path: Path) -> None:
    exported(hostile_store, ending, tmp_path)
    about = json.loads((tmp_path / f"all{ending}.about.json").read_bytes())
    assert [each["file"] for each in about["datasets"]] == [NAME]


def test_the_side_file_has_the_filter_as_it_was_asked(hostile_store: Store, tmp_path: Path) -> None:
    exported(hostile_store, ".csv", tmp_path, IncidentFilter(actor=(PRODUCT,)))
    assert json.loads((tmp_path / "all.csv.about.json").read_bytes())["filter"] == "actor {{7*7}}"


# Report files


@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_of_a_report_file_is_a_formula(kind: str, hostile_store: Store) -> None:
    text = "".join(report_csv(hostile_store, hostile_store.datasets()[0].dataset_id, kind))
    assert active(cells_of(text.encode())) == []


def test_rejected_rows_have_their_cell_as_it_was(hostile_store: Store) -> None:
    text = "".join(report_csv(hostile_store, hostile_store.datasets()[0].dataset_id, "rejected"))
    values = [row[2] for row in cells_of(text.encode())]
    assert [values.count(cell) for cell in (PRODUCT, "${window.pwned=1}", "'=HYPERLINK(\"http://outside.invalid\",\"x\")")] == [1, 1, 1]  # fmt: skip


def test_a_repaired_cell_that_is_a_formula_is_inert_in_its_report(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("date,town,country,killed\n2024-04-03,Rask,Iran,1\n2024-04-04,Rask,Iran,=1+1\n", encoding="utf-8")
    with open_store(str(tmp_path / "store")) as store:
        report = import_file(store, file, ImportOptions())
        assert report.dataset
        lines = "".join("".join(report_csv(store, report.dataset, kind)) for kind in ("repaired", "notes"))
    assert "'=1+1" in lines
    assert active(cells_of(lines.encode())) == []


def test_rejected_rows_of_a_check_are_inert(hostile_file: Path, tmp_path: Path) -> None:
    mapped = [f"--map={name}={name}" for name in GOOD if name != "event_id"]
    arguments = ["check", str(hostile_file), *mapped, "--rejected", str(tmp_path / "out.csv")]
    assert main([*arguments, "--store", str(tmp_path / "store")]) == 0
    found = cells_of((tmp_path / "out.csv").read_bytes())
    assert len(found) > 70
    assert active(found) == []


# The command line


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_finds_what_has_it(name: str, hostile: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """As it was stored: trimmed, and without what cannot be seen."""
    number = [*PAYLOADS].index(name) * (len(GOOD) + len(OWN_COLUMNS)) + [*GOOD].index("notes") + 1
    notes = {key: cells[TEXT.index("notes")] for key, cells in texts(hostile).items()}
    assert main(["summary", "--json", f"--where=notes={notes[f'H{number}']}"]) == 0
    assert json.loads(capsys.readouterr().out)["incidents"] == list(notes.values()).count(notes[f"H{number}"])


@pytest.mark.parametrize("text", [*PAYLOADS.values(), *canary_templates(Path("canary"))])
def test_a_payload_in_every_filter_is_only_a_value(
    text: str, hostile: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("country", "province", "district", "town", "actor", "event-type", "text", "where=notes", "where={{7*7}}")
    assert main(["summary", "--json", *(f"--{option}={text}" for option in options)]) == 0
    assert json.loads(capsys.readouterr().out)["incidents"] == 0
    assert hostile.datasets()[0].incidents == 1975


def test_an_export_by_payloads_has_what_they_find(
    hostile: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [f"--where=notes={text}" for text in PAYLOADS.values()]
    assert main(["export", "-o", str(tmp_path / "out.csv"), *arguments]) == 0
    head, *rows = cells_of((tmp_path / "out.csv").read_bytes())
    assert PRODUCT in [row[head.index("notes")] for row in rows]
    assert active([head, *rows]) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["datasets"],
        ["summary"],
        ["decisions", "open"],
        ["delete", "\x1b]0;owned\x07"],
        ["report", "\x1b[2J\u202ex"],
        ["summary", "--from=\x1b[2J"],
        ["summary", "--near=\x9b31m,\u202e,3"],
        ["summary", "--precision=\x1b[2J"],
        ["summary", "--where=\x1b[2J"],
        ["summary", "--dataset=\x1b]0;owned\x07"],
        ["summary", "--where=\x1b[2J=x"],
        ["export", "-o", "\x1b[2J.docx"],
        ["import", "\x1b[2J\u202e.csv"],
        ["import", "x.csv", "--map=\x1b[2J"],
        ["geocode", "\x1b[2J\x9b31m"],
        ["rename", "\x1b[2J", "x"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("json_too", [False, True])
def test_what_is_printed_tells_a_terminal_nothing(
    arguments: list[str], json_too: bool, hostile: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    if json_too and arguments[0] in ("report", "export"):
        pytest.skip("no --json")
    main([*arguments, *(["--json"] if json_too else [])])
    said = capsys.readouterr()
    assert OBEYED.findall(said.out + said.err) == []
    assert said.out + said.err


@pytest.mark.parametrize("name", OPENABLE)
def test_a_file_of_any_name_is_imported_and_named_without_harm(
    name: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Its name given as it is, as a terminal or a script would."""
    inbox = tmp_path / "in"
    inbox.mkdir()
    (inbox / name).write_text(SMALL.format("x"), encoding="utf-8")
    store = ["--store", str(tmp_path / "store")]
    assert main(["check", str(inbox / name), *store]) == 0
    assert main(["import", str(inbox / name), *store]) == 0
    assert main(["datasets", *store]) == 0
    said = capfdbinary.readouterr()
    assert OBEYED.findall(said.out.decode() + said.err.decode()) == []
    assert main(["datasets", "--json", *store]) == 0
    assert len(json.loads(capfdbinary.readouterr().out)["datasets"]) == 1
    assert everything_in(tmp_path) == ["in", "store"]
    assert everything_in(inbox) == [name]


@pytest.mark.parametrize("name", OPENABLE)
def test_a_file_of_any_name_is_refused_in_one_plain_line(
    name: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / name).write_bytes(b"")
    assert main(["import", str(tmp_path / name), "--json", "--store", str(tmp_path / "store")]) == 1
    said = capfdbinary.readouterr()
    assert said.out == b""
    assert OBEYED.findall(said.err.decode().removesuffix("\n")) == []
    assert said.err.count(b"\n") == 1


def test_an_export_to_a_name_that_is_no_text_is_told(
    hostile: Store, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    target = tmp_path / "\udcff\x1b[2J.csv"
    assert main(["export", "-o", str(target)]) == 0
    assert b"\x1b" not in capfdbinary.readouterr().out
    assert target.exists()


def test_answers_of_a_file_of_places_are_inert(tmp_path: Path) -> None:
    texts = [text for text in PAYLOADS.values() if "\0" not in text]
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["place", "admin1", "country", "=HYPERLINK(1)"])
        writer.writeheader()
        writer.writerows(dict.fromkeys(writer.fieldnames, text) for text in texts)
    store = ["--store", str(tmp_path / "store")]
    assert main(["geocode", "--csv", str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.csv"), *store]) == 0
    found = cells_of((tmp_path / "out.csv").read_bytes())
    assert len(found) == len(texts) + 1
    assert active(found) == []


def test_a_file_of_places_that_is_no_text_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.csv").write_bytes(b"place,country\nK\xe9zi\xff,Iran\n")
    assert main(["geocode", "--csv", str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.csv")]) == 1
    assert capsys.readouterr().err.startswith("incidents: in.csv: not a CSV file in UTF-8")


def test_decisions_on_places_are_inert(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = ["--store", str(tmp_path / "store")]
    for text in ("=1+1", "\uff1d2+2", "@x", "{{7*7}}"):  # in full width it is the same name
        assert main(["decisions", "settle", "--at=25,60", "--country=Iran", text, *store]) == 0
    assert main(["decisions", "export", "-o", str(tmp_path / "out.csv"), *store]) == 0
    found = cells_of((tmp_path / "out.csv").read_bytes())
    assert [row[0] for row in found] == ["place", "'=1+1", "'\uff1d2+2", "'@x", "{{7*7}}"]
    assert active(found) == []


# Links, chips, sentence


def filter_of(text: str) -> IncidentFilter:
    return IncidentFilter(
        country=(text,), admin1=(text,), admin2=(text,), location=(text,), actor=(text, f"{text}2"), event_type=(text,),
        words=text, where=(Where("notes", text), Where(text, text), Where(text, f"{text}2", include=False)), dataset=(text,),
    )  # fmt: skip


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_link_of_payloads_comes_back_as_it_was(name: str) -> None:
    text = PAYLOADS[name]
    shown = Link(filter_of(text), incident=text, map_mode=text, sort=text, columns=(text, f"{text}2"), data=text)
    address = urlencode(to_link(shown), doseq=True)
    assert from_link(parse_qs(address, keep_blank_values=True)) == (shown, ())


@pytest.mark.parametrize("text", PAYLOADS.values())
def test_a_link_of_payloads_alone_is_read_or_named(text: str) -> None:
    names = [*to_link(Link(filter_of("x"), "x", "x", (1.0, 2.0, 3), "x", "x", "x", "x", True, 2, ("x",), "x"))]
    names += ["from", "to", "killed_from", "killed_to", "near", "box", "geo_precision", "without_words"]
    link, bad = from_link({name: [text] for name in names})
    assert set(bad) <= {
        "from",
        "to",
        "killed_from",
        "killed_to",
        "near",
        "box",
        "view",
        "page",
        "where",
        "geo_precision",
    }
    assert link.wanted.actor == (text,)


@pytest.mark.parametrize("text", PAYLOADS.values())
def test_a_chip_says_its_value_as_it_is(text: str) -> None:
    assert [chip.text for chip in chips(IncidentFilter(actor=(text,)))] == [f"Actor: {text}"]


@pytest.mark.parametrize("text", PAYLOADS.values())
def test_every_chip_of_payloads_can_be_taken_away(text: str) -> None:
    wanted = filter_of(text)
    for chip in chips(wanted):
        wanted = without_chip(wanted, chip)
    assert wanted == EVERYTHING


@pytest.mark.parametrize("text", PAYLOADS.values())
def test_the_sentence_says_a_value_as_it_is(text: str) -> None:
    assert sentence(IncidentFilter(country=(text,), where=(Where(text, text),))) == f"country {text}; {text} {text}"


# Names of uploaded files, and the store's folder


@pytest.mark.parametrize("name", FILE_NAMES)
def test_the_shown_name_of_an_upload_is_a_last_part(name: str) -> None:
    shown = shown_name(name)
    assert shown
    assert not re.search(r"[\\/\x00-\x1f\u202a-\u202e]", shown)


def test_uploads_of_any_name_leave_files_in_the_store_alone(tmp_path: Path) -> None:
    outer = tmp_path / "one" / "two"
    outer.mkdir(parents=True)
    with open_store(str(outer / "store")) as store:
        for number, name in enumerate(FILE_NAMES[:30]):
            with kept_as_file(SMALL.format(number).encode()) as path:
                import_file(
                    store, path, ImportOptions(), file=shown_name(name), name=name.replace("\udcff", "?") or None
                )
        assert len(store.datasets()) == 30
    assert everything_in(tmp_path) == ["one"]
    assert everything_in(tmp_path / "one") == ["two"]
    assert everything_in(outer) == ["store"]
    assert {path.suffix for path in (outer / "store" / "datasets").iterdir()} == {".duckdb"}


def test_the_store_of_payloads_has_its_own_files_alone(hostile_store: Store, hostile_folder: Path) -> None:
    assert everything_in(hostile_folder.parent) == ["store"]
    names = sorted(path.name.partition("-")[0] for path in hostile_folder.rglob("*") if path.is_file())
    assert [name for name in names if not name.startswith("catalogue.sqlite")] == [
        hostile_store.datasets()[0].dataset_id
    ]
