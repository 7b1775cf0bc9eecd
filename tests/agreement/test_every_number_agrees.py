"""Three hundred filters: every panel, export and command says the same incidents and dead, and plain pandas says so too."""

import csv
import io
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.agreement.chosen_filters import Chooser
from tests.agreement.plain_pandas import PlainPandas

from incidents.cli import main
from incidents.exports.about import about
from incidents.exports.csv_file import csv_chunks
from incidents.exports.geojson import geojson_chunks
from incidents.model.filters import EVERYTHING, IncidentFilter
from incidents.model.links import Link, from_link, to_link
from incidents.model.sentences import chips, sentence, without_chip
from incidents.store import Reader, Store, open_store
from incidents.views.cards import cards_view, first_numbers
from incidents.views.map import map_view
from incidents.views.summary import summary_json
from incidents.views.table import count, table_page
from incidents.views.timeline import timeline_view
from incidents.views.values import WORLD, Viewport

UNCAPPED = 1_000_000
SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample_incidents.csv"

Opened = tuple[Store, PlainPandas, Path]


def imported(folder: Path, file: Path) -> Iterator[Opened]:
    assert main(["import", str(file), "--store", str(folder / "store")]) == 0
    with open_store(str(folder / "store")) as store:
        yield store, PlainPandas(store, store.datasets()[0].dataset_id), folder / "store"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    yield from imported(tmp_path_factory.mktemp("sample"), SAMPLE)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    folder = tmp_path_factory.mktemp("generated")
    _write_generated(folder / "generated.csv")
    yield from imported(folder, folder / "generated.csv")


@pytest.fixture(scope="module")
def pakistan(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Opened]:
    yield from imported(tmp_path_factory.mktemp("pakistan"), shared / "ucdp_pakistan_hxl.csv")


def _write_generated(file: Path) -> None:
    """Towns, two towns of one incident, districts, provinces, nothing; figures of every kind."""
    chance = random.Random(7)
    places = ["Chabahar", "Chabahar and Rask", "Zahedan", "Zahedan and Khash", "near Saravan", "Nowhere Xyzzy", ""]
    figures = ["3", "0", "", "at least 5", "10-15", "dozens", "unknown", "1"]
    actors = ["Jaish al-Adl", "Police", "Border guards", "Unidentified armed group", ""]
    types = ["Battles", "Explosions/Remote violence", "Protests"]
    header = "event_date,event_type,actor1,actor2,country,admin1,location,fatalities,source,notes,Weapon"
    with file.open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(header.split(","))
        for number in range(240):
            place = chance.choice(places)
            is_placed = place or chance.random() < 0.5
            day = date(2019, 1, 1) + timedelta(days=chance.randrange(1500))
            writer.writerow(
                [
                    day.isoformat(), chance.choice(types), chance.choice(actors), chance.choice(actors), "Iran" if is_placed else "",
                    "Sistan and Baluchestan" if is_placed else "", place, chance.choice(figures), chance.choice(["Agency A", "Paper B"]),
                    f"Report {number}: {chance.choice(['ambush', 'attack on a post', 'حمله', 'naïve=1'])}", chance.choice(["rifle", "bomb", ""]),
                ]
            )  # fmt: skip


def agrees(store: Store, plain: PlainPandas, reader: Reader, wanted: IncidentFilter) -> None:
    expected = plain.found(wanted)
    incidents, dead = len(expected.ids), expected.dead
    cards = cards_view(reader, wanted)
    assert (cards.incidents, cards.fatalities.best, cards.unlocated) == (incidents, dead, expected.unlocated)
    first = first_numbers(reader, wanted)
    assert (first.incidents, first.unlocated, first.without_town) == (incidents, expected.unlocated, cards.without_town)
    world = map_view(reader, wanted, Viewport(WORLD.south, WORLD.west, WORLD.north, WORLD.east, 8), UNCAPPED)
    assert sum(cell.n for cell in world.cells) + first.unlocated == incidents
    timeline = timeline_view(reader, wanted)
    assert sum(each.incidents for each in timeline.bins) == incidents
    assert sum(each.dead for each in timeline.bins) == dead
    assert count(reader, wanted) == incidents
    table = table_page(reader, wanted, ("fatalities",), rows=UNCAPPED)
    assert frozenset(table["incident_id"]) == expected.ids
    assert int(table["fatalities"].dropna().sum()) == dead
    summary = summary_json(reader, wanted)
    assert (summary["incidents"], summary["unlocated"]) == (incidents, expected.unlocated)
    assert summary["fatalities"]["best"] == dead
    rows = list(csv.DictReader(io.StringIO(b"".join(csv_chunks(reader, wanted)).decode())))
    assert frozenset(row["incident_id"] for row in rows) == expected.ids
    assert (len(rows), sum(int(row["fatalities"] or 0) for row in rows)) == (incidents, dead)
    features = json.loads(b"".join(geojson_chunks(reader, wanted)))["features"]
    assert frozenset(feature["id"] for feature in features) == expected.ids
    assert sum(feature["properties"]["fatalities"] or 0 for feature in features) == dead


