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
_INITIALS = re.compile(r"(?<=\b[A-Za-z])\.(?=[A-Za-z]\b)")  # F.A.T.A. -> FATA
_NOT_WORD = re.compile(r"[^0-9a-z]+")
ARTICLES = frozenset("al el ar as ash at ath ad adh an az the la le les los las ul ol il".split())
_LINKS = frozenset("e ye y i and va wa o u of de du do da dos des del et und und".split())
PROVINCE_WORDS = frozenset(
    """province provinces provincia provincie provinsi ostan ostane oblast oblasti oblasty governorate governorates muhafazat muhafaza mohafazat mohafaza
    region regions regional state states division republic respublika krai kray prefecture department departement departamento wilaya wilayat vilayat velayat
    velayati viloyati territory autonomous agency administrative area areas emirate il ili county federal capital the rayon raion kraj zupanija voblast voblasc
    estado astan autonoma comunidad district muhafazah special municipality union""".split()
)


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Lower-case ASCII words with one blank between: "Rāsak" -> "rasak", "چابهار" -> "chabhar"."""
    plain = unicodedata.normalize("NFKC", text).translate(_VARIANTS)
    ascii_ = _INITIALS.sub("", anyascii(plain)).translate(_VARIANTS).casefold()
    return _NOT_WORD.sub(" ", ascii_).strip()


def compact(text: str) -> str:
    """The fold without blanks and articles: "Ar Raqqah" and "Al-Raqqah" -> "raqqah"."""
    words = fold(text).split()
    return "".join([word for word in words if word not in ARTICLES] or words)


_SOUNDS = (
    (re.compile("(?<=[^aeiou])(?:ah|eh|e)$"), "a"),  # a final -a is written -ah, -eh, -e too
    (re.compile(r"(.)\1+"), r"\1"),  # doubled letters, also vowels: ee, oo, aa
    (re.compile("kh|qh"), "x"),
    (re.compile("gh|q|ck|c(?!h)"), "k"),
    (re.compile("dh"), "d"),
    (re.compile("th"), "t"),
    (re.compile("ph"), "f"),
    (re.compile("dj|dzh|zh"), "j"),
    (re.compile("tch|tsh"), "ch"),
    (re.compile("v"), "w"),
    (re.compile("(?<=[^aeiou])w$"), "u"),
    (re.compile("aw|au|ow|ou|uw|o"), "u"),
    (re.compile("ay|ai|ei|ey|iy|ie|y|e|ia"), "i"),
    (re.compile("(?<=[aiu])h(?![aiu])"), ""),
    (re.compile("g"), "k"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=200_000)
def sound(text: str) -> str:
    """The compact form with romanisation variants merged; vowels stay. To be used only inside one province."""
    word = compact(text)
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


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
    return " ".join(sorted(re.sub("(?<=.)[aiu]+(?=.)", "", word) if len(word) > 5 else word for word in province_sound(text).split()))
