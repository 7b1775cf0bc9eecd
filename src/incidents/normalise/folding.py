"""Text folded for the word search: small letters, no accents, one form of each Arabic letter, blanks between words."""

import re
import unicodedata

import pyarrow as pa

_ASCII = {
    **{i: " " for i in range(128) if not chr(i).isalnum()},
    **{ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    ord("'"): None,
    ord("`"): None,
}
_LETTERS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ـ": None, "\u200c": None, "\u200d": None,
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ə": "e",
        "’": None, "‘": None, "ʿ": None, "ʾ": None, "ʻ": None, "ʼ": None, "´": None, "'": None, "`": None, "ء": None,
    }
)  # fmt: skip
_NOT_WORDS = re.compile(r"[\W_]+", re.UNICODE)


def fold_words(text: str) -> str:
    """Such as "Jaish al-‘Adl, Chābahār" -> "jaish al adl chabahar". Words of a filter are folded by the same rule."""
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())
    return " ".join(text.translate(_FOLDED).split())


class _Folded(dict[int, str]):
    """Each character folded when it is first met."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code).casefold().translate(_LETTERS))
        kept = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
        digits = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in kept)
        self[code] = _NOT_WORDS.sub(" ", digits)
        return self[code]


_FOLDED = _Folded()


def fold_column(texts: pa.Array) -> pa.Array:
    """Every text folded, nulls kept; each distinct text once where many are equal."""
    encoded = texts.dictionary_encode()
    if len(encoded.dictionary) < 0.7 * len(texts):
        folded = pa.array([fold_words(text) for text in encoded.dictionary.to_pylist()], pa.string())
        return folded.take(encoded.indices)
    return pa.array([None if text is None else fold_words(text) for text in texts.to_pylist()], pa.string())
