"""People's decisions on places: made, undone, and applied to every incident of that name."""

from collections.abc import Iterable, Mapping

from incidents.ingest.places import resolver_for
from incidents.ingest.progress import Progress
from incidents.ingest.replacing import place_again
from incidents.model.place import Candidate, PlaceQuery
from incidents.model.settings import Settings
from incidents.places.resolver import decision_key
from incidents.store import Store


def decide(
    store: Store, chosen: Settings, decisions: Mapping[PlaceQuery, Candidate], progress: Progress | None = None
) -> int:
    """Keeps the decisions, each in the place of earlier ones on the same name, and places its incidents; returns how many changed.

    Every later import uses them.
    """
    keys = {decision_key(query) for query in decisions}
    for known in store.decisions():
        if decision_key(known) in keys:
            store.undecide(known)
    for query, place in decisions.items():
        store.decide(query, place)
    return _apply(store, chosen, decisions, progress)


def undo(store: Store, chosen: Settings, queries: Iterable[PlaceQuery], progress: Progress | None = None) -> int:
    """Takes decisions back: their incidents are found by name again. Returns how many incidents changed."""
    taken = list(queries)
    keys = {decision_key(query) for query in taken}
    for known in store.decisions():
        if decision_key(known) in keys:
            store.undecide(known)
    return _apply(store, chosen, taken, progress)


def is_decided(store: Store, query: PlaceQuery) -> bool:
    key = decision_key(query)
    return any(decision_key(known) == key for known in store.decisions())


def _apply(store: Store, chosen: Settings, queries: Iterable[PlaceQuery], progress: Progress | None) -> int:
    keys = {decision_key(query) for query in queries}
    if not store.datasets():
        return 0
    resolver = resolver_for(chosen, store=store)
    return place_again(store, resolver, lambda query: decision_key(query) in keys, progress)
