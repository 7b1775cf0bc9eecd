"""Lists: the values that most incidents have, with their dead."""

from typing import Any

from incidents.model.errors import BadFilter
from incidents.model.filters import IncidentFilter
from incidents.queries import lists
from incidents.queries.asking import ask
from incidents.queries.shape import shape_of
from incidents.store import Reader
from incidents.views.values import ListRow


def top(reader: Reader, wanted: IncidentFilter, what: str, most: int | None = 10) -> tuple[ListRow, ...]:
    """`what` is actor, pair, event_type, month, country, admin1, admin2 or location.

    Of actors and pairs the dead are those in incidents involving them, and do not add up. All others add up to the
    whole where `most` is None: "" has no value, and incidents over several places have a row of their own.
    """
    if what == "actor":
        found = ask(reader, wanted, lists.by_actor, most)
    elif what == "pair":
        return tuple(_pair(row) for row in ask(reader, wanted, lists.by_pair, most).to_pylist())
    elif what == "month":
        found = ask(reader, wanted, lists.by_month)
    elif what in lists.SEVERAL:
        found = ask(reader, wanted, lists.by_place, what, shape_of(wanted, reader.datasets).has_sites, most)
    elif what == "event_type":
        found = ask(reader, wanted, lists.by_column, what, most)
    else:
        raise BadFilter(f'"{what}": lists are by actor, pair, event_type, month, country, admin1, admin2 or location.')
    return tuple(ListRow(**{**row, "dead": row["dead"] or 0}) for row in found.to_pylist())


def _pair(row: dict[str, Any]) -> ListRow:
    names = row.pop("first"), row.pop("second")
    return ListRow(**{**row, "value": lists.PAIR_JOINT.join(names), "dead": row["dead"] or 0, "names": names})
