"""Cards: what the filter finds, counted."""

from dataclasses import dataclass
from typing import Any

from incidents.model.figures import Total, total
from incidents.model.filters import IncidentFilter
from incidents.model.schema import SIDES
from incidents.queries import cards
from incidents.queries.asking import ask
from incidents.queries.shape import chosen_datasets, shape_of
from incidents.store import Reader
from incidents.views.values import Cards, Named, Span


@dataclass(frozen=True, slots=True)
class FirstNumbers:
    """What the page's first sentence needs; `span` is of the first days, None where there is no day."""

    incidents: int
    of_incidents: int
    unlocated: int
    without_town: int
    span: Span | None = None


def first_numbers(reader: Reader, wanted: IncidentFilter) -> FirstNumbers:
    row = ask(reader, wanted, cards.headline).to_pylist()[0]
    of = sum(each.incidents for each in chosen_datasets(wanted, reader.datasets))
    span = (row["begins"], row["ends"]) if row["begins"] else None
    return FirstNumbers(row["incidents"], of, row["unlocated"], row["without_town"], span)


def without_figure(reader: Reader, wanted: IncidentFilter) -> int:
    """Incidents without a figure: those that a killed filter leaves out of `wanted`, which is the same without it."""
    return _number(reader, wanted.with_(fatalities_least=None, fatalities_most=None), cards.without_figure)


def cards_view(
    reader: Reader,
    wanted: IncidentFilter,
    first: FirstNumbers | None = None,
    named: Named | None = None,
    left_out: int | None = None,
) -> Cards:
    """What is known already of the same filter saves up to four queries."""
    first = first or first_numbers(reader, wanted)
    row = ask(reader, wanted, cards.counts).to_pylist()[0]
    shape = shape_of(wanted, reader.datasets)
    several = 0
    if shape.asks_for_a_place and shape.has_sites:
        several = _number(reader, wanted, cards.dead_partly_outside)
    if left_out is None:
        left_out = without_figure(reader, wanted) if wanted.asks_for_killed else 0
    return Cards(
        incidents=first.incidents,
        of_incidents=first.of_incidents,
        unlocated=first.unlocated,
        without_town=first.without_town,
        fatalities=_total(row, "fatalities"),
        sides={side: _total(row, f"fatalities_{side}") for side in SIDES},
        injured=_total(row, "injured"),
        places=_number(reader, wanted, cards.places, shape.has_sites) if named is None else named.places,
        actors=_number(reader, wanted, cards.actors) if named is None else named.actors,
        from_words=int(row["from_words"] or 0),
        several_places=several,
        left_out_without_figure=left_out,
        first_date=row["first_date"],
        last_date=row["last_date"],
    )


def _number(reader: Reader, wanted: IncidentFilter, panel: Any, *arguments: bool) -> int:
    return int(ask(reader, wanted, panel, *arguments)[0][0].as_py() or 0)


def _total(row: dict[str, Any], figure: str) -> Total:
    low, best, high_shown, open_ = (int(row[f"{figure}_{part}"] or 0) for part in ("low", "best", "high_shown", "open"))
    known = row[f"{figure}_known"]
    return total(low, best, high_shown, open_, row["incidents"] - known, known)
