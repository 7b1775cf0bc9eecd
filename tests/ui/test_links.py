"""The filter in the address bar."""

from datetime import date

from incidents.model.filters import EVERYTHING, IncidentFilter, Near
from incidents.ui.links import from_link, to_link

FULL = IncidentFilter(
    start=date(2023, 4, 4), end=date(2024, 4, 4), country=("Iran",), admin1=("Sistan-Baluchestan",), location=("Rask", "چابهار"),
    near=Near(25.29, 60.64, 30.0), actor=("Jaish al-Adl",), event_type=("Battles",), fatalities_least=0, fatalities_most=16,
    geo_precision=("town", "unlocated"), words="police station", dataset=("all",),
)  # fmt: skip


def test_a_link_brings_back_the_whole_filter() -> None:
    assert from_link(to_link(FULL)) == (FULL, ())


def test_defaults_stay_out_of_the_link() -> None:
    assert to_link(EVERYTHING) == {}


def test_zero_is_a_number_and_not_a_default() -> None:
    assert to_link(IncidentFilter(fatalities_least=0)) == {"killed_from": ["0"]}


def test_bad_parts_are_named_and_the_others_hold() -> None:
    link = {"from": ["yesterday"], "killed_from": ["many"], "near": ["here"], "country": ["Iran"]}
    assert from_link(link) == (IncidentFilter(country=("Iran",)), ("from", "killed_from", "near"))


def test_an_unknown_parameter_is_ignored() -> None:
    assert from_link({"utm_source": ["x"]}) == (EVERYTHING, ())
