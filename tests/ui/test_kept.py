"""Answers are kept by what was asked, each is worked out once, and faults are not kept."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from incidents.ui.kept import kept


def test_the_first_argument_is_no_part_of_the_question() -> None:
    asked = []
    answer = kept(2)(lambda reader, number: asked.append(number) or number)
    assert [answer("a", 1), answer("b", 1)] == [1, 1]
    assert asked == [1]


def test_the_oldest_answer_goes_first() -> None:
    asked = []
    answer = kept(2)(lambda reader, number: asked.append(number))
    for number in (1, 2, 1, 3, 1, 2):
        answer(None, number)
    assert asked == [1, 2, 3, 2]


def test_who_asks_meanwhile_waits_for_the_same_answer() -> None:
    asked, begun, go_on = [], Event(), Event()

    @kept(2)
    def answer(reader: None, number: int) -> int:
        asked.append(number)
        begun.set()
        go_on.wait(10)
        return number

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(answer, None, 7)
        begun.wait(10)
        others = [pool.submit(answer, None, 7) for _ in range(3)]
        go_on.set()
        assert [each.result(10) for each in (first, *others)] == [7] * 4
    assert asked == [7]


def test_a_fault_is_told_and_not_kept() -> None:
    tries = []

    @kept(2)
    def answer(reader: None, number: int) -> int:
        tries.append(number)
        if len(tries) == 1:
            raise ValueError("once")
        return number

    with pytest.raises(ValueError, match="once"):
        answer(None, 5)
    assert answer(None, 5) == 5
