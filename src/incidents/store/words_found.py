"""Which rows of a data file hold a word: each word is looked for once, and every panel's query is told the rows.

A page asks eight queries of one filter, and at 3.5 million rows looking through their text takes half a second.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TypeAlias

import duckdb
import numpy as np
import numpy.typing as npt

ROWS = "rows_with_words"
"""The value that says which rows hold all words of the filter; queries test it by `HOLDS`."""

HOLDS = "row_is_among"
MOST_WORDS = 32  # kept; each takes an eighth of a byte for every row

_Bits: TypeAlias = npt.NDArray[np.uint8]
_DEFINITION = f"CREATE MACRO {HOLDS}(rows, number) AS get_bit(rows::BLOB::BIT, number::INT) = 1"
LAST_ROW = "SELECT coalesce(max(rowid), -1) + 1 FROM {}"
"""How many numbers the rows of a table take, those of deleted rows with them."""

_SEARCH = """SELECT bitstring_agg(rowid, 0, $last)::BLOB FROM incidents
WHERE contains(folded, $rare) AND contains(folded, $word)"""
_FREQUENT = "etaoinshrdlucmfwypvbgkjqxz"
"""Letters, the most frequent first. DuckDB stops at every occurrence of the first letter that it looks for."""

_SHORTEST = 2  # letters of the word's end that are looked for first


class WordsFound:
    """Of one reader. `scope` tells apart the tables that a cursor may call `incidents`."""

    def __init__(self, root: duckdb.DuckDBPyConnection) -> None:
        root.execute(_DEFINITION)
        self._searching = Lock()
        self._found: OrderedDict[tuple[str, str], _Bits] = OrderedDict()

    def rows(self, cursor: Callable[[], duckdb.DuckDBPyConnection], scope: str, words: list[str]) -> bytes:
        """One bit for each row number, set where the row holds every word."""
        found = [self._of(cursor, scope, word) for word in dict.fromkeys(words)]
        return bytes(np.bitwise_and.reduce(found).tobytes())

    def _of(self, cursor: Callable[[], duckdb.DuckDBPyConnection], scope: str, word: str) -> _Bits:
        with self._searching:  # one at a time: each takes every thread, and the others of this page want the same word
            if (known := self._found.get((scope, word))) is not None:
                self._found.move_to_end((scope, word))
                return known
            with cursor() as opened:
                count = opened.execute(LAST_ROW.format("incidents")).fetchall()[0][0]
                length = count // 8 + 1  # whole bytes: others would begin with bits that count for nothing
                values = {"word": word, "rare": rare_end(word), "last": 8 * length - 1}
                bits = opened.execute(_SEARCH, values).fetchall()[0][0] or bytes(length)
            self._found[scope, word] = np.frombuffer(bits, np.uint8)
            while len(self._found) > MOST_WORDS:
                self._found.popitem(last=False)
            return self._found[scope, word]


def rare_end(word: str) -> str:
    """The word from its rarest letter on: "taliban" -> "ban", which is found in half the time and is in every "taliban"."""
    starts = range(max(1, len(word) - _SHORTEST + 1))
    return word[max(starts, key=lambda start: _FREQUENT.find(word[start]) % (len(_FREQUENT) + 1)) :]
