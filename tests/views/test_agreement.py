"""Cards, map, timeline, lists, facets, table and exports agree with one another and with plain Python, for any filter."""

import csv
import io
import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.views.made_data import ACTORS, made_store, random_rows
from tests.views.made_filters import filters, narrow_filters
from tests.views.plain import Plain, figures

from incidents.exports.csv_file import csv_chunks
from incidents.exports.geojson import geojson_chunks
from incidents.model.figures import total
from incidents.model.filters import ALL_DATASETS, IncidentFilter
from incidents.model.schema import FIGURES, SIDES
from incidents.store import Reader
from incidents.views.cards import cards_view, first_numbers
from incidents.views.facets import facet
from incidents.views.lists import top
from incidents.views.map import map_view
from incidents.views.summary import summary_json
from incidents.views.table import count, table_page
from incidents.views.timeline import timeline_view
from incidents.views.values import WORLD, Viewport

INCIDENTS = 300
UNCAPPED = 1_000_000
MADE = Plain(*random_rows(INCIDENTS, 1, "made"))
BOTH = Plain(
    *(
        made + older
        for made, older in zip(random_rows(INCIDENTS, 1, "made"), random_rows(40, 101, "older"), strict=True)
    )
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with made_store(tmp_path_factory.mktemp("agreement"), INCIDENTS) as store:
        yield store.reader()


any_filter = st.one_of(narrow_filters(), filters)
often = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def plain_of(wanted: IncidentFilter) -> Plain:
    return BOTH if wanted.dataset == ALL_DATASETS else MADE


@often
@given(wanted=any_filter)
def test_cards_are_those_of_plain_python(reader: Reader, wanted: IncidentFilter) -> None:
    plain = plain_of(wanted)
    rows = plain.found(wanted)
    cards = cards_view(reader, wanted)
    assert cards.incidents == len(rows) == count(reader, wanted)
    assert cards.of_incidents == len(plain.incidents)
    assert cards.unlocated == sum(1 for row in rows if row["latitude"] is None)
    without_town = [
        row
        for row in rows
        if None in (row["latitude"], row["location"]) or row["geo_precision"] in ("province", "country", "sea")
    ]
    assert cards.without_town == len(without_town)
    for name, shown in zip(
        FIGURES, (cards.fatalities, *(cards.sides[side] for side in SIDES), cards.injured), strict=True
    ):
        expected = figures(rows, name)
        assert shown == total(*(expected[part] for part in ("low", "best", "high_shown", "open", "unknown", "known")))
        assert shown.low <= shown.best <= shown.high_shown
    assert cards.places == plain.places(rows)
    assert cards.actors == len({row[side] for row in rows for side in ("actor1", "actor2")} - {None})
    assert cards.from_words == sum(row["fatalities"] or 0 for row in rows if row["from_words"])
    assert cards.first_date == min((row["event_date"] for row in rows), default=None)
    assert cards.last_date == max((row["event_date_end"] for row in rows), default=None)
    unfigured = [
        row
        for row in plain.found(wanted.with_(fatalities_least=None, fatalities_most=None))
        if row["fatalities"] is None
    ]
    is_by_dead = wanted.fatalities_least is not None or wanted.fatalities_most is not None
    assert cards.left_out_without_figure == (len(unfigured) if is_by_dead else 0)


@often
@given(wanted=any_filter, zoom=st.integers(0, 18), most=st.sampled_from((1, 20, 600)))
def test_map_counts_every_incident_once(reader: Reader, wanted: IncidentFilter, zoom: int, most: int) -> None:
    rows = plain_of(wanted).found(wanted)
    view = map_view(reader, wanted, Viewport(WORLD.south, WORLD.west, WORLD.north, WORLD.east, zoom), most)
    counted = [cell for cell in view.cells if cell.n]
    assert sum(cell.n for cell in view.cells) == view.shown
    assert view.shown + first_numbers(reader, wanted).unlocated == len(rows)
    assert sum(cell.dead or 0 for cell in view.cells) == sum(
        row["fatalities"] or 0 for row in rows if row["latitude"] is not None
    )
    assert all(sum(n for _, n in cell.event_types) == cell.n for cell in view.cells)
    by_id = {row["incident_id"]: row for row in rows}
    for cell in counted:
        assert (cell.incident_id is not None) == (cell.n == 1)
        if cell.incident_id:
            assert (cell.latitude, cell.geo_precision) == (
                by_id[cell.incident_id]["latitude"],
                by_id[cell.incident_id]["geo_precision"],
            )
    areas = sum(cell.n for cell in counted if cell.is_area)
    assert areas == sum(1 for row in rows if row["geo_precision"] in ("district", "province", "country", "sea"))


@often
@given(
    wanted=any_filter,
    unit=st.sampled_from((None, "day", "week", "month", "quarter", "year")),
    by=st.sampled_from(("event_type", "actor")),
)
def test_timeline_bars_add_up(reader: Reader, wanted: IncidentFilter, unit: str | None, by: str) -> None:
    plain = plain_of(wanted)
    rows, all_dates = plain.found(wanted), plain.found(wanted.with_(start=None, end=None))
    timeline = timeline_view(reader, wanted, unit, by, groups=2)
    assert sum(each.incidents for each in timeline.bins) == len(rows)
    assert sum(each.dead for each in timeline.bins) == sum(row["fatalities"] or 0 for row in rows)
    assert sum(each.incidents for each in timeline.rest) == (len(all_dates) if wanted.start or wanted.end else 0)
    assert len({each.group for each in timeline.bins}) <= 3
    column = "event_type" if by == "event_type" else "actor1"
    for each in timeline.bins:
        inside = [row for row in rows if each.start <= row["event_date"] <= each.end]
        if each.group != "other":
            inside = [row for row in inside if (row[column] or "") == each.group]
        assert 0 < each.incidents <= len(inside)


@often
@given(wanted=any_filter, field=st.sampled_from(("country", "admin1", "admin2", "location", "actor", "event_type")))
def test_a_facet_says_what_choosing_its_value_would_find(reader: Reader, wanted: IncidentFilter, field: str) -> None:
    found = {each.value: each.incidents for each in facet(reader, wanted, field)}
    assert found == plain_of(wanted).facet(wanted.without(field), field)


@often
@given(wanted=any_filter)
def test_lists_add_up_to_the_whole(reader: Reader, wanted: IncidentFilter) -> None:
    plain = plain_of(wanted)
    rows = plain.found(wanted)
    dead = sum(row["fatalities"] or 0 for row in rows)
    for what in ("event_type", "admin1", "location", "country", "month"):
        listed = top(reader, wanted, what, None)
        assert (sum(each.incidents for each in listed), sum(each.dead for each in listed)) == (len(rows), dead)
        assert sum(each.without_figure for each in listed) == sum(1 for row in rows if row["fatalities"] is None)
    assert {each.value: each.incidents for each in top(reader, wanted, "admin1", None)} == plain.by_admin1(rows)
    involving = {each.value: each.incidents for each in top(reader, wanted, "actor", None)}
    assert involving == {
        actor: count
        for actor in ACTORS
        if actor and (count := sum(1 for row in rows if actor in (row["actor1"], row["actor2"])))
    }


@often
@given(
    wanted=any_filter,
    sort=st.sampled_from(("event_date", "fatalities", "location", "Weapon")),
    descending=st.booleans(),
)
def test_pages_of_the_table_hold_every_incident_once(
    reader: Reader, wanted: IncidentFilter, sort: str, descending: bool
) -> None:
    expected = {row["incident_id"] for row in plain_of(wanted).found(wanted)}
    ids: list[str] = []
    for page in range(5):
        ids += table_page(reader, wanted, ("location", sort), sort, descending, page, rows=100)["incident_id"].tolist()
    assert len(ids) == len(expected)
    assert set(ids) == expected


@often
@given(wanted=any_filter)
def test_exports_hold_every_incident_once(reader: Reader, wanted: IncidentFilter) -> None:
    rows = {row["incident_id"]: row for row in plain_of(wanted).found(wanted)}
    read = list(csv.DictReader(io.StringIO(b"".join(csv_chunks(reader, wanted)).decode())))
    assert sorted(row["incident_id"] for row in read) == sorted(rows)
    assert sum(int(row["fatalities"] or 0) for row in read) == sum(row["fatalities"] or 0 for row in rows.values())
    collection = json.loads(b"".join(geojson_chunks(reader, wanted)))
    assert sorted(feature["id"] for feature in collection["features"]) == sorted(rows)
    for feature in collection["features"]:
        located = [site for site in plain_of(wanted).sites(rows[feature["id"]]) if site["latitude"] is not None]
        points = [[site["longitude"], site["latitude"]] for site in located]
        geometry = feature["geometry"]
        if not points:
            assert geometry is None
        elif len(points) == 1:
            assert geometry == {"type": "Point", "coordinates": points[0]}
        else:
            assert geometry == {"type": "MultiPoint", "coordinates": points}


@often
@given(wanted=any_filter)
def test_the_summary_has_the_cards_figures(reader: Reader, wanted: IncidentFilter) -> None:
    summary = json.loads(json.dumps(summary_json(reader, wanted)))
    cards = cards_view(reader, wanted)
    assert (summary["incidents"], summary["unlocated"]) == (cards.incidents, cards.unlocated)
    assert summary["fatalities"]["best"] == cards.fatalities.best
    assert summary["fatalities"]["high"] == cards.fatalities.high
    for name in ("by_month", "by_admin1", "by_event_type"):
        assert sum(row["incidents"] for row in summary[name].values()) == cards.incidents
        assert sum(row["dead"] for row in summary[name].values()) == cards.fatalities.best
