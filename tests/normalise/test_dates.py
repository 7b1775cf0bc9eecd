"""Dates: every form that the field's files have, or the reason why not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.model.errors import Undecided
from incidents.normalise.calendars import hijri, jalali
from incidents.normalise.date_order import decide_order
from incidents.normalise.dates import ORDERS, from_parts, parse_date


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-04-03", date(2024, 4, 3)),
        ("2004-01-01 00:20:00", date(2004, 1, 1)),
        ("1990-10-04 00:00:00.000", date(1990, 10, 4)),
        ("2024-04-03T10:00:00Z", date(2024, 4, 3)),
        ("2024-04-03T23:59:59+03:30", date(2024, 4, 3)),
        ("16 May 2025", date(2025, 5, 16)),
        ("9-May-20", date(2020, 5, 9)),
        ("07-April-2015", date(2015, 4, 7)),
        ("5.January.2012", date(2012, 1, 5)),
        ("31. October. 2012", date(2012, 10, 31)),
        ("Sunday-November 19-1995", date(1995, 11, 19)),
        ("Friday, January 29, 2010", date(2010, 1, 29)),
        ("october-10-2023", date(2023, 10, 10)),
        ("14-Oct-87", date(1987, 10, 14)),
        ("14-Oct-68", date(1968, 10, 14)),
        ("EOW: Tuesday, February 23, 1897", date(1897, 2, 23)),
        ("3rd April 2024", date(2024, 4, 3)),
        ("1er août 2019", date(2019, 8, 1)),
        ("12 de marzo de 2019", date(2019, 3, 12)),
        ("٣ أبريل ٢٠٢٤", date(2024, 4, 3)),
        ("1403/01/15", date(2024, 4, 3)),
        ("۱۴۰۳/۰۱/۱۵", date(2024, 4, 3)),
        ("15 فروردین 1403", date(2024, 4, 3)),
        ("25 Jumaada al-THaany 1416 A.H", date(1995, 11, 19)),
        ("20240403", date(2024, 4, 3)),
        ("45000", date(2023, 3, 15)),
    ],
)
def test_one_day_is_read(cell: str, day: date) -> None:
    found = parse_date(cell)
    assert (found.start, found.end, found.precision) == (day, day, "day")


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2-12 January 12", date(2012, 1, 2), date(2012, 1, 12)),
        ("25. October. 2012 - 27. October. 2012", date(2012, 10, 25), date(2012, 10, 27)),
        ("Oct 2-5, 2012", date(2012, 10, 2), date(2012, 10, 5)),
        ("24/09/2023 - 26/09/2023", date(2023, 9, 24), date(2023, 9, 26)),
        ("24-26/09/2023", date(2023, 9, 24), date(2023, 9, 26)),
        ("2012-05-01 to 2012-05-03", date(2012, 5, 1), date(2012, 5, 3)),
        ("30 April - 2 May 2014", date(2014, 4, 30), date(2014, 5, 2)),
    ],
)
def test_range_of_days_is_read(cell: str, first: date, last: date) -> None:
    found = parse_date(cell)
    assert (found.start, found.end, found.precision) == (first, last, "day")


@pytest.mark.parametrize(
    ("cell", "first", "last", "precision"),
    [
        ("May 2012", date(2012, 5, 1), date(2012, 5, 31), "month"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("late May 2014", date(2014, 5, 1), date(2014, 5, 31), "month"),
        ("2012", date(2012, 1, 1), date(2012, 12, 31), "year"),
        ("1403", date(2024, 3, 20), date(2025, 3, 20), "year"),
        ("Week of 5 May 2014", date(2014, 5, 5), date(2014, 5, 11), "week"),
    ],
)
def test_month_year_and_week_keep_their_precision(cell: str, first: date, last: date, precision: str) -> None:
    found = parse_date(cell)
    assert (found.start, found.end, found.precision) == (first, last, precision)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "no date"),
        ("Several Dates", "not a date"),
        ("3.February", "the date has no year"),
        ("31/02/2024", "there is no such day in the calendar"),
        ("2024-13-05", "there is no such day in the calendar"),
        ("12", "not a date"),
        ("1403/12/31", "there is no such day in the calendar"),
    ],
)
def test_what_is_no_date_says_why(cell: str, reason: str) -> None:
    found = parse_date(cell)
    assert found.start is None
    assert found.reason == reason


def test_misspelt_month_is_read_and_noted() -> None:
    found = parse_date("15.Februray.2012")
    assert (found.start, found.note) == (date(2012, 2, 15), "Februray read as February")


def test_weekday_that_does_not_fit_is_noted() -> None:
    assert parse_date("Thursday 1 April 2024").note == "the cell says Thursday, but 2024-04-01 is a Monday"


def test_slash_date_is_not_guessed() -> None:
    assert parse_date("05/01/2024").start is None
    assert parse_date("05/01/2024", "day-first").start == date(2024, 1, 5)
    assert parse_date("05/01/2024", "month-first").start == date(2024, 5, 1)


def test_order_iso_guesses_no_slash_date() -> None:
    assert parse_date("05/01/2024", "iso").reason == "day and month cannot be told apart"
    assert parse_date("24-05-01", "iso").start == date(2024, 5, 1)


def test_order_jalali_reads_two_digit_years() -> None:
    assert parse_date("15/01/03", "jalali").start == date(2024, 4, 3)
    assert parse_date("98/08/25", "jalali").start == date(2019, 11, 16)


def test_one_telling_cell_decides_the_column() -> None:
    assert decide_order(["05/01/2024", "24/09/2023"], None, name="f", column="date") == "day-first"
    assert decide_order(["05/01/2024", "02/24/2022"], None, name="f", column="date") == "month-first"


def test_column_without_slash_dates_needs_no_order() -> None:
    assert decide_order(["2024-01-05", "5 May 2012", "05/05/2012"], None, name="f", column="date") is None


def test_undecided_column_is_asked() -> None:
    with pytest.raises(Undecided, match="say which with --dates day-first or --dates month-first") as raised:
        decide_order(["05/01/2024"], None, name="f", column="date")
    assert raised.value.question == "dates"
    assert raised.value.choices == ("day-first", "month-first")


def test_unknown_order_is_refused() -> None:
    with pytest.raises(Undecided, match="expected one of day-first, month-first, iso, jalali"):
        decide_order([], "backwards", name="f", column="date")


def test_part_that_is_zero_is_unknown() -> None:
    assert from_parts("1984", "3", "0").precision == "month"
    assert from_parts("1984", "0", "0").end == date(1984, 12, 31)
    assert from_parts("", "3", "5").reason == "no date"


def test_jalali_days_agree_with_known_days() -> None:
    assert jalali(1357, 11, 22) == date(1979, 2, 11)
    assert jalali(1403, 12, 30) == date(2025, 3, 20)
    with pytest.raises(ValueError, match="no such Jalali day"):
        jalali(1402, 12, 30)


def test_hijri_day_agrees_with_a_known_day() -> None:
    assert hijri(1445, 1, 1) == date(2023, 7, 19)


@given(st.text(max_size=60), st.sampled_from([None, *ORDERS]))
def test_no_text_makes_the_parser_raise(text: str, order: str | None) -> None:
    found = parse_date(text, order)
    assert (found.start is None) == (found.end is None)
    assert found.start is not None or found.reason
    if found.start is not None and found.end is not None:
        assert found.start <= found.end


_PIECES = st.lists(
    st.sampled_from(
        [
            "0",
            "1",
            "2",
            "12",
            "13",
            "31",
            "99",
            "1403",
            "2024",
            "9999",
            "Jan",
            "Februray",
            "may",
            "3rd",
            "-",
            "–",
            "/",
            ".",
            ",",
            ":",
            "to",
            "AH",
            "A.H.",
            "محرم",
            "فروردین",
            "Ramadan",
            "Mon",
            "EOW",
            "T",
            "Z",
            "10:00",
            "۱۲",
            "'",
            "and",
            "week",
            "of",
        ]
    ),
    max_size=9,
)


@given(_PIECES, st.sampled_from(["", " ", "-", "/"]), st.sampled_from([None, *ORDERS]))
def test_no_mixture_of_date_parts_makes_the_parser_raise(pieces: list[str], joint: str, order: str | None) -> None:
    parse_date(joint.join(pieces), order)


@given(st.text(max_size=6), st.text(max_size=6), st.text(max_size=6))
def test_no_parts_make_the_parser_raise(year: str, month: str, day: str) -> None:
    from_parts(year, month, day)