def is_said(reader: Reader, wanted: IncidentFilter) -> None:
    """Chips, sentence, export and link say the same filter."""
    words = sentence(wanted)
    assert about(reader, wanted)["filter"] == words
    rest = wanted
    for chip in chips(wanted):
        rest = without_chip(rest, chip)
        if isinstance(chip.value, str):
            assert (chip.value or "not stated") in words
    assert rest == EVERYTHING
    assert from_link(to_link(Link(wanted))) == (Link(wanted), ())


def options_of(wanted: IncidentFilter) -> list[str]:
    """The filter as options of the command line."""
    options: list[str] = []
    for option, value in (("--from", wanted.start), ("--to", wanted.end), ("--min-killed", wanted.fatalities_least), ("--max-killed", wanted.fatalities_most)):  # fmt: skip
        options += [option, str(value)] if value is not None else []
    for option, values in (
        ("--country", wanted.country), ("--province", wanted.admin1), ("--district", wanted.admin2), ("--town", wanted.location),
        ("--actor", wanted.actor), ("--event-type", wanted.event_type), ("--precision", wanted.geo_precision),
    ):  # fmt: skip
        for value in values:
            options += [option, value]
    for where in wanted.where:
        options += ["--where", f"{where.column}{'=' if where.include else '!='}{where.value}"]
    if near := wanted.near:
        options += [f"--near={near.latitude},{near.longitude},{near.km}"]
    if box := wanted.bbox:
        options += [f"--bbox={box.south},{box.west},{box.north},{box.east}"]
    return [*options, *(["--text", wanted.words] if wanted.words else []), *(["--without-words"] if wanted.leave_out_words else [])]  # fmt: skip


def test_options_name_every_field() -> None:
    """A field that `options_of` forgot would make the command find more."""
    assert set(IncidentFilter.__dataclass_fields__) - {"dataset"} == {
        "start", "end", "country", "admin1", "admin2", "location", "near", "bbox", "actor", "event_type", "fatalities_least",
        "fatalities_most", "geo_precision", "words", "where", "leave_out_words",
    }  # fmt: skip


def check(opened: Opened, own_column: str, filters: int, seed: int) -> list[IncidentFilter]:
    store, plain, _ = opened
    reader = store.reader()
    chosen = Chooser(plain, own_column, seed).filters(filters)
    for wanted in chosen:
        agrees(store, plain, reader, wanted)
        is_said(reader, wanted)
    found = [len(plain.found(wanted).ids) for wanted in chosen]
    assert sum(1 for each in found if each) >= filters // 2, "most of the filters must find something"
    return chosen


def test_120_filters_agree_on_the_sample(sample: Opened) -> None:
    check(sample, "place_remark", 120, 1)


def test_120_filters_agree_on_several_sites_and_unlocated_incidents(generated: Opened) -> None:
    _, plain, _ = generated
    assert (plain.rows["n_sites"] > 1).sum() > 20
    assert plain.rows["latitude"].isna().sum() > 15
    assert plain.rows["from_words"].fillna(False).sum() > 5
    check(generated, "Weapon", 120, 2)


@pytest.mark.shared
def test_60_filters_agree_on_ucdp_pakistan(pakistan: Opened) -> None:
    check(pakistan, "conflict_name", 60, 3)


def test_the_command_says_what_the_page_says(generated: Opened, capsys: pytest.CaptureFixture[str]) -> None:
    _, plain, location = generated
    for wanted in Chooser(plain, "Weapon", 5).filters(17):
        capsys.readouterr()
        assert main(["summary", "--json", "--store", str(location), *options_of(wanted)]) == 0
        summary = json.loads(capsys.readouterr().out)
        expected = plain.found(wanted)
        assert summary["incidents"] == len(expected.ids), sentence(wanted)
        assert summary["fatalities"]["best"] == expected.dead
