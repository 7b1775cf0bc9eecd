"""Kept answers: a function's newest results, by its arguments.

Streamlit's own cache reads every argument through to make a key, some milliseconds each time; ours are frozen and can be
hashed as they are.
"""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")


def kept(entries: int) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """The first argument is no part of the key, all others are hashable and come by position. Who asks for what is being
    worked out waits for it; a fault is told to all who wait, and not kept.
    """

    def keep(function: Callable[_P, _R]) -> Callable[_P, _R]:
        answers: OrderedDict[Any, Future[_R]] = OrderedDict()
        lock = Lock()

        @wraps(function)
        def answer(*arguments: _P.args, **named: _P.kwargs) -> _R:
            if named:
                raise TypeError(f"{function.__name__}: arguments come by position.")
            key = arguments[1:]
            with lock:
                found = answers.get(key)
                if found is not None:
                    answers.move_to_end(key)
                else:
                    mine = answers[key] = Future()
                    while len(answers) > entries:
                        answers.popitem(last=False)
            if found is not None:
                return found.result()
            try:
                mine.set_result(function(*arguments, **named))
            except BaseException as fault:
                with lock:
                    if answers.get(key) is mine:
                        del answers[key]
                mine.set_exception(fault)
                raise
            return mine.result()

        return answer

    return keep
