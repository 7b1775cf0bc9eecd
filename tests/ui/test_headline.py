"""What is said first."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from incidents.model.dataset import Dataset
from incidents.model.figures import total
from incidents.model.filters import EVERYTHING, IncidentFilter
from incidents.ui.headline import overlap, provenance, sentence
from incidents.views.cards import FirstNumbers
from incidents.views.values import Cards

NONE = total(0, 0, 0, 0, 0, 0)
CARDS = Cards(7, 40, 2, 3, NONE, {}, NONE, 5, 4, 0, 0, 0, date(2024, 1, 1), date(2024, 4, 4))


def dataset(number: int = 1, **values: Any) -> Dataset:
    facts: dict[str, Any] = {
        "dataset_id": f"d{number}", "name": f"data {number}", "file": f"file{number}.csv", "sha256": "x", "layout": "events", "encoding": "utf-8",
        "delimiter": ",", "read": 43, "kept": 40, "rejected": 3, "repaired": 0, "duplicates": 0, "incidents": 40,
        "first_date": "2024-01-01", "last_date": "2024-04-04", "imported_at": datetime(2024, 5, 1, tzinfo=UTC),
    }  # fmt: skip
    return Dataset(**(facts | values))


def test_the_sentence_says_shown_all_and_without_a_town() -> None:
    assert sentence(FirstNumbers(1034, 2000, 4, 34)) == "Showing 1,034 of 2,000 incidents; 34 without a town."


def test_provenance_says_date_file_rows_and_what_is_left_out() -> None:
    assert provenance((dataset(),), CARDS, EVERYTHING) == (
        "file1.csv, up to 4 April 2024, imported 1 May 2024; 43 rows read, 3 rejected (see Review);"
        " 33 incidents left out by the filters above; 2 shown without a place on the map."
    )


def test_provenance_says_how_many_lack_only_a_figure() -> None:
    cards = replace(CARDS, left_out_without_figure=6, unlocated=0)
    text = provenance((dataset(rejected=0),), cards, IncidentFilter(fatalities_least=1))
    assert text.endswith(
        "33 incidents left out by the filters above, 6 of them only because they have no figure of dead."
    )


def test_many_files_are_not_all_named() -> None:
    text = provenance(tuple(dataset(number) for number in range(1, 6)), CARDS, EVERYTHING)
    assert text.startswith("file1.csv, file2.csv, file3.csv and 2 other files,")


def test_datasets_of_one_country_and_time_overlap() -> None:
    both = (dataset(1), dataset(2, first_date="2024-04-04", last_date="2024-09-01"))
    countries = {"d1": frozenset({"Iran", "Iraq"}), "d2": frozenset({"Iran"})}
    assert overlap(both, countries) == ("data 1", "data 2")


def test_datasets_of_other_days_or_countries_do_not_overlap() -> None:
    later = (dataset(1), dataset(2, first_date="2024-04-05", last_date="2024-09-01"))
    same = {"d1": frozenset({"Iran"}), "d2": frozenset({"Iran"})}
    assert overlap(later, same) is None
    assert overlap((dataset(1), dataset(2)), {"d1": frozenset({"Iran"}), "d2": frozenset({"Mali"})}) is None
