"""Reading a place as a file names it: the name, the kind of place that its words state, and words that lower the precision."""

import re
from dataclasses import dataclass
from functools import lru_cache

from incidents.places.names import KEPT, fold, words_of

TOWN, VILLAGE, DISTRICT, PROVINCE = "town", "village", "district", "province"
LONGEST = 300  # characters; what is longer is no name, and its end is not looked at

_VILLAGE_WORDS = words_of(
    """
    village locality settlement hamlet rwst rwsty rusta rustaye dih deh qaryat qryh selo aul kishlak
    """
)
_TOWN_WORDS = words_of(
    """
    town city suburb neighbourhood neighborhood township ward quarter borough municipal capital qasaba shahr shhr
    madinat mdynh ciudad pueblo ville misto gorod
    """
)
_DISTRICT_WORDS = words_of(
    """
    district disctrict distrcit districts county agency tehsil tahsil taluka taluk municipality commune woreda
    wereda lga cercle raion rayon subdistrict upazila shahrestan shahristan shhrstn bakhsh bkhsh canton
    arrondissement departement department regency qada mintaqat mintaqa nahiya nahiyat markaz amphoe kabupaten
    subprefecture zone constituency uezd powiat thana sub territory territoire municipio mntqh nhyh qd
    """
)
_PROVINCE_WORDS = words_of(
    """
    province provinces governorate oblast state region division ostan stn wilaya wilayat muhafazat mhfdhh
    prefecture krai kray republic voblast
    """
)
_NEAR_WORDS = words_of(
    """
    area areas sector post outpost border crossing checkpoint checkpost road highway route bypass junction bridge
    dam airport airbase airfield base camp mountain mountains mount hill hills ridge peak pass valley river stream
    canal lake island islands forest jungle desert field fields oil gas oilfield mine refinery plant station
    complex farm farms countryside outskirts vicinity surroundings region location point front frontline line coast
    bay port industrial military refugee idp bazaar market shrine university hospital prison barracks garrison
    battalion brigade regiment hq headquarters marz marzi mrz hwmh trf nzdyk jdh mhwr psgh ryf rif qrb
    """
)
_LINE_WORDS = words_of(
    """
    road highway route motorway motorways jdh mhwr tariq autobahn
    """
)
_NEAR_BEFORE = re.compile(
    r"^(?:the )?(?:(?:\d+ ?)?(?:km|kms|kilometers|kilometres|miles?) )?"
    r"(?:(?:\S+ ){0,4}(?:north|south|east|west|northeast|northwest|southeast|southwest|north east|north west|south east|south west|northern|southern|eastern|western)"
    r"(?: and (?:north|south|east|west))? of |near(?:by)? (?:to )?|close to |next to |outside(?: of)? |around |off |"
    r"(?:the )?(?:outskirts|vicinity|surroundings|suburbs|environs|countryside|area|areas|edge|entrance) of |in the (?:area|vicinity|outskirts|countryside) of |"
    r"nzdyk |nzdyky |hwmh |trf |qrb |blqrb mn |ryf |jdh |mhwr |psgh |mrz |on the road to |road to |border (?:area )?(?:near|of) |from )+"
)
_AWAY = re.compile(r"\b((?:\d{1,3} )*\d{1,3}) ?(?:(kms?|kilomet(?:er|re)s?|klm|kylwmtry?)|(?:mi|miles?))\b")
_MILE_KM = 1.609
_LEADING = words_of(
    """
    town village city district county province state governorate municipality commune region department camp
    township
    """
)
_PLAIN_LEADING = words_of(
    """
    shahr shhr rwst rwsty rusta rustaye dih deh ostan stn shahrestan shhrstn bakhsh bkhsh mintaqat mintaqa markaz qada nahiyat
    mntqh mdynh qryh nhyh muhafazat mhfdhh selo aul kishlak
    """
)  # Persian and Arabic words as they fold: without their long a
_BETWEEN = re.compile(r"\bbetween (.+?) (?:and|&) (.+)$", re.IGNORECASE)
_FROM_TO = re.compile(
    r"\b(?:road|highway|route)s? (?:(?:from|between|linking|connecting) )?(.+?) (?:to|and|with) (.+)$", re.IGNORECASE
)
_DASH = re.compile(r"\s*[-‐-―/]\s*|\s+to\s+")
_BRACKETS = re.compile(r"[(\[（](.*?)[)\]）]")


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """`names`: folded spellings to look up, best first. `kind` is what its words state, None if nothing. `ends`: the two ends of a road
    or of "between A and B". `words`: the words that lowered the precision. `away_km`: how far from the named place it says to be.
    `alternatives`: of "A / B" and "A or B", the name of each, which may be two places."""

    names: tuple[str, ...]
    kind: str | None = None
    is_near: bool = False
    is_line: bool = False
    ends: tuple[str, str] | None = None
    words: str = ""
    away_km: float = 0.0
    alternatives: tuple[str, ...] = ()


