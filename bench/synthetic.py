"""Synthetic incidents of any number, with the skew of a real file; each says of itself that it is synthetic.

python bench/synthetic.py --rows 3500000 --from events.csv.gz -o synthetic_3500000.csv.gz
"""

import argparse
import gzip
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from numpy.typing import NDArray

SEED = 20240404
CHUNK = 100_000  # rows drawn at a time; part of what a seed means
STATEMENT = ("Synthetic row ", ", not a real incident: ")  # around the row's number
SOURCE = "synthetic"
NOTES_LEAST = 150
NOTES_MOST = 450
POOL = 20_000  # different notes, before the row's own number is put in front
DATE_JITTER_DAYS = 15
COORDINATE_JITTER = 0.02  # degrees, about 2 km
JITTERED = 0.5  # the other half keeps its point: real files pile incidents up on one coordinate

_WORDS = """
the a of in on at by near and to from with said were was district road police army patrol convoy village
residents officials reported injured killed attack armed men fired vehicle checkpoint bomb exploded market
mosque school bridge river hospital several dozens people civilians soldiers insurgents group claimed
responsibility denied statement morning evening night according local news agency unknown gunmen motorcycle
highway border province security forces operation raid seized weapons mortar shelling airstrike clash ambush
roadside device house compound family children women elders tribal leader commander withdrew pursued arrested
released kidnapped body found outskirts north south east west centre suburb crossing post barracks
""".split()  # noqa: SIM905 - a hundred words read better as text


def notes_pool(size: int = POOL, seed: int = SEED) -> pa.Array:
    """Different texts of plain words, common words far more often than rare ones, as in real notes."""
    draws = np.random.default_rng([seed, size])
    weights = 1.0 / np.arange(1, len(_WORDS) + 1)
    lengths = draws.integers(NOTES_LEAST, NOTES_MOST, size)
    words = np.asarray(_WORDS, dtype=object)[draws.choice(len(_WORDS), size * 90, p=weights / weights.sum())].reshape(
        size, 90
    )
    return pa.array([_cut(" ".join(row), int(length)) for row, length in zip(words, lengths, strict=True)], pa.string())


def _cut(text: str, length: int) -> str:
    """At a blank, at `length` characters or just after."""
    end = text.find(" ", length)
    return text if end < 0 else text[:end]


def draws_of(
    rows: int, base_rows: int, seed: int = SEED
) -> Iterator[tuple[int, NDArray[np.int64], np.random.Generator]]:
    """(rows before this chunk, the base row of each row, further randomness); every chunk depends on the seed and its number alone."""
    for number, start in enumerate(range(0, rows, CHUNK)):
        draws = np.random.default_rng([seed, number])
        yield start, draws.integers(0, base_rows, min(CHUNK, rows - start)), draws


def resampled(base: pa.Table, rows: int, seed: int = SEED) -> Iterator[pa.Table]:
    """Tables in the columns of `base`, a file of text cells with event_id, date, latitude, longitude, notes and source_dataset."""
    pool = notes_pool(seed=seed)
    days = _days(base["date"])
    latitude, longitude = _numbers(base["latitude"]), _numbers(base["longitude"])
    for start, chosen, draws in draws_of(rows, base.num_rows, seed):
        north, east = coordinate_jitter(draws, len(chosen))
        numbers = pc.cast(pa.array(np.arange(start + 1, start + 1 + len(chosen))), pa.string())
        changed = {
            "event_id": pc.binary_join_element_wise("SYN", numbers, ""),
            "date": pc.strftime(pa.array(jittered_days(days[chosen], draws)), format="%Y-%m-%d"),
            "latitude": _degrees(latitude[chosen] + north),
            "longitude": _degrees(longitude[chosen] + east),
            "notes": notes(numbers, pool, draws),
            "source_dataset": pa.repeat(SOURCE, len(chosen)),
        }
        taken = base.take(pa.array(chosen))
        yield pa.table([changed.get(name, taken[name]) for name in base.column_names], names=base.column_names)


