"""The window before a filter's own days."""

from datetime import date
from pathlib import Path

from tests.views.made_data import figure, incident, put

from incidents.model.filters import EVERYTHING, IncidentFilter
from incidents.store import open_store
from incidents.views.change import before

DAYS = (date(2024, 3, 1), date(2024, 3, 2), date(2024, 3, 31), date(2024, 4, 1), date(2024, 4, 30))


def test_as_many_days_just_before_are_counted(tmp_path: Path) -> None:
    rows = [incident(number, event_date=day, **figure("fatalities", 3, 3, 3)) for number, day in enumerate(DAYS)]
    rows[2] |= figure("fatalities", None, None, None)
    with open_store(str(tmp_path)) as store:
        put(store, rows, first_date="2024-03-01", last_date="2024-04-30")
        found = before(store.reader(), IncidentFilter(start=date(2024, 4, 1), end=date(2024, 4, 30)))
        assert found
        assert (found.start, found.end) == (date(2024, 3, 2), date(2024, 3, 31))
        assert (found.incidents, found.dead, found.without_figure) == (2, 3, 1)
        assert (found.data_start, found.data_end) == (date(2024, 3, 1), date(2024, 4, 30))


def test_without_both_dates_there_is_no_window(tmp_path: Path) -> None:
    with open_store(str(tmp_path)) as store:
        put(store, [incident()])
        assert before(store.reader(), EVERYTHING) is None
        assert before(store.reader(), IncidentFilter(start=date(2024, 4, 1))) is None