def read_place(text: str) -> PlaceWords:
    """What a place cell says, e.g. "near Rask town" -> rask, town, near; "Khash-Zahedan road" -> a line with two ends."""
    return _read_place(text[:LONGEST])


@lru_cache(maxsize=KEPT)
def _read_place(text: str) -> PlaceWords:
    line = _read_line(text)
    if line is not None:
        return line
    inside = [part for part in _BRACKETS.findall(text) if part.strip()]
    parts = re.split(r"\s*[,;]\s*", _BRACKETS.sub(" ", text).strip())
    main = next((part for part in parts if fold(part)), text)
    alternatives = [piece for piece in re.split(r"\s*/\s*|\s+or\s+|\s+aka\s+", main) if fold(piece)]
    read = [_read_name(fold(piece)) for piece in (*alternatives, *inside) if fold(piece)]
    whole = fold(_BRACKETS.sub(" ", text))
    names = dict.fromkeys(name for piece in read for name in piece.names)
    if whole:
        names.setdefault(whole)
    kinds = [piece.kind for piece in read if piece.kind]
    either = tuple(piece.names[0] for piece in read[: len(alternatives)]) if len(alternatives) > 1 else ()
    away, how_far = _away(fold(text))
    nears = [*(piece.words for piece in read if piece.is_near), *([how_far] if away else [])]
    kind = kinds[0] if kinds else None
    return PlaceWords(tuple(names), kind, bool(nears), False, None, "".join(nears[:1]), away, either)


def _away(folded: str) -> tuple[float, str]:
    """The greatest distance that the text states, and its words: "10-15 km south of Herat" is 15 km off at most."""
    stated = [
        (max(map(int, found[1].split())) * (1.0 if found[2] else _MILE_KM), found[0])
        for found in _AWAY.finditer(folded)
    ]
    return max(stated, default=(0.0, ""))


def _read_line(text: str) -> PlaceWords | None:
    between = _BETWEEN.search(text)
    if between or (between := _FROM_TO.search(text)):
        first, second = (_strip(fold(end)) for end in between.groups())
        if first and second:
            is_line = bool(_LINE_WORDS & set(fold(text).split()))
            return PlaceWords((), None, True, is_line, (first, second), "between")
    words = fold(text).split()
    if len(words) > 2 and words[-1] in _LINE_WORDS:
        ends = [_strip(fold(end)) for end in _DASH.split(re.sub(r"\s*\S+\s*$", "", text.strip()))]
        if len(ends) == 2 and all(ends):
            return PlaceWords((" ".join(words[:-1]),), None, True, True, (ends[0], ends[1]), words[-1])
    return None


def _strip(folded: str) -> str:
    names = _read_name(folded).names
    return names[0] if names else folded


def _read_name(folded: str) -> PlaceWords:
    shorter = _NEAR_BEFORE.sub("", folded)
    words = (shorter or folded).split()
    near = [folded[: len(folded) - len(shorter)].strip()] if shorter and shorter != folded else []
    kind: str | None = None
    full = " ".join(words)
    while len(words) > 1:
        last = words[-1]
        if last in _TOWN_WORDS:
            kind = kind or TOWN
        elif last in _VILLAGE_WORDS:
            kind = kind or VILLAGE
        elif last in _DISTRICT_WORDS:
            kind = kind or DISTRICT
        elif last in _PROVINCE_WORDS:
            kind = kind or PROVINCE
        elif last in _NEAR_WORDS or last.isdigit():
            near.append(last)
        else:
            break
        words.pop()
    while len(words) > 1:
        if words[0] in _LEADING and words[1] in ("of", "de", "e"):
            first, words = words[0], words[2:] or words[1:]
        elif words[0] in _PLAIN_LEADING:
            first, words = words[0], words[1:]
            if words[0] in ("e", "ye") and len(words) > 1:
                words = words[1:]
        else:
            break
        kind = kind or _kind(first)
    name = " ".join(words)
    return PlaceWords((name, full) if name != full else (name,), kind, bool(near), False, None, " ".join(near))


def _kind(word: str) -> str:
    kinds = ((_DISTRICT_WORDS, DISTRICT), (_PROVINCE_WORDS, PROVINCE), (_VILLAGE_WORDS, VILLAGE))
    return next((kind for words, kind in kinds if word in words), TOWN)
