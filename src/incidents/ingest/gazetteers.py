"""The user's own gazetteers in a store: added, taken out, and the incidents of their names placed again."""

from incidents.ingest.own_places import own_gazetteers
from incidents.ingest.places import resolver_for
from incidents.ingest.progress import Progress
from incidents.ingest.replacing import place_again
from incidents.model.errors import IncidentsError
from incidents.model.place import PlaceQuery
from incidents.model.settings import Settings
from incidents.places.names import compact, fold, sound
from incidents.places.own_gazetteer import OwnGazetteer
from incidents.places.words import read_place
from incidents.store import Store


def add_gazetteer(store: Store, chosen: Settings, gazetteer: OwnGazetteer, progress: Progress | None = None) -> int:
    """Keeps it under its file's name, in the place of an earlier one; returns how many incidents changed."""
    earlier = [known for known in own_gazetteers(store) if known.file == gazetteer.file]
    store.keep_gazetteer(gazetteer.file, gazetteer.to_text())
    return _apply(store, chosen, [gazetteer, *earlier], progress)


def remove_gazetteer(store: Store, chosen: Settings, name: str, progress: Progress | None = None) -> int:
    """Its places are no candidates any more; returns how many incidents changed."""
    known = {gazetteer.file: gazetteer for gazetteer in own_gazetteers(store)}
    if name not in known:
        raise IncidentsError(f'"{name}": no gazetteer of yours has that name; there are: {", ".join(known) or "none"}.')
    store.delete_gazetteer(name)
    return _apply(store, chosen, [known[name]], progress)


def _apply(store: Store, chosen: Settings, gazetteers: list[OwnGazetteer], progress: Progress | None) -> int:
    if not store.datasets():
        return 0
    keys = {key for gazetteer in gazetteers for place in gazetteer.places for key in _keys(fold(place.name))}

    def is_touched(query: PlaceQuery) -> bool:
        named = [text for text in (query.name, query.admin2) if text]
        words = [name for text in named for read in (read_place(text),) for name in (*read.names, *(read.ends or ()))]
        return any(not keys.isdisjoint(_keys(word)) for word in words)

    return place_again(store, resolver_for(chosen, store=store), is_touched, progress)


def _keys(folded: str) -> set[str]:
    return {compact(folded), sound(folded)}
