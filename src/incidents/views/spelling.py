"""Spelling: values as a person types them, settled against the spellings in the data."""

from collections.abc import Callable, Iterable

from incidents.model.errors import NoSuchDataset
from incidents.model.filters import ALL_DATASETS, IncidentFilter
from incidents.normalise.actors import actor_names
from incidents.normalise.folding import fold_words
from incidents.places.names import province_key
from incidents.queries.shape import PLACE_FIELDS
from incidents.store import Reader
from incidents.views.facets import facet

_EVERY_VALUE = 1_000_000


def settle(reader: Reader, typed: IncidentFilter) -> IncidentFilter:
    """Every value by the data's spellings of the same name, else as typed: it then finds nothing.

    Case, accents and scripts do not matter; an actor is found by any spelling of data/actors.csv, a province without
    its "province", "and" or "oblast". Datasets go by name or id; raises NoSuchDataset.
    """
    settled = typed.with_(dataset=_dataset_ids(reader, typed.dataset))
    everything = IncidentFilter(dataset=settled.dataset)
    for field in (*PLACE_FIELDS, "actor", "event_type"):
        values: tuple[str, ...] = getattr(typed, field)
        if values:
            known = [each.value for each in facet(reader, everything, field, _EVERY_VALUE)]
            key = province_key if field == "admin1" else fold_words
            settled = settled.with_(
                **{field: _as_spelled(values, known, key, _groups if field == "actor" else _itself)}
            )
    return settled


def _as_spelled(
    values: tuple[str, ...], known: list[str], key: Callable[[str], str], names: Callable[[str], Iterable[str]]
) -> tuple[str, ...]:
    exact = frozenset(known)
    folded: dict[str, list[str]] = {}
    if not exact.issuperset(values):
        for each in known:
            folded.setdefault(key(each), []).append(each)
    found: list[str] = []
    for value in values:
        others = [each for name in names(value) for each in folded.get(key(name), ())]
        found += [value] if value in exact else others or [value]
    return tuple(dict.fromkeys(found))


def _itself(value: str) -> tuple[str, ...]:
    return (value,)


def _groups(spelling: str) -> tuple[str, ...]:
    """Every group that a spelling may stand for: one name may be two groups of two countries."""
    names, folded = actor_names(), fold_words(spelling)
    of_a_country = (name for (alias, _), name in names.by_country.items() if alias == folded)
    return (spelling, names.anywhere.get(folded, spelling), *of_a_country)


def _dataset_ids(reader: Reader, names: tuple[str, ...]) -> tuple[str, ...]:
    if names == ALL_DATASETS:
        return names
    by_name = {each.name: each.dataset_id for each in reversed(reader.datasets)}
    ids = {each.dataset_id for each in reader.datasets}
    for name in names:
        if name not in ids and name not in by_name:
            known = ", ".join(by_name) or "none"
            raise NoSuchDataset(f"There is no dataset {name!r}; the store has {known}.")
    return tuple(dict.fromkeys(name if name in ids else by_name[name] for name in names))
