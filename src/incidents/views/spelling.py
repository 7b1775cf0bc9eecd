"""Spelling: values as a person types them, settled against the spellings in the data."""

from incidents.model.errors import NoSuchDataset
from incidents.model.filters import ALL_DATASETS, IncidentFilter
from incidents.normalise.folding import fold_words
from incidents.queries.shape import PLACE_FIELDS
from incidents.store import Reader
from incidents.views.facets import facet

_EVERY_VALUE = 1_000_000


def settle(reader: Reader, typed: IncidentFilter) -> IncidentFilter:
    """Datasets by name or id; every other value by the data's spellings that fold to the same words, else as typed."""
    settled = typed.with_(dataset=_dataset_ids(reader, typed.dataset))
    everything = IncidentFilter(dataset=settled.dataset)
    for field in (*PLACE_FIELDS, "actor", "event_type"):
        values: tuple[str, ...] = getattr(typed, field)
        if values:
            known = [each.value for each in facet(reader, everything, field, _EVERY_VALUE)]
            settled = settled.with_(**{field: _as_spelled(values, known)})
    return settled


def _as_spelled(values: tuple[str, ...], known: list[str]) -> tuple[str, ...]:
    exact = frozenset(known)
    folded: dict[str, list[str]] = {}
    if not exact.issuperset(values):
        for each in known:
            folded.setdefault(fold_words(each), []).append(each)
    found: list[str] = []
    for value in values:
        found += [value] if value in exact else folded.get(fold_words(value), [value])
    return tuple(dict.fromkeys(found))


def _dataset_ids(reader: Reader, names: tuple[str, ...]) -> tuple[str, ...]:
    """An unknown one stays, so that asking says which it is."""
    if names == ALL_DATASETS:
        return names
    by_name = {each.name: each.dataset_id for each in reversed(reader.datasets)}
    ids = {each.dataset_id for each in reader.datasets}
    return tuple(name if name in ids else by_name.get(name, name) for name in names)
