"""What is said first: how many incidents are shown of how many, from which files, and why the others are not."""

from datetime import date

from incidents.model.dataset import Dataset
from incidents.model.filters import IncidentFilter
from incidents.ui.wording import day
from incidents.views.cards import FirstNumbers
from incidents.views.values import Cards

NAMED_FILES = 3


def sentence(first: FirstNumbers) -> str:
    return f"Showing {first.incidents:,} of {first.of_incidents:,} incidents; {first.without_town:,} without a town."


def provenance(chosen: tuple[Dataset, ...], cards: Cards, wanted: IncidentFilter) -> str:
    """Data as of, files, rows in, shown and left out, and why. Plain text: it names the files."""
    if not chosen:
        return "The store holds no data."
    imported = max((each.imported_at for each in chosen if each.imported_at), default=None)
    last = max((each.last_date for each in chosen if each.last_date), default=None)
    parts = [
        _files(chosen)
        + (f", up to {day(date.fromisoformat(last))}" if last else "")
        + (f", imported {day(imported.date())}" if imported else "")
    ]
    read, rejected = (sum(getattr(each, name) for each in chosen) for name in ("read", "rejected"))
    parts.append(f"{read:,} rows read, {rejected:,} rejected" + (" (see Review)" if rejected else ""))
    if left_out := cards.of_incidents - cards.incidents:
        left = f"{left_out:,} incidents left out by the filters above"
        if cards.left_out_without_figure and (wanted.asks_for_killed):
            left += f", {cards.left_out_without_figure:,} of them only because they have no figure of dead"
        parts.append(left)
    if cards.unlocated:
        parts.append(f"{cards.unlocated:,} shown without a place on the map")
    return "; ".join(parts) + "."


def _files(chosen: tuple[Dataset, ...]) -> str:
    names = ", ".join(each.file for each in chosen[:NAMED_FILES])
    return f"{names} and {len(chosen) - NAMED_FILES:,} other files" if len(chosen) > NAMED_FILES else names


def overlap(chosen: tuple[Dataset, ...], countries: dict[str, frozenset[str]]) -> tuple[str, str] | None:
    """The names of two chosen datasets of one country whose dates overlap; `countries` by dataset id."""
    for number, one in enumerate(chosen):
        for other in chosen[number + 1 :]:
            if not (one.first_date and one.last_date and other.first_date and other.last_date):
                continue
            share_days = one.first_date <= other.last_date and other.first_date <= one.last_date
            if share_days and countries[one.dataset_id] & countries[other.dataset_id]:
                return one.name, other.name
    return None
