"""Summary: the figures of a filter as one JSON object."""

from typing import Any

from incidents.model.figures import Total
from incidents.model.filters import IncidentFilter
from incidents.queries.shape import chosen_datasets
from incidents.store import Reader
from incidents.views.cards import cards_view
from incidents.views.lists import top

BY_ACTOR_NOTE = "Incidents involving the actor: an incident counts for each of its actors, so these do not add up."


def summary_json(reader: Reader, wanted: IncidentFilter) -> dict[str, Any]:
    """Ready for `json.dumps`. The rows of by_month, by_admin1 and by_event_type add up to the whole; their key "" has
    those without a value."""
    cards = cards_view(reader, wanted)
    sides = {name: side.as_json() for name, side in cards.sides.items()}
    return {
        "incidents": cards.incidents,
        "unlocated": cards.unlocated,
        "fatalities": {
            **_figure(cards.fatalities),
            "actor1": sides["actor1"],
            "actor2": sides["actor2"],
            "civilians": sides["civilians"],
            "unknown_side": sides["unknown"],
        },
        "injured": _figure(cards.injured),
        "by_month": dict(sorted(_rows(reader, wanted, "month").items())),
        "by_admin1": _rows(reader, wanted, "admin1"),
        "by_actor": _rows(reader, wanted, "actor"),
        "by_event_type": _rows(reader, wanted, "event_type"),
        "notes": {"by_actor": BY_ACTOR_NOTE},
        "datasets": [
            {
                "dataset_id": each.dataset_id,
                "name": each.name,
                "file": each.file,
                "sha256": each.sha256,
                "attribution": each.attribution,
                "imported_at": each.imported_at.isoformat() if each.imported_at else None,
            }
            for each in chosen_datasets(wanted, reader.datasets)
        ],
    }


def _figure(total: Total) -> dict[str, Any]:
    return {**total.as_json(), "high_shown": total.high_shown, "unknown": total.unknown}


def _rows(reader: Reader, wanted: IncidentFilter, what: str) -> dict[str, dict[str, int]]:
    return {
        row.value: {"incidents": row.incidents, "dead": row.dead, "without_figure": row.without_figure}
        for row in top(reader, wanted, what, most=None)
    }
