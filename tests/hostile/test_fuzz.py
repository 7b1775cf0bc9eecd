"""Damaged files: stored in whole rows, asked about, or refused with one sentence; never a fault, a hang or a change of the store."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.hostile.damage import damaged

from incidents.ingest import import_file
from incidents.model.errors import IncidentsError, Undecided
from incidents.normalise.options import ImportOptions
from incidents.store import Store, open_store

EACH = 10.0  # seconds of processor time
QUICK, BATCHES = 300, 6
SOAKED, SOAK_SECONDS = 10_000, 3_600.0
ANSWERS: dict[str, Any] = {"dates": "day-first", "country": "Iran"}


class Hang(BaseException):
    """No `except Exception` on the way may take it for something else."""


@contextmanager
def no_longer_than(seconds: float) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise Hang(f"more than {seconds:g} s of processor time")

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def check_sentence(problem: IncidentsError, name: str, folder: Path) -> None:
    assert is_one_sentence(str(problem), name, folder), str(problem)


def is_one_sentence(text: str, name: str, folder: Path) -> bool:
    """Names the file, ends as a sentence, and tells nothing of this machine. Joiners spell words of Persian and Hindi."""
    is_seen = text.translate({0x200C: None, 0x200D: None}).isprintable()
    return name in text and text.endswith((".", ".)")) and is_seen and str(folder) not in text and "Traceback" not in text  # fmt: skip


def answered(options: ImportOptions, question: Undecided) -> ImportOptions:
    """The options with an answer; the same where there is none to give."""
    if question.question == "sheet" and question.choices and options.sheet is None:
        return replace(options, sheet=question.choices[0])
    if question.question in ANSWERS:
        return replace(options, **{question.question: ANSWERS[question.question]})
    return options


def content_of(store: Store) -> tuple[object, ...]:
    return store.version(), store.datasets(), store.mappings()


def import_damaged(store: Store, number: int, folder: Path) -> str:
    """What became of it; raises where anything else did."""
    name, content = damaged(number)
    path = folder / name
    path.write_bytes(content)
    options, before = ImportOptions(), content_of(store)
    try:
        with no_longer_than(EACH):
            for _ in range(4):
                try:
                    report = import_file(store, path, options)
                except Undecided as question:
                    check_sentence(question, name, folder)
                    if options == (options := answered(options, question)):
                        raise
                else:
                    break
    except IncidentsError as problem:
        check_sentence(problem, name, folder)
        assert content_of(store) == before
        return "asked" if isinstance(problem, Undecided) else "refused"
    finally:
        path.unlink()
    assert report.read == report.kept + report.rejected
    (dataset,) = store.datasets()
    assert (dataset.read, dataset.incidents) == (report.read, report.incidents)
    assert sum(map(len, store.rejected(dataset.dataset_id))) == report.rejected
    assert sum(map(len, store.rows(dataset.dataset_id, "incidents"))) == report.incidents
    store.delete(dataset.dataset_id)
    return "stored"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store")) as opened:
        yield opened


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_damaged_file_is_stored_asked_about_or_refused(batch: int, store: Store, tmp_path: Path) -> None:
    files_before = sorted((tmp_path / "store").rglob("*"))
    outcomes = set()
    for number in range(batch, QUICK, BATCHES):
        try:
            outcomes.add(import_damaged(store, number, tmp_path))
        except Exception as fault:
            raise AssertionError(f"damaged({number}): {fault!r}") from fault
    assert outcomes >= {"stored", "refused"}
    assert sorted((tmp_path / "store").rglob("*")) == files_before


@pytest.mark.soak
def test_ten_thousand_damaged_files(store: Store, tmp_path: Path) -> None:
    until = time.monotonic() + SOAK_SECONDS
    faults = []
    for number in range(QUICK, QUICK + SOAKED):
        assert time.monotonic() < until, f"only {number - QUICK:,} of {SOAKED:,} files in {SOAK_SECONDS:g} s"
        try:
            import_damaged(store, number, tmp_path)
        except (Exception, Hang) as fault:  # noqa: BLE001 - every number that fails is wanted
            faults.append(f"damaged({number}): {fault!r}")
            for dataset in store.datasets():
                store.delete(dataset.dataset_id)
    assert faults == []


def test_a_number_is_the_same_file_every_time() -> None:
    assert [damaged(number) for number in range(20)] == [damaged(number) for number in range(20)]


def test_a_hang_is_noticed() -> None:
    def busy() -> None:
        with no_longer_than(0.05):
            while True:
                pass

    with pytest.raises(Hang, match=r"more than 0\.05 s"):
        busy()


@pytest.mark.parametrize(
    "text", ["x.csv is bad", "x.csv is\nbad.", "/folder/x.csv is bad.", "Something is bad.", "x.csv \x1b[2J."]
)
def test_what_is_no_sentence_is_noticed(text: str) -> None:
    assert not is_one_sentence(text, "x.csv", Path("/folder"))