def notes(numbers: pa.Array, pool: pa.Array, draws: np.random.Generator) -> pa.Array:
    before, after = STATEMENT
    texts = pool.take(pa.array(draws.integers(0, len(pool), len(numbers))))
    return pc.binary_join_element_wise(before, numbers, after, texts, "")


def jittered_days(days: NDArray[np.datetime64], draws: np.random.Generator) -> NDArray[np.datetime64]:
    moved: NDArray[np.datetime64] = days + draws.integers(-DATE_JITTER_DAYS, DATE_JITTER_DAYS + 1, len(days)).astype(
        "timedelta64[D]"
    )
    return moved


def coordinate_jitter(draws: np.random.Generator, rows: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    moved = draws.random(rows) < JITTERED
    north, east = draws.normal(0.0, COORDINATE_JITTER, (2, rows))
    return np.where(moved, north, 0.0), np.where(moved, east, 0.0)


def read_base(path: Path) -> pa.Table:
    """The real file, every cell as text; rows without a date are left out, since the skew of the others is what is kept."""
    names = pa_csv.open_csv(path, parse_options=_parse()).schema.names
    table = pa_csv.read_csv(
        path,
        parse_options=_parse(),
        convert_options=pa_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
    return table.filter(pc.greater_equal(pc.utf8_length(table["date"]), 10)).combine_chunks()


def _parse() -> pa_csv.ParseOptions:
    return pa_csv.ParseOptions(newlines_in_values=True)


def write_csv(
    path: Path, base: pa.Table, rows: int, seed: int = SEED, progress: Callable[[int], None] | None = None
) -> Path:
    """Writes `rows` synthetic incidents, gzipped where the name ends in .gz; under a temporary name until it is whole."""
    if "synthetic" not in path.name:
        raise ValueError(f"{path.name}: a file of synthetic incidents must say so in its name.")
    part = path.with_name(path.name + ".part")
    with _opened(part, is_zipped=path.suffix == ".gz") as sink, pa_csv.CSVWriter(sink, base.schema) as writer:
        done = 0
        for table in resampled(base, rows, seed):
            writer.write_table(table)
            done += table.num_rows
            if progress:
                progress(done)
    shutil.move(part, path)
    return path


@contextmanager
def _opened(path: Path, *, is_zipped: bool) -> Iterator[IO[bytes]]:
    with path.open("wb") as file:
        if not is_zipped:
            yield file
            return
        # mtime 0: the same rows are the same bytes. Level 1: the file is read once or twice.
        with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=1, mtime=0) as zipped:
            yield cast(IO[bytes], zipped)


def _days(texts: pa.ChunkedArray) -> NDArray[np.datetime64]:
    parsed = pc.strptime(pc.utf8_slice_codeunits(texts, 0, 10), format="%Y-%m-%d", unit="s", error_is_null=True)
    days: NDArray[np.datetime64] = parsed.to_numpy().astype("datetime64[D]")
    known = ~np.isnat(days)
    if not known.any():
        raise ValueError("the base file has no date that can be read")
    return np.where(known, days, days[known][0])


def _numbers(texts: pa.ChunkedArray) -> NDArray[np.float64]:
    empty = pc.equal(texts, "")
    numbers: NDArray[np.float64] = pc.cast(pc.if_else(empty, None, texts), pa.float64()).to_numpy()
    return numbers


def _degrees(numbers: NDArray[np.float64]) -> pa.Array:
    known = pa.array(numbers, from_pandas=True)
    return pc.fill_null(pc.cast(pc.round(known, 6), pa.string()), "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--from", dest="base", type=Path, required=True, help="the real file whose skew is kept")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    write_csv(options.output, read_base(options.base), options.rows, options.seed)
    print(f"{options.output}: {options.rows:,} synthetic incidents, {options.output.stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
