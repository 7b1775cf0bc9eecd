"""Normal forms of place names: what two spellings of one name have in common."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

# Letters that Persian and Arabic keyboards write differently for one sound; marks that carry no letter.
_VARIANTS = str.maketrans(
    {
        **dict.fromkeys("يىئ", "ی"),
        **dict.fromkeys("كﻙ", "ک"),
        **dict.fromkeys("ةۀە", "ه"),
        **dict.fromkeys("أإآٱ", "ا"),
        "ؤ": "و",
        **dict.fromkeys("\u200c\u200d\u200e\u200f\u0640\u00ad\ufeff", None),  # ZWNJ, ZWJ, direction marks, tatweel
        **dict.fromkeys((chr(code) for code in range(0x64B, 0x653)), None),  # Arabic vowel signs
        **dict.fromkeys("'’‘`´ʿʾʻʼʽ′ˈ\u0621\u02bf\u02be", None),
    }
)


class _Ascii(dict[int, str]):
    """For `translate`: each letter is asked of anyascii once."""

    def __missing__(self, code: int) -> str:
        found: str = anyascii(chr(code))
        self[code] = found
        return found


_ASCII = _Ascii()
_INITIALS = re.compile(r"(?<=\b[A-Za-z])\.(?=[A-Za-z]\b)")  # F.A.T.A. -> FATA
_NOT_WORD = re.compile(r"[^0-9a-z]+")


def words_of(text: str) -> frozenset[str]:
    """The blank-separated words of a text, as a set."""
    return frozenset(text.split())


ARTICLES = words_of(
    """
    al el ar as ash at ath ad adh an az the la le les los las ul ol il
    """
)
_LINKS = words_of(
    """
    e ye y i and va wa o u of de du do da dos des del et und und
    """
)
PROVINCE_WORDS = words_of(
    """
    province provinces provincia provincie provinsi ostan ostane oblast oblasti oblasty governorate governorates
    muhafazat muhafaza mohafazat mohafaza region regions regional state states division republic respublika krai
    kray prefecture department departement departamento wilaya wilayat vilayat velayat velayati viloyati territory
    autonomous agency administrative area areas emirate il ili county federal capital the rayon raion kraj zupanija
    voblast voblasc estado astan autonoma comunidad district muhafazah special municipality union
    """
)


KEPT = 20_000  # texts: more than a file's places and provinces; each costs some 300 bytes


@lru_cache(maxsize=KEPT)
def fold(text: str) -> str:
    """Lower-case ASCII words with one blank between: "Rāsak" -> "rasak", "چابهار" -> "chabhar"."""
    return fold_once(text)


def fold_once(text: str) -> str:
    """The same, not kept: for a million names that come once."""
    if text.isascii():
        if text.isalnum():
            return text.casefold()
        plain = text
    else:
        plain = unicodedata.normalize("NFKC", text).translate(_VARIANTS).translate(_ASCII)
    if "." in plain:
        plain = _INITIALS.sub("", plain)
    return _NOT_WORD.sub(" ", plain.replace("'", "").replace("`", "").casefold()).strip()


def compact(text: str) -> str:
    """The fold without blanks and articles: "Ar Raqqah" and "Al-Raqqah" -> "raqqah"."""
    return join(fold(text))


def join(folded: str) -> str:
    """The compact form of a fold."""
    words = folded.split(" ")
    return words[0] if len(words) == 1 else "".join([word for word in words if word not in ARTICLES] or words)


_FINAL_A = re.compile("(?<=[^aeiou])(?:ah|eh|e)$")  # a final -a is written -ah, -eh, -e too
_DOUBLED = re.compile(r"(.)\1+")
_FINAL_W = re.compile("(?<=[^aeiou])w$")
_SILENT_H = re.compile("(?<=[aiu])h(?![aiu])")
# In this order; "$" stands for "ch" while other c's become k. Each group is tried only where its letter occurs.
_SOUNDS = (
    ("h", (("kh", "x"), ("qh", "x"), ("gh", "k"))),
    ("q", (("q", "k"),)),
    ("h", (("tch", "ch"), ("tsh", "ch"), ("ch", "$"))),
    ("c", (("c", "k"),)),
    ("k", (("kk", "k"),)),
    ("$", (("$", "ch"),)),
    ("h", (("dzh", "j"),)),
    ("j", (("dj", "j"),)),
    ("h", (("zh", "j"), ("dh", "d"), ("th", "t"), ("ph", "f"))),
    ("v", (("v", "w"),)),
    ("w", (("aw", "u"),)),
    ("u", (("au", "u"),)),
    ("o", (("ow", "u"), ("ou", "u"))),
    ("w", (("uw", "u"),)),
    ("o", (("o", "u"),)),
    ("y", (("ay", "i"),)),
    ("i", (("ai", "i"), ("ei", "i"))),
    ("y", (("ey", "i"), ("iy", "i"), ("y", "i"))),
    ("e", (("e", "i"),)),
    ("a", (("ia", "i"),)),
    ("g", (("g", "k"),)),
)


@lru_cache(maxsize=KEPT)
def sound(text: str) -> str:
    """The compact form with romanisation variants merged; vowels stay. To be used only inside one province."""
    return sound_of(compact(text))


def sound_of(word: str) -> str:
    """The same of a compact form."""
    word = _DOUBLED.sub(r"\1", _FINAL_A.sub("a", word))
    if word.endswith("w"):
        word = _FINAL_W.sub("u", word)
    for letter, pairs in _SOUNDS:
        if letter in word:
            for written, merged in pairs:
                word = word.replace(written, merged)
    if "h" in word:
        word = _SILENT_H.sub("", word)
    return _DOUBLED.sub(r"\1", word)


def province_key(text: str) -> str:
    """The compact form of a province's name without "province", "and", "ostan" ...: the words in alphabetical order,
    so that "Baluchestan va Sistan" is "Sistan and Baluchestan"."""
    words = fold(text).split()
    kept = [w for w in words if w not in PROVINCE_WORDS and w not in ARTICLES and w not in _LINKS]
    return " ".join(sorted(kept or words))


def province_sound(text: str) -> str:
    """The province key with romanisation variants merged: "Balouchistan" and "Baluchestan" agree."""
    return " ".join(sorted(filter(None, map(sound, province_key(text).split()))))


def province_skeleton(text: str) -> str:
    """The province sound without the vowels inside long words: the last resort, among the few provinces of one country."""
    return " ".join(
        sorted(
            re.sub("(?<=.)[aiu]+(?=.)", "", word) if len(word) > 5 else word for word in province_sound(text).split()
        )
    )
