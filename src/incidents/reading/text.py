"""The characters of a file: decoded line by line, as often as needed."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from incidents.reading import limits
from incidents.reading.source import Source


@dataclass(slots=True)
class TextFile:
    """`nul_lines` counts the lines from which NUL characters were taken while reading."""

    source: Source
    encoding: str
    may_hold_nul: bool = True
    nul_lines: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.source.name

    def open(self) -> io.TextIOWrapper:
        """Lines end as they do in the file; broken bytes become U+FFFD."""
        return io.TextIOWrapper(self.source.open(), encoding=self.encoding, errors="replace", newline="")

    def sample(self) -> list[str]:
        """The first lines."""
        with self.open() as stream:
            lines: list[str] = []
            size = 0
            while size < limits.SAMPLE_BYTES and (line := stream.readline(limits.SAMPLE_BYTES)):
                lines.append(line.replace("\0", ""))
                size += len(line)
            return lines

    def clean(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines without NUL characters."""
        return self._without_nul(lines) if self.may_hold_nul else iter(lines)

    def _without_nul(self, lines: Iterable[str]) -> Iterator[str]:
        for number, line in enumerate(lines, 1):
            if "\0" in line:
                self.nul_lines.append(number)
                line = line.replace("\0", "")
            yield line

    def ends_with_newline(self) -> bool:
        last = ""
        with self.open() as stream:
            while part := stream.read(1 << 20):
                last = part[-1]
        return last in "\r\n"

    def raw_texts(self, spans: Iterable[tuple[int, int]]) -> Iterator[str]:
        """Text of the lines from first to last of each span (rising), cut at the limit for raw text.

        Spans may come one by one, while the texts are taken.
        """
        with self.open() as stream:
            lines: Iterator[str] = iter(stream)
            at = 0
            for first, last in spans:
                text = "".join(islice(lines, first - at - 1, last - at))
                at = last
                yield text.rstrip("\r\n")[: limits.RAW_CHARACTERS]
