"""Synthetic incidents straight into a store, drawn from the incidents of a real dataset that was imported before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bench.synthetic import NOTES_MOST, SEED, SOURCE, coordinate_jitter, draws_of, jittered_days, notes, notes_pool
from incidents.model.dataset import Dataset
from incidents.model.mercator import project
from incidents.model.schema import INCIDENTS
from incidents.store import Store

NOT_DRAWN = ("extra", "geo_match")  # the base file's own cells, which the drawn row does not have


def write_store(
    store: Store,
    source: Store,
    base: Dataset,
    rows: int,
    seed: int = SEED,
    progress: Callable[[int], None] | None = None,
) -> Dataset:
    """Adds a dataset of `rows` synthetic incidents to `store`; places and figures as the base has them, dates and points jittered."""
    dataset_id = f"synthetic-{rows}"
    drawn = _base(source, base)
    days, ends = _days(drawn["event_date"]), _days(drawn["event_date_end"])
    latitude, longitude = (
        drawn[name].to_numpy(zero_copy_only=False).astype(np.float64) for name in ("latitude", "longitude")
    )
    pool = notes_pool(seed=seed)
    first, last, done, unlocated = days.max(), days.min(), 0, 0
    with store.new_dataset(dataset_id) as writer:
        for start, chosen, draws in draws_of(rows, drawn.num_rows, seed):
            north, east = coordinate_jitter(draws, len(chosen))
            numbers = np.arange(start + 1, start + 1 + len(chosen))
            written = jittered_days(days[chosen], draws)
            texts = notes(pc.cast(pa.array(numbers), pa.string()), pool, draws)
            x, y = project(latitude[chosen] + north, longitude[chosen] + east)
            taken = drawn.take(pa.array(chosen))
            changed = {
                "incident_id": pc.binary_join_element_wise(
                    f"{dataset_id}-", pc.cast(pa.array(numbers), pa.string()), ""
                ),
                "dataset_id": pa.repeat(dataset_id, len(chosen)),
                "source_id": pc.binary_join_element_wise("SYN", pc.cast(pa.array(numbers), pa.string()), ""),
                "event_date": pa.array(written),
                "event_date_end": pa.array(written + (ends - days)[chosen]),
                "latitude": pa.array(latitude[chosen] + north, from_pandas=True),
                "longitude": pa.array(longitude[chosen] + east, from_pandas=True),
                "n_sites": pa.array(np.ones(len(chosen), dtype=np.int16)),
                "source": pa.repeat(SOURCE, len(chosen)),
                "notes": texts,
                "source_row": pa.array(numbers + 1),
                "merc_x": pa.array(x.astype(np.int32), mask=x < 0),
                "merc_y": pa.array(y.astype(np.int32), mask=y < 0),
                # the notes are lower-case ASCII but for their first letter: folding them is lowering them
                "folded": pc.binary_join_element_wise(pc.fill_null(taken["folded"], ""), pc.utf8_lower(texts), " "),
                **{name: pa.nulls(len(chosen), INCIDENTS.field(name).type) for name in NOT_DRAWN},
            }
            writer.add(
                pa.table([changed.get(name, taken[name]) for name in INCIDENTS.names], names=INCIDENTS.names).cast(
                    INCIDENTS
                )
            )
            first, last = min(first, written.min()), max(last, written.max())
            done, unlocated = done + len(chosen), unlocated + int((x < 0).sum())
            if progress:
                progress(done)
        dataset = replace(
            base,
            dataset_id=dataset_id,
            name=f"synthetic incidents ({rows:,})",
            file=f"synthetic_{rows}.csv.gz",
            sha256=dataset_id,
            read=rows, kept=rows, rejected=0, repaired=0, duplicates=0, incidents=rows,
            places={"unlocated": unlocated, "ambiguous": 0},
            attribution="Synthetic: made for measurements, not real incidents.",
            imported_at=datetime.now(UTC),
            first_date=str(first), last_date=str(last), columns=(), has_sites=False,
        )  # fmt: skip
        writer.commit(dataset)
    return dataset


def _base(source: Store, base: Dataset) -> pa.Table:
    """The base's incidents; their folded text cut, so that one long report does not come back a thousand times."""
    table = pa.Table.from_batches(list(source.rows(base.dataset_id, "incidents"))).cast(INCIDENTS)
    short = pc.utf8_slice_codeunits(table["folded"], 0, NOTES_MOST)
    return table.set_column(INCIDENTS.get_field_index("folded"), INCIDENTS.field("folded"), short).combine_chunks()


def _days(column: pa.ChunkedArray) -> NDArray[np.datetime64]:
    return np.asarray(column.to_numpy()).astype("datetime64[D]")
