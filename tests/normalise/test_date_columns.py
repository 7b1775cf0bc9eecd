"""Date columns of which one cell, or none, tells the order of day and month."""

import random
from datetime import date, timedelta

import pytest

from incidents.model.errors import Undecided
from incidents.normalise.date_order import decide_order
from incidents.normalise.dates import parse_date
from incidents.normalise.rows import batches, plan
from incidents.reading.files import read_table

COLUMNS = 1_000
FIRST = date(1960, 1, 1)


def column(chance: random.Random, *, is_decided: bool) -> tuple[list[date], str]:
    """Days and the file; every cell but the deciding one could be read both ways, and at least one differs."""
    day_first, separator = chance.random() < 0.5, chance.choice("/-.")
    year = chance.choice(["%Y", "%y"]) if chance.random() < 0.3 else "%Y"
    days: list[date] = []
    wanted = chance.randint(1, 25)
    while len(days) < wanted or all(day.day == day.month for day in days):
        day = FIRST + timedelta(days=chance.randrange(24_000))
        if day.day <= 12 and (year == "%Y" or day.year >= 1969):
            days.append(day)
    if is_decided:
        days.insert(
            chance.randint(0, len(days)),
            date(chance.randint(1970, 2024), chance.randint(1, 12), chance.randint(13, 28)),
        )
    order = ("%d", "%m", year) if day_first else ("%m", "%d", year)
    pad = chance.random() < 0.5
    cells = [separator.join(each if pad else each.lstrip("0") or "0" for each in (day.strftime(part) for part in order[:2])) + separator + day.strftime(year) for day in days]  # fmt: skip
    return days, "date,town,killed\n" + "".join(f"{cell},A,1\n" for cell in cells)


def cells_of(file: str) -> list[str]:
    return [line.split(",")[0] for line in file.splitlines()[1:]]


@pytest.mark.parametrize("seed", range(0, COLUMNS, 50))
def test_file_with_one_deciding_cell_is_read_right(seed: int) -> None:
    days, file = column(random.Random(seed), is_decided=True)
    raw = read_table(file.encode(), name="t.csv")
    read = [
        day for batch in batches(raw, plan(raw), dataset_id="d") for day in batch.incidents["event_date"].to_pylist()
    ]
    assert read == days


def test_one_deciding_cell_settles_each_of_a_thousand_columns() -> None:
    for seed in range(COLUMNS):
        days, file = column(random.Random(seed), is_decided=True)
        order = decide_order(cells_of(file), None, name="t.csv", column="date")
        assert [parse_date(cell, order).start for cell in cells_of(file)] == days, seed


def test_each_of_a_thousand_columns_without_a_deciding_cell_is_asked() -> None:
    for seed in range(COLUMNS):
        _, file = column(random.Random(-1 - seed), is_decided=False)
        with pytest.raises(Undecided, match="day or the month comes first"):
            decide_order(cells_of(file), None, name="t.csv", column="date")
