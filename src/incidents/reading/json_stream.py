"""The records of a JSON document, one after another: a gigabyte of JSON is never in memory as a whole."""

import json
import re
from collections.abc import Generator, Iterator
from typing import IO

from incidents.model.errors import UnusableFile
from incidents.reading import limits

_PIECE = 1 << 20
_BLANK = re.compile(r"[\s\ufeff\x1e]*")
_WRAPPERS = frozenset(("result", "results", "response", "body", "payload", "data", "d", "value"))
_ABOUT = frozenset(("fields", "columns", "schema", "links", "meta", "metadata", "crs", "bbox", "warnings", "errors"))
_TAIL = 6  # characters: a fault so near the end of what was read may be a cut number, word or escape
CUT_OFF = "the record is cut off"

Record = tuple[int, object | None, str]
"""(number of the record, its value, the text of one that cannot be read)"""


class JsonStream:
    """Numbers come as they are written, as text: 25.30 stays 25.30."""

    def __init__(self, stream: IO[str], name: str) -> None:
        self.stream, self.name = stream, name
        self.buffer, self.at = "", 0
        self.passed = 0  # lines before the buffer
        self.is_over = False
        self.decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=lambda word: None, strict=False)

    def records(self) -> Iterator[Record]:
        """Elements of the list that holds the records; a single object is one record. Raises UnusableFile."""
        first = self._next()
        if first == "[":
            yield from self._elements()
        elif first == "{":
            at = (self.buffer, self.at)
            found = yield from self._of_object(0)
            if not found:
                self.buffer, self.at = at
                yield 1, self._value(), ""
        else:
            raise self._malformed()

    def _of_object(self, depth: int) -> Generator[Record, None, bool]:
        """Yields the elements of the first list of records in the object that begins here; returns whether there is one."""
        self.at += 1
        while (mark := self._next()) != "}":
            if mark == ",":
                self.at += 1
                continue
            if mark != '"':
                raise self._malformed()
            key = str(self._value())
            if self._next() != ":":
                raise self._malformed()
            self.at += 1
            value = self._next()
            if value == "[" and key not in _ABOUT and self._after_bracket() in "{[":
                yield from self._elements()
                return True
            if value == "{" and key in _WRAPPERS and depth < 3:
                found = yield from self._of_object(depth + 1)
                if found:
                    return True
                continue
            self._value()
        self.at += 1
        return False

    def _elements(self) -> Iterator[Record]:
        self.at += 1
        number = 0
        while True:
            mark = self._next()
            if mark == "]":
                return
            if mark == ",":
                self.at += 1
                continue
            if mark == "":
                yield number + 1, None, ""
                return
            number += 1
            start = self.at
            try:
                value = self._value()
            except UnusableFile:
                if number > 1 and self.is_over and self._is_incomplete(start):
                    yield number, None, self.buffer[start : start + limits.RAW_CHARACTERS]
                    return
                raise
            yield number, value, ""

    def _is_incomplete(self, start: int) -> bool:
        try:
            self.decoder.raw_decode(self.buffer, start)
        except json.JSONDecodeError as problem:
            return problem.msg.startswith("Unterminated") or problem.pos >= len(self.buffer) - _TAIL
        except RecursionError:
            return False
        return False

    def _value(self) -> object:
        """The value that begins here."""
        self._forget()
        while True:
            try:
                value, self.at = self.decoder.raw_decode(self.buffer, self.at)
            except json.JSONDecodeError as problem:
                is_open = problem.msg.startswith("Unterminated") or problem.pos >= len(self.buffer) - _TAIL
                if self.is_over or not is_open:
                    raise self._malformed(problem.pos) from problem
            except RecursionError as problem:
                raise UnusableFile(f"{self.name}: its JSON is nested too deeply.") from problem
            else:
                return value
            if len(self.buffer) - self.at > limits.RECORD_CHARACTERS:
                raise UnusableFile(
                    f"{self.name}: one JSON record has more than {limits.RECORD_CHARACTERS:,} characters, "
                    f"from line {self._line(self.at)} on."
                )
            self._more(max(_PIECE, len(self.buffer) - self.at))

    def _next(self) -> str:
        """The next character that is no blank; "" at the end."""
        while True:
            found = _BLANK.match(self.buffer, self.at)
            assert found is not None
            self.at = found.end()
            if self.at < len(self.buffer):
                return self.buffer[self.at]
            if self.is_over:
                return ""
            self._forget()
            self._more(_PIECE)

    def _after_bracket(self) -> str:
        bracket = self.at
        self.at += 1
        mark = self._next_kept()
        self.at = bracket
        return mark or "x"

    def _next_kept(self) -> str:
        while True:
            found = _BLANK.match(self.buffer, self.at)
            assert found is not None
            if found.end() < len(self.buffer):
                return self.buffer[found.end()]
            if self.is_over:
                return ""
            self._more(_PIECE)

    def _forget(self) -> None:
        if self.at > _PIECE:
            self.passed += self.buffer.count("\n", 0, self.at)
            self.buffer, self.at = self.buffer[self.at :], 0

    def _more(self, size: int) -> None:
        piece = self.stream.read(size)
        self.is_over = not piece
        self.buffer += piece

    def _line(self, at: int) -> int:
        return self.passed + self.buffer.count("\n", 0, at) + 1

    def _malformed(self, at: int | None = None) -> UnusableFile:
        return UnusableFile(f"{self.name} is not valid JSON near line {self._line(self.at if at is None else at)}.")


def line_records(stream: IO[str], name: str) -> Iterator[Record]:
    """JSON Lines: a record a line; a line that cannot be read is a record without a value."""
    decode = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=lambda word: None, strict=False).decode
    for number, line in enumerate(stream, 1):
        text = line.strip(" \t\r\n\ufeff\x1e\0")
        if not text:
            continue
        try:
            yield number, decode(text), ""
        except (json.JSONDecodeError, RecursionError):
            yield number, None, text[: limits.RAW_CHARACTERS]


def are_lines(stream: IO[str]) -> bool:
    """Whether the first two lines are each an object of their own."""
    objects = 0
    for _ in range(20):
        line = stream.readline(limits.RECORD_CHARACTERS).strip(" \t\r\n\ufeff\x1e\0")
        if not line:
            continue
        if not line.startswith("{") or not line.endswith("}"):
            return False
        try:
            json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            return objects > 0
        objects += 1
        if objects == 2:
            return True
    return False
