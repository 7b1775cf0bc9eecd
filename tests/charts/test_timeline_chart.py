"""Bars of the timeline, and what a brush over them means."""

from datetime import UTC, date, datetime

import pytest

from incidents.charts.timeline import REST, brushed, colours, frame, group_order
from incidents.charts.timeline_spec import STRIP, spec, strips_of
from incidents.views.values import TimeBin, Timeline


def bin_(month: int, group: str, incidents: int, dead: int = 0, imprecise: bool = False) -> TimeBin:
    return TimeBin(date(2024, month, 1), date(2024, month, 28), group, incidents, dead, imprecise)


WHOLE = (bin_(1, "Battles", 2, 5), bin_(2, "Battles", 3), bin_(2, "Riots", 4, 1))
TIMELINE = Timeline("month", (bin_(2, "Battles", 3), bin_(2, "Riots", 4, 1)), WHOLE)


def test_the_rest_is_what_the_dates_leave_out() -> None:
    rows = frame(TIMELINE, "incidents", ("Riots", "Battles"))
    assert list(rows.loc[rows["group"] == REST, "value"]) == [2]
    assert rows.loc[rows["group"] != REST, "value"].sum() == 7


def test_rest_and_inside_add_up_whatever_the_groups_are_called() -> None:
    other = Timeline("month", (bin_(2, "Protests", 7),), WHOLE)
    assert frame(other, "incidents", ("Protests",))["value"].sum() == 9


def test_the_dead_can_be_drawn_in_place_of_incidents() -> None:
    assert frame(Timeline("month", WHOLE, ()), "dead", ("Battles", "Riots"))["value"].sum() == 6


def test_incidents_known_to_the_month_are_drawn_apart() -> None:
    rows = frame(Timeline("day", (bin_(1, "Battles", 1, imprecise=True),), ()), "incidents", ("Battles",))
    assert [(kind, length) for kind, length in zip(rows["kind"], rows["length"], strict=True)] == [("vague", "month")]


def test_each_length_of_time_has_a_row_of_its_own() -> None:
    year = TimeBin(date(2024, 1, 1), date(2024, 12, 31), "Battles", 1, 0, True)
    rows = frame(Timeline("day", (bin_(1, "Battles", 1, imprecise=True), year), ()), "incidents", ("Battles",))
    assert strips_of(zip(rows["kind"], rows["length"], strict=True)) == ("month", "year")


def test_what_is_known_to_the_month_is_grey_outside_the_dates() -> None:
    vague = (bin_(1, "Battles", 2, imprecise=True),)
    rows = frame(Timeline("day", (), (bin_(1, "", 2, imprecise=True),)), "incidents", ())
    assert list(rows["kind"]) == ["vague outside"]
    rows = frame(Timeline("day", vague, (bin_(1, "", 3, imprecise=True),)), "incidents", ("Battles",))
    assert list(zip(rows["kind"], rows["value"], strict=True)) == [("vague", 2), ("vague outside", 1)]


def test_the_days_after_the_end_of_the_data_are_marked_incomplete() -> None:
    made = Timeline("month", WHOLE, (), date(2024, 1, 3), date(2024, 2, 10), date(2024, 2, 12))
    (row,) = frame(made, "incidents", ("Battles", "Riots")).query("kind == 'incomplete'").to_dict("records")
    assert (row["start"].date(), row["until"].date()) == (date(2024, 2, 13), date(2024, 3, 1))


def test_a_whole_last_bar_is_not_marked() -> None:
    made = Timeline("month", WHOLE, (), date(2024, 1, 3), date(2024, 2, 10), date(2024, 2, 29))
    assert "incomplete" not in set(frame(made, "incidents", ())["kind"])


def test_incidents_without_a_type_are_named() -> None:
    assert list(frame(Timeline("month", (bin_(1, "", 2),), ()), "incidents", ("",))["group"]) == ["not stated"]


def test_times_have_a_zone_so_that_every_browser_draws_the_same_days() -> None:
    assert str(frame(TIMELINE, "incidents", ())["start"].dt.tz) == "UTC"


def test_the_largest_group_comes_first() -> None:
    assert group_order(TIMELINE) == ("Riots", "Battles")


def test_event_types_have_the_colours_of_the_map() -> None:
    assert colours(("Riots",), {"Riots": 4}) == ["#228833"]


def test_no_bars_make_an_empty_frame() -> None:
    assert len(frame(Timeline("day", (), ()), "incidents", ())) == 0


@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [
        ("day", date(2024, 2, 10), date(2024, 3, 5)),
        ("week", date(2024, 2, 5), date(2024, 3, 10)),
        ("month", date(2024, 2, 1), date(2024, 3, 31)),
        ("quarter", date(2024, 1, 1), date(2024, 3, 31)),
        ("year", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_brush_snaps_to_whole_bars(unit: str, first: date, last: date) -> None:
    edges = [
        datetime(2024, 3, 5, 9, tzinfo=UTC).timestamp() * 1e3,
        datetime(2024, 2, 10, 12, tzinfo=UTC).timestamp() * 1e3,
    ]
    assert brushed({"brush": {"start": edges}}, Timeline(unit, WHOLE, ())) == (first, last)


def test_an_empty_brush_means_no_dates() -> None:
    assert brushed({"brush": {}}, TIMELINE) is None


def test_the_legend_is_left_to_the_map_where_colours_are_types() -> None:
    bars = spec(("Battles",), ["#ee6677"], "incidents", legend=False, strips=(), ink="#000000")["layer"][0]
    assert bars["encoding"]["color"]["legend"] is None


def test_bars_leave_room_for_the_hatched_rows() -> None:
    made = spec(("Battles",), ["#ee6677"], "incidents", legend=False, strips=("month", "year"), ink="#000000")
    assert made["layer"][0]["encoding"]["y"]["scale"]["range"][1] == 2 * STRIP
    assert len(made["layer"]) == 2 + 2 * 2
