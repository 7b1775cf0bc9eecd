"""The state of the page in an address, and back."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.model.filters import EVERYTHING, Box, IncidentFilter, Near, Where
from incidents.model.links import EARLIEST, LATEST, MOST_KILLED, Link, fingerprint, from_link, to_link
from incidents.model.schema import GEO_PRECISIONS

FULL = Link(
    wanted=IncidentFilter(
        start=date(2023, 4, 4), end=date(2024, 4, 4), country=("Iran",), admin1=("Sistan-Baluchestan",), location=("Rask", "چابهار"),
        near=Near(25.29, 60.64, 30.0), bbox=Box(20.5, 170.0, 30.0, -170.0), actor=("Jaish al-Adl",), event_type=("Battles",),
        fatalities_least=0, fatalities_most=16, geo_precision=("town", "unlocated"), words="police station",
        where=(Where("Weapon", "rifle"), Where("a=b!", "", False)), leave_out_words=True, dataset=("all",),
    ),
    incident="made-7", map_mode="Heat", map_view=(25.5, 60.25, 7), timeline_unit="month", timeline_by="Actor",
    timeline_measure="Reported dead", sort="fatalities", is_ascending=True, page=3, columns=("event_date", "notes"), data="1a2b3c4d",
)  # fmt: skip

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "{{7*7}}",
    "a&b=c#d",
    "%3D",
    "50%",
    "!",
    "a!=b",
    "x+y z",
    "\u202eabc",
    "a\x00b",
    "",
]
texts = st.sampled_from(HOSTILE) | st.text(max_size=8)
some = st.lists(texts, max_size=3).map(tuple)
days = st.none() | st.integers(1, (LATEST - EARLIEST).days - 1).map(lambda number: EARLIEST + timedelta(days=number))
latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
numbers = st.none() | st.integers(0, MOST_KILLED)


@st.composite
def states(draw: st.DrawFn) -> Link:
    start, end = draw(days), draw(days)
    if start and end and start > end:
        start, end = end, start
    south, north = sorted((draw(latitudes), draw(latitudes)))
    wanted = IncidentFilter(
        start=start,
        end=end,
        **{name: draw(some) for name in ("country", "admin1", "admin2", "location", "actor", "event_type", "dataset")},  # type: ignore[arg-type]
        near=draw(st.none() | st.builds(Near, latitudes, longitudes, st.floats(0, 20_000))),
        bbox=draw(st.none() | st.builds(Box, st.just(south), longitudes, st.just(north), longitudes)),
        fatalities_least=draw(numbers),
        fatalities_most=draw(numbers),
        geo_precision=draw(st.lists(st.sampled_from([*GEO_PRECISIONS, "unlocated"]), max_size=2).map(tuple)),
        words=draw(texts),
        where=draw(st.lists(st.builds(Where, texts, texts, st.booleans()), max_size=3).map(tuple)),
        leave_out_words=draw(st.booleans()),
    )
    return Link(
        wanted,
        incident=draw(texts),
        map_mode=draw(texts),
        map_view=draw(st.none() | st.tuples(latitudes, longitudes, st.integers(0, 22))),
        timeline_unit=draw(texts),
        sort=draw(texts),
        is_ascending=draw(st.booleans()),
        page=draw(st.integers(1, 10**9)),
        columns=draw(some),
    )


@given(states())
def test_any_state_comes_back_through_an_address(shown: Link) -> None:
    address = urlencode(to_link(shown), doseq=True)
    assert from_link(parse_qs(address, keep_blank_values=True)) == (shown, ())


@given(st.dictionaries(st.sampled_from([*to_link(FULL), "utm_source"]), st.lists(texts, min_size=1, max_size=2)))
def test_no_address_is_a_fault_and_what_is_unreadable_is_named(parameters: dict[str, list[str]]) -> None:
    shown, bad = from_link(parameters)
    assert set(bad) <= set(parameters)
    again, none_bad = from_link(to_link(shown))
    assert none_bad == ()
    assert again == (shown if to_link(shown) else Link())


def test_a_link_brings_back_the_whole_state() -> None:
    assert from_link(to_link(FULL)) == (FULL, ())


def test_every_field_of_the_state_is_in_a_link() -> None:
    assert [name for name in Link.__dataclass_fields__ if getattr(FULL, name) == getattr(Link(), name)] == []


def test_defaults_stay_out_of_the_link() -> None:
    assert to_link(Link()) == {}
    assert to_link(Link(data="1a2b3c4d")) == {}


def test_the_fingerprint_goes_with_any_choice() -> None:
    assert to_link(Link(IncidentFilter(words="x"), data="1a2b3c4d")) == {"words": ["x"], "data": ["1a2b3c4d"]}


def test_zero_is_a_number_and_not_a_default() -> None:
    assert to_link(Link(IncidentFilter(fatalities_least=0))) == {"killed_from": ["0"]}


def test_bad_parts_are_named_and_the_others_hold() -> None:
    link = {"from": ["yesterday"], "killed_from": ["many"], "near": ["here"], "country": ["Iran"]}
    assert from_link(link) == (Link(IncidentFilter(country=("Iran",))), ("from", "killed_from", "near"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("from", "1066-10-14"),
        ("killed_from", "-1"),
        ("killed_to", "99999999999"),
        ("near", "91,0,5"),
        ("near", "25,60,nan"),
        ("box", "30,0,20,10"),
        ("where", "Weapon"),
        ("geo_precision", "exact"),
        ("view", "0,0,99"),
        ("page", "0"),
    ],
)
def test_a_value_that_cannot_be_is_a_bad_part(name: str, text: str) -> None:
    assert from_link({name: [text]}) == (Link(), (name,))


def test_days_in_the_wrong_order_are_bad_both() -> None:
    assert from_link({"from": ["2024-02-01"], "to": ["2024-01-01"]}) == (Link(), ("from", "to"))


def test_an_unknown_parameter_is_ignored() -> None:
    assert from_link({"utm_source": ["x"]}) == (Link(EVERYTHING), ())


def test_a_fingerprint_does_not_depend_on_the_order_of_files() -> None:
    assert fingerprint(["a", "b"]) == fingerprint(["b", "a"]) != fingerprint(["a"])
    assert len(fingerprint(["a"])) == 8
