"""The XML of a workbook's small parts, and of its texts, a piece at a time."""

import re
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

from incidents.model.errors import UnusableFile

_PIECE = 1 << 20
_MOST = 60_000_000  # bytes of one row or one text


def local_name(tag: str) -> str:
    """Without the namespace, which differs between strict and transitional workbooks."""
    return tag.rpartition("}")[2]


def children(stream: IO[bytes], root: str, container: str, child: str, name: str) -> Iterator[ElementTree.Element]:
    """Elements `child` of `container` of the document `root` (container may be root itself), piece by piece; each
    yielded element holds some of them. Raises UnusableFile."""
    try:
        yield from _children(stream, root, container, child, name)
    except ElementTree.ParseError as problem:
        raise UnusableFile(f"{name}: the workbook is damaged or cut off ({problem}).") from problem


def _children(stream: IO[bytes], root: str, container: str, child: str, name: str) -> Iterator[ElementTree.Element]:
    buffer = stream.read(_PIECE)
    if b"<!DOCTYPE" in buffer[:2_000] or b"\0" in buffer[:100]:
        raise UnusableFile(f"{name}: the workbook is not as Excel writes it; save it again as XLSX or CSV.")
    opening = re.search(rb"<((?:\w+:)?)" + root.encode() + rb"\b[^>]*>", buffer)
    if opening is None:
        raise UnusableFile(f"{name}: the workbook is damaged; it has no {root}.")
    prefix = opening[1]
    started = re.compile(rb"<" + prefix + container.encode() + rb"\b[^>]*>")
    while (start := started.search(buffer)) is None:
        more = stream.read(_PIECE)
        if not more or len(buffer) > _MOST:
            return
        buffer += more
    if start[0].endswith(b"/>"):
        return
    head, tail = opening[0], b"</" + prefix + root.encode() + b">"
    last, end = b"</" + prefix + child.encode() + b">", b"</" + prefix + container.encode() + b">"
    buffer = buffer[start.end() :]
    while True:
        ended = buffer.find(end)
        cut = ended if ended >= 0 else buffer.rfind(last) + len(last)
        if ended >= 0 or cut >= len(last):
            yield ElementTree.fromstring(head + buffer[:cut] + tail)
            buffer = buffer[cut:]
        if ended >= 0:
            return
        more = stream.read(_PIECE)
        if not more:
            raise UnusableFile(f"{name}: the workbook is cut off.")
        if len(buffer) > _MOST:
            raise UnusableFile(f"{name}: one row of the workbook has more than {_MOST:,} bytes.")
        buffer += more


def whole(stream: IO[bytes], name: str) -> ElementTree.Element:
    """A small part."""
    content = stream.read()
    if b"<!DOCTYPE" in content[:2_000]:
        raise UnusableFile(f"{name}: the workbook is not as Excel writes it; save it again as XLSX or CSV.")
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError as problem:
        raise UnusableFile(f"{name}: the workbook is damaged ({problem}).") from problem
