"""Which encoding the bytes are in."""

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from typing import BinaryIO

from incidents.model.errors import UnusableFile
from incidents.reading import limits

STRAY = "\ufffd"
_CHUNK = 1 << 20
_HIGH_WORDS = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_ARABIC_1256 = re.compile(rb"[\xc0-\xd6\xd8-\xdf\xe1\xe3-\xe6\xec\xed\x81\x8d\x8e\x90\x98]{2,}")
_ODD_IN_WORDS = re.compile(
    r"[a-zà-ÿ][A-ZÀ-ÞŠŽŒŸ]|[ÒÓÔÕ]\b|[^\W\d_][^\w\s'’.,;:()\[\]\"“”‘–—…/&%-][^\W\d_]|[\ufffd\x80-\x9f]"
    r"|[^\W\d_][†‡‰ˆ˜•¤¢£¥§¨¬¯±µ¶¸¼½¾]|[^\W\d_][“”„][^\W\d_]|[–—]{2}"
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """`name` is a Python codec's; `may_hold_nul` tells whether NUL characters must be looked for."""

    name: str
    may_hold_nul: bool = False


def detect_encoding(stream: BinaryIO, name: str, longest_line: int = limits.LINE_BYTES) -> Encoding:
    """Reads the whole stream: one byte near the end can settle it."""
    sample = stream.read(limits.SAMPLE_BYTES)
    for mark, encoding in _BOMS:
        if sample.startswith(mark):
            return Encoding(encoding, may_hold_nul=True)
    without_mark = _utf16_without_mark(sample)
    if without_mark:
        return Encoding(without_mark, may_hold_nul=True)
    if _is_binary(sample):
        raise UnusableFile(f"{name} is not a table of text: it holds binary data.")
    seen = _count_utf8(sample, stream, name, longest_line)
    if not seen.invalid or seen.valid > 20 * seen.invalid:  # some broken bytes in UTF-8 are reported one by one
        return Encoding("utf-8", seen.has_nul)
    return Encoding(_single_byte(seen.words), seen.has_nul)


@dataclass(frozen=True, slots=True)
class _Seen:
    valid: int
    invalid: int
    words: list[bytes]
    has_nul: bool


def _utf16_without_mark(sample: bytes) -> str | None:
    if len(sample) < 4:
        return None
    even, odd = sample[0::2], sample[1::2]
    share_even, share_odd = even.count(0) / len(even), odd.count(0) / len(odd)
    if share_odd > 0.3 and share_even < 0.05:
        return "utf-16-le"
    if share_even > 0.3 and share_odd < 0.05:
        return "utf-16-be"
    return None


def _is_binary(sample: bytes) -> bool:
    control = sum(sample.count(code) for code in range(32) if code not in (9, 10, 12, 13, 0x1A))
    return control > 0.05 * len(sample)


def _count_utf8(sample: bytes, stream: BinaryIO, name: str, longest_line: int) -> _Seen:
    """Well-formed and broken sequences, and words with high bytes from where the breaks are."""
    valid = invalid = 0
    has_nul = False
    words: list[bytes] = []
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    part = sample
    line = 0  # bytes since the last line end
    while part:
        line = len(part) - part.rfind(b"\n") - 1 if b"\n" in part else line + len(part)
        if line > longest_line and b"\r" not in part:
            raise UnusableFile(f"{name} has a line of more than {longest_line:,} bytes; it is no table.")
        following = stream.read(_CHUNK)
        has_nul = has_nul or b"\0" in part
        text = decoder.decode(part, final=not following)
        if not text.isascii():
            broken = text.count(STRAY) - part.count(b"\xef\xbf\xbd")
            invalid += max(broken, 0)
            valid += len(text) - len(text.encode("ascii", "ignore")) - broken
            if broken > 0 and len(words) < 20_000:
                words.extend(_HIGH_WORDS.findall(part))
        part = following
    return _Seen(valid, invalid, words, has_nul)


def _single_byte(words: list[bytes]) -> str:
    """cp1256 where runs of Arabic letters prevail, else MacRoman or cp1252 by which reads with fewer oddities."""
    arabic = sum(1 for word in words if _ARABIC_1256.search(word) and not re.search(rb"[A-Za-z]{2}", word))
    if words and arabic > 0.6 * len(words):
        return "cp1256"
    counted = Counter(words).most_common(3_000)
    odd_windows = sum(_oddities(word.decode("cp1252", errors="replace")) * n for word, n in counted)
    odd_mac = sum(_oddities(word.decode("mac_roman", errors="replace")) * n for word, n in counted)
    return "mac_roman" if odd_mac < odd_windows else "cp1252"


def _oddities(word: str) -> int:
    return len(_ODD_IN_WORDS.findall(word))
