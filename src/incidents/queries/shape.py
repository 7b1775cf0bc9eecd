"""The shape of a filter: which fields are set and how many values they have; and those values, by parameter name."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from incidents.model.dataset import Dataset
from incidents.model.errors import NoSuchDataset
from incidents.model.filters import ALL_DATASETS, Box, IncidentFilter, Near, Where
from incidents.model.schema import INCIDENTS

PLACE_FIELDS = ("country", "admin1", "admin2", "location")
EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


@dataclass(frozen=True, slots=True)
class Choice:
    """How many values a field may have, and whether the empty cell is one of them."""

    values: int = 0
    empty: bool = False

    def __bool__(self) -> bool:
        return self.values > 0 or self.empty


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """The `where` of one column: `number` counts the columns, `schema_column` is None for one of the file's own."""

    number: int
    schema_column: str | None
    included: Choice
    excluded: Choice


@dataclass(frozen=True, slots=True)
class BoxShape:
    """Whether a box is asked for, and whether it crosses the date line."""

    asked: bool = False
    crosses: bool = False

    def __bool__(self) -> bool:
        return self.asked


@dataclass(frozen=True, slots=True)
class FilterShape:
    start: bool = False
    end: bool = False
    country: Choice = Choice()
    admin1: Choice = Choice()
    admin2: Choice = Choice()
    location: Choice = Choice()
    near: BoxShape = BoxShape()
    bbox: BoxShape = BoxShape()
    actor: Choice = Choice()
    event_type: Choice = Choice()
    fatalities_least: bool = False
    fatalities_most: bool = False
    geo_precision: Choice = Choice()
    words: int = 0
    words_found_once: bool = False  # the engine is told which rows hold all words
    where: tuple[ColumnShape, ...] = ()
    leave_out_words: bool = False
    datasets: int = 0  # 0: every dataset of the store is chosen, nothing to test
    has_sites: bool = False

    @property
    def asks_for_a_place(self) -> bool:
        return any(getattr(self, name) for name in (*PLACE_FIELDS, "near", "bbox"))


def chosen_datasets(wanted: IncidentFilter, datasets: tuple[Dataset, ...]) -> tuple[Dataset, ...]:
    """Nothing named: the newest import alone. Raises NoSuchDataset for an id that is not in the store."""
    if wanted.dataset == ALL_DATASETS:
        return datasets
    if not wanted.dataset:
        return datasets[:1]
    known = {each.dataset_id for each in datasets}
    for dataset_id in wanted.dataset:
        if dataset_id not in known:
            raise NoSuchDataset(f'"{dataset_id}": no dataset has that id; it may have been deleted.')
    return tuple(each for each in datasets if each.dataset_id in wanted.dataset)


def shape_of(wanted: IncidentFilter, datasets: tuple[Dataset, ...]) -> FilterShape:
    chosen = chosen_datasets(wanted, datasets)
    return FilterShape(
        start=wanted.start is not None,
        end=wanted.end is not None,
        country=_choice(wanted.country),
        admin1=_choice(wanted.admin1),
        admin2=_choice(wanted.admin2),
        location=_choice(wanted.location),
        near=BoxShape(True, _crosses(around(wanted.near))) if wanted.near else BoxShape(),
        bbox=BoxShape(True, _crosses(wanted.bbox)) if wanted.bbox else BoxShape(),
        actor=_choice(wanted.actor),
        event_type=_choice(wanted.event_type),
        fatalities_least=wanted.fatalities_least is not None,
        fatalities_most=wanted.fatalities_most is not None,
        geo_precision=_choice(_located_precisions(wanted)),
        words=len(_words(wanted)),
        where=tuple(
            ColumnShape(
                number,
                column if column in INCIDENTS.names and column != "extra" else None,
                _choice(tuple(each.value for each in cells if each.include)),
                _choice(tuple(each.value for each in cells if not each.include)),
            )
            for number, (column, cells) in enumerate(_by_column(wanted.where).items())
        ),
        leave_out_words=wanted.leave_out_words,
        datasets=0 if len(chosen) == len(datasets) else len(_padded(tuple(each.dataset_id for each in chosen))),
        has_sites=any(each.has_sites for each in chosen),
    )


