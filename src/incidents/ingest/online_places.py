"""Online look-ups for places of a dataset that the gazetteer does not settle, when a person asks for them."""

from collections import Counter

from incidents.ingest.decisions import decide
from incidents.ingest.own_places import looked_up
from incidents.ingest.places import resolver_for
from incidents.ingest.progress import Progress
from incidents.model.place import PlaceQuery
from incidents.model.settings import Settings
from incidents.places.online import Online, online_settings
from incidents.places.online_settling import Settled, settle_online
from incidents.store import Store

UNSETTLED = ("ambiguous", "fallback", "not_found")


def online(chosen: Settings) -> Online:
    """The geocoder that the environment names; making it sends nothing."""
    return Online(online_settings(), chosen.index_folder)


def unsettled(store: Store, chosen: Settings, dataset_id: str) -> list[PlaceQuery]:
    """Named places of a dataset that are known only to a wider area, or not at all; those of most incidents first."""
    resolver = resolver_for(chosen, store=store)
    counts = Counter({query: n for each, query, n in looked_up(store.reader()) if each == dataset_id and query.name})
    return [query for query, _ in counts.most_common() if resolver.resolve(query).status in UNSETTLED]


def place_online(
    store: Store, chosen: Settings, dataset_id: str, most: int, progress: Progress | None = None
) -> tuple[Settled, int]:
    """At most so many look-ups; single answers are kept as decisions that nobody has confirmed. Also how many incidents changed."""
    settled = settle_online(online(chosen), unsettled(store, chosen, dataset_id), most)
    changed = decide(store, chosen, settled.places, progress) if settled.places else 0
    return settled, changed
