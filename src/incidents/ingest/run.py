"""One import: read, plan, normalise, place, store; or the same without storing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from incidents.ingest.attribution import attribution
from incidents.ingest.opened import Opened, open_file, remember
from incidents.ingest.places import Placed, Placer, resolver_for
from incidents.ingest.progress import Progress, silent
from incidents.ingest.report import Report, Tally, examples
from incidents.ingest.update import Comparison
from incidents.model.dataset import Dataset
from incidents.model.errors import AlreadyImported, UnusableFile
from incidents.model.schema import NOTES, REJECTED
from incidents.model.settings import settings
from incidents.normalise.rows import Batch, ImportOptions, ImportPlan, batches, plan
from incidents.reading.raw import RawTable
from incidents.store import Store

ROWS_PER_STEP = 50_000
"""After so many rows the progress is told, and whoever watches may stop the work."""

CELLS_PER_STEP = 5_000_000


def check(
    store: Store,
    path: Path,
    options: ImportOptions,
    *,
    name: str | None = None,
    file: str | None = None,
    update: str | None = None,
    progress: Progress | None = None,
) -> Report:
    """What an import would do; nothing is stored. Raises UnusableFile or Undecided as the import would."""
    tell = progress or silent
    replaced = store.find(update) if update else None
    return check_opened(store, open_file(store, path, options, tell, file=file), replaced, tell, name=name)


def check_opened(
    store: Store, opened: Opened, replaced: Dataset | None, tell: Progress, *, name: str | None = None
) -> Report:
    """The same of a file that is read."""
    raw, planned = opened.raw, plan(opened.raw, opened.options)
    tally, rejected = Tally(), []
    compared = _compared(store, planned, replaced)
    for batch, placed in _placed(store, raw, planned, _dataset_id(raw), tell):
        tally.add(placed.incidents, placed.sites, batch.rejected, placed.notes, placed.ambiguous)
        rejected.append(batch.rejected)
        if compared:
            compared.add(placed.incidents, placed.sites)
    _usable(raw, tally)
    report = _report(None, name, opened, planned, tally, compared)
    return replace(report, rejected_rows=pa.concat_tables(rejected) if rejected else REJECTED.empty_table())


def import_file(
    store: Store,
    path: Path,
    options: ImportOptions,
    *,
    name: str | None = None,
    file: str | None = None,
    update: str | None = None,
    progress: Progress | None = None,
    is_sample: bool = False,
) -> Report:
    """The file's rows as a dataset of the store: all of them or, where anything fails, none.

    `file` is the name to show where the file lies under another. An `update` takes the place of a dataset and, without a
    `name`, its name. A mapping among the options is remembered for the next file with this header.
    """
    tell = progress or silent
    replaced = store.find(update) if update else None
    opened = open_file(store, path, options, tell, file=file)
    raw = opened.raw
    if known := same_file(store, raw):
        raise AlreadyImported(
            f"{raw.name}: the same file is in the store already, as {known.name} ({known.dataset_id})."
        )
    planned, dataset_id = plan(raw, opened.options), _dataset_id(raw)
    tally = Tally()
    compared = _compared(store, planned, replaced)
    with store.new_dataset(dataset_id) as writer:
        for batch, placed in _placed(store, raw, planned, dataset_id, tell):
            tally.add(placed.incidents, placed.sites, batch.rejected, placed.notes, placed.ambiguous)
            tally.kept_columns.update(dict.fromkeys(batch.kept_columns))
            writer.add(placed.incidents, placed.sites, batch.rejected, placed.notes)
            if compared:
                compared.add(placed.incidents, placed.sites)
        _usable(raw, tally)
        report = _report(dataset_id, name or (replaced.name if replaced else None), opened, planned, tally, compared)
        dataset = _dataset(report, raw.sha256, planned, tally, replaced.dataset_id if replaced else None, is_sample)
        header, options = raw.columns, opened.options
        del opened, raw  # the file's rows need not be in memory while the writer sorts its own
        pa.default_memory_pool().release_unused()
        tell("storing", tally.incidents, tally.incidents)
        writer.commit(dataset)
    remember(store, header, options)
    return report


def same_file(store: Store, raw: RawTable) -> Dataset | None:
    """The dataset that was made from this very file."""
    return next((dataset for dataset in store.datasets() if dataset.sha256 == raw.sha256), None)


def _compared(store: Store, planned: ImportPlan, replaced: Dataset | None) -> Comparison | None:
    return Comparison(store, replaced, has_ids="source_id" in planned.layout.mapping) if replaced else None


def _dataset_id(raw: RawTable) -> str:
    return raw.sha256[:12]


def _placed(
    store: Store, raw: RawTable, planned: ImportPlan, dataset_id: str, tell: Progress
) -> Iterator[tuple[Batch, Placed]]:
    def building(share: float, stage: str) -> None:
        tell(f"building the place index, once: {stage}", round(100 * share), 100)

    resolver = resolver_for(settings(), building, store=store)
    placer = Placer(resolver)
    done = 0
    for batch in batches(
        raw,
        planned,
        dataset_id=dataset_id,
        rows=_rows_per_step(len(raw.columns)),
        is_place=lambda name, country: resolver.knows(name, None, country),
    ):
        placed = placer.place(batch)
        yield batch, placed
        done += len(batch.incidents) + len(batch.rejected)
        tell("placing", min(done, raw.read), raw.read)


def _rows_per_step(width: int) -> int:
    """Fewer of very wide rows: the file's own columns are in memory cell by cell."""
    return max(1_000, min(ROWS_PER_STEP, CELLS_PER_STEP // max(1, width)))


def _usable(raw: RawTable, tally: Tally) -> None:
    if tally.incidents == 0:
        commonest = ", ".join(f"{reason} ({count:,})" for reason, count in tally.reasons.most_common(3)) or "no rows"
        raise UnusableFile(f"{raw.name}: none of its {raw.read:,} rows can be kept: {commonest}.")


def _report(
    dataset_id: str | None,
    name: str | None,
    opened: Opened,
    planned: ImportPlan,
    tally: Tally,
    compared: Comparison | None,
) -> Report:
    raw = opened.raw
    return Report(
        dataset=dataset_id,
        name=name or raw.name,
        file=raw.name,
        layout=planned.layout.name,
        reason=planned.layout.reason,
        encoding=raw.encoding,
        delimiter=raw.delimiter,
        mapping=dict(planned.mapping_text),
        read=raw.read,
        kept=raw.read - tally.rejected,
        rejected=tally.rejected,
        repaired=tally.repaired,
        duplicates=planned.duplicates,
        incidents=tally.incidents,
        places=tally.places_in_order(),
        first_date=tally.first.isoformat() if tally.first else None,
        last_date=tally.last.isoformat() if tally.last else None,
        reasons=dict(tally.reasons.most_common()),
        sums=dict(tally.sums),
        totals=tally.totals(),
        rejected_examples=examples(tally.rejected_examples, REJECTED),
        note_examples=examples(tally.note_examples, NOTES),
        mapping_remembered=opened.is_remembered,
        changes=compared.changes() if compared else None,
    )


def _dataset(
    report: Report, sha256: str, planned: ImportPlan, tally: Tally, updates: str | None, is_sample: bool
) -> Dataset:
    layout = "sample" if is_sample else report.layout
    now = datetime.now(UTC)
    values: dict[str, Any] = {
        "dataset_id": report.dataset,
        "name": report.name,
        "file": report.file,
        "sha256": sha256,
        "layout": report.layout,
        "encoding": report.encoding,
        "delimiter": report.delimiter,
        "read": report.read,
        "kept": report.kept,
        "rejected": report.rejected,
        "repaired": report.repaired,
        "duplicates": report.duplicates,
        "incidents": report.incidents,
        "places": report.places,
        "attribution": attribution(layout, report.file, date(now.year, now.month, now.day)),
        "imported_at": now,
        "updates": updates,
        "is_sample": is_sample,
        "first_date": report.first_date,
        "last_date": report.last_date,
        "columns": tuple(dict.fromkeys((*planned.extra_columns, *tally.kept_columns))),
        "has_sites": tally.has_sites,
    }
    return Dataset(**values)