def values_of(wanted: IncidentFilter, datasets: tuple[Dataset, ...]) -> dict[str, object]:
    """The values of every parameter that a query of this filter's shape may have."""
    values: dict[str, object] = {
        "start": wanted.start,
        "end": wanted.end,
        "fatalities_least": wanted.fatalities_least,
        "fatalities_most": wanted.fatalities_most,
    }
    for name in (*PLACE_FIELDS, "actor", "event_type"):
        _number(values, name, getattr(wanted, name))
    _number(values, "geo_precision", _located_precisions(wanted))
    _number(values, "dataset", tuple(each.dataset_id for each in chosen_datasets(wanted, datasets)))
    _number(values, "word", tuple(_words(wanted)))
    for number, (column, cells) in enumerate(_by_column(wanted.where).items()):
        values[f"column_{number}"] = column
        _number(values, f"with_{number}", tuple(each.value for each in cells if each.include))
        _number(values, f"without_{number}", tuple(each.value for each in cells if not each.include))
    if wanted.bbox:
        values.update(_box("bbox", wanted.bbox))
    if wanted.near:
        values.update(_box("near", around(wanted.near)))
        values["near_latitude"] = math.radians(wanted.near.latitude)
        values["near_longitude"] = math.radians(wanted.near.longitude)
        values["near_limit"] = haversine_limit(wanted.near.km)
    return values


def around(near: Near) -> Box:
    """The box that encloses the circle, some metres wider; around a pole, all longitudes."""
    degrees = math.degrees(near.km / EARTH_RADIUS_KM) + 1e-4
    south, north = near.latitude - degrees, near.latitude + degrees
    if south <= -90.0 or north >= 90.0 or degrees >= 90.0:
        return Box(south, -180.0, north, 180.0)
    sine = math.sin(math.radians(degrees)) / math.cos(math.radians(near.latitude))
    width = math.degrees(math.asin(min(1.0, sine))) + 1e-4
    if width >= 180.0:
        return Box(south, -180.0, north, 180.0)
    return Box(south, _wrapped(near.longitude - width), north, _wrapped(near.longitude + width))


def haversine_limit(km: float) -> float:
    """The haversine of the angle, so that the engine need not take arc sines: sin^2(d / 2R)."""
    return math.sin(min(km / (2.0 * EARTH_RADIUS_KM), math.pi / 2.0)) ** 2


def _wrapped(longitude: float) -> float:
    return (longitude + 180.0) % 360.0 - 180.0


def _crosses(box: Box) -> bool:
    return box.west > box.east


def _choice(values: tuple[str, ...]) -> Choice:
    return Choice(len(_padded(values)), "" in values)


def _padded(values: tuple[str, ...]) -> tuple[str, ...]:
    """Without the empty cell, and with the last one again up to 1, 2, 4, 8 ...: so fewer shapes are compiled."""
    named = tuple(value for value in values if value != "")
    return named and named + named[-1:] * ((1 << (len(named) - 1).bit_length()) - len(named))


def _located_precisions(wanted: IncidentFilter) -> tuple[str, ...]:
    """ "unlocated" is the empty cell of the column."""
    return tuple("" if value == "unlocated" else value for value in wanted.geo_precision)


def _by_column(where: tuple[Where, ...]) -> Mapping[str, list[Where]]:
    columns: dict[str, list[Where]] = {}
    for each in where:
        columns.setdefault(each.column, []).append(each)
    return columns


def _number(values: dict[str, object], name: str, given: tuple[str, ...]) -> None:
    values.update({f"{name}_{number}": value for number, value in enumerate(_padded(given))})


def _box(name: str, box: Box) -> dict[str, object]:
    return {f"{name}_south": box.south, f"{name}_west": box.west, f"{name}_north": box.north, f"{name}_east": box.east}


def _words(wanted: IncidentFilter) -> list[str]:
    if not wanted.words.strip():
        return []
    from incidents.normalise.folding import fold_words

    return fold_words(wanted.words).split()
