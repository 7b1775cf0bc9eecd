"""Work beside the page: how far it is, how it ends, and what is said when it fails."""

import threading
import time

import pytest

from incidents.ingest.progress import Progress
from incidents.model.errors import StoreError, UnusableFile
from incidents.ui.import_job import Job, left


def ended(job: Job[int]) -> Job[int]:
    job.wait(10)
    assert not job.is_running
    return job


def test_what_the_work_returns_is_the_outcome() -> None:
    assert ended(Job(lambda tell: 7)).outcome == 7


def test_a_stop_takes_effect_at_the_next_step() -> None:
    begun = threading.Event()

    def work(tell: Progress) -> int:
        begun.set()
        while True:
            tell("placing", 1, 10)
            time.sleep(0.01)

    job = Job(work)
    begun.wait(10)
    job.cancel()
    assert ended(job).is_cancelled
    assert job.outcome is None


def test_a_refusal_is_its_sentence() -> None:
    def work(tell: Progress) -> int:
        raise UnusableFile("a.csv is empty.")

    assert ended(Job(work)).refusal == "a.csv is empty."


@pytest.mark.parametrize("error", [StoreError("/home/me/store: SELECT 1"), ZeroDivisionError("/home/me/x.py")])
def test_paths_and_queries_stay_in_the_log(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    def work(tell: Progress) -> int:
        raise error

    said = ended(Job(work)).refusal
    assert said
    assert "/home" not in said
    assert "/home/me" in caplog.text


def test_progress_names_the_stage_the_rows_and_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    told, go_on = threading.Event(), threading.Event()

    def work(tell: Progress) -> int:
        tell("placing", 0, 40_000)
        tell("placing", 10_000, 40_000)
        told.set()
        go_on.wait(10)
        return 1

    job = Job(work)
    told.wait(10)
    job._since -= 10.0
    assert job.progress() == (0.25, "Placing 10,000 of 40,000 rows, about 30 s left")
    go_on.set()
    ended(job)


@pytest.mark.parametrize(("seconds", "words"), [(0.2, "1 s"), (44.6, "45 s"), (89.0, "89 s"), (200.0, "3 min")])
def test_time_left_is_rounded(seconds: float, words: str) -> None:
    assert left(seconds) == words
