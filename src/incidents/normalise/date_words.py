"""Dates written with words: which numbers are days and years, which words are months."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from incidents.normalise.month_names import GREGORIAN, HIJRI, JALALI, MONTH_NAMES, WEEKDAYS, folded, misspelt_month

_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:['’‘ʿ.\-][^\W\d_]+)*", re.UNICODE)
_FILLER = frozenset(
    [
        "of",
        "the",
        "on",
        "in",
        "st",
        "nd",
        "rd",
        "th",
        "er",
        "de",
        "del",
        "le",
        "la",
        "el",
        "den",
        "der",
        "am",
        "eow",
        "date",
        "dated",
        "from",
        "since",
        "to",
        "until",
        "till",
        "through",
        "and",
        "between",
        "about",
        "around",
        "circa",
        "c",
        "ca",
        "approx",
        "approximately",
        "night",
        "morning",
        "evening",
        "afternoon",
        "et",
        "y",
        "al",
        "au",
        "bis",
        "week",
        "weekof",
        "a",
        "h",
        "هـ",
        "ه",
        "a.h",
        "ah",
        "م",
    ]
)
_PARTS_OF_MONTH = frozenset(["early", "mid", "late", "beginning", "end", "start"])
_HIJRI_MARK = re.compile(r"\b(a\.?\s?h\.?)(?=\W|$)|هـ|هجری قمری", re.IGNORECASE)

Convert = Callable[[int, int, int], date]


@dataclass(frozen=True, slots=True)
class DateWords:
    """`signature` tells the order: N a number of one or two digits, Y a year, M a month."""

    signature: str
    numbers: tuple[int, ...]
    months: tuple[int, ...]
    years: tuple[int, ...]
    calendar: str = "gregorian"
    weekday: int | None = None
    note: str = ""
    is_week: bool = False
    is_vague: bool = False

    def with_year(self, year: int) -> "DateWords":
        return replace(self, signature=self.signature + "Y", years=(year,))

    def days(
        self, full_year: Callable[[int], int], hijri: Convert, jalali: Convert, last_day: Callable[[int, int], date]
    ) -> tuple[date | None, date | None, str]:
        """First day, last day, precision; (None, None, "") where the words make no date. Raises ValueError."""
        convert: Convert = {"hijri": hijri, "jalali": jalali}.get(self.calendar, date)
        points = self._points()
        if points is None:
            return None, None, ""
        ends: list[tuple[date, date, str]] = []
        for day, month, year in points:
            whole = year if self.calendar != "gregorian" else full_year(year)
            if month is None:
                ends.append(
                    (convert(whole, 1, 1), convert(whole, 12, 31 if self.calendar == "gregorian" else 29), "year")
                )
            elif day is None:
                first = convert(whole, month, 1)
                ends.append((first, _month_end(self.calendar, convert, last_day, whole, month), "month"))
            else:
                only = convert(whole, month, day)
                ends.append((only, only, "day"))
        start, end, precision = ends[0][0], ends[-1][1], ends[0][2]
        if self.is_week and len(ends) == 1 and precision == "day":
            return start, start + timedelta(days=6), "week"
        return start, end, precision

    def _points(self) -> list[tuple[int | None, int | None, int]] | None:
        n, m, y, s = self.numbers, self.months, self.years, self.signature
        match s:
            case "NMY" | "MNY" | "YMN" | "YNM":
                return [(n[0], m[0], y[0])]
            case "MY" | "YM":
                return [(None, m[0], y[0])]
            case "Y":
                return [(None, None, y[0])]
            case "YY":
                return [(None, None, y[0]), (None, None, y[1])]
            case "NNMY" | "MNNY":
                return [(n[0], m[0], y[0]), (n[1], m[0], y[0])]
            case "NMNMY" | "MNMNY":
                return [(n[0], m[0], y[0]), (n[1], m[1], y[0])]
            case "NMYNMY" | "MNYMNY":
                return [(n[0], m[0], y[0]), (n[1], m[1], y[1])]
            case "MMY":
                return [(None, m[0], y[0]), (None, m[1], y[0])]
            case "MYMY":
                return [(None, m[0], y[0]), (None, m[1], y[1])]
        return None


def _month_end(calendar: str, convert: Convert, last_day: Callable[[int, int], date], year: int, month: int) -> date:
    if calendar == "gregorian":
        return last_day(year, month)
    following = convert(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def read_words(cell: str) -> DateWords | None:
    """None where the words are no date."""
    is_hijri = bool(_HIJRI_MARK.search(cell))
    signature = ""
    numbers: list[int] = []
    months: list[int] = []
    years: list[int] = []
    weekday: int | None = None
    calendar, note = "hijri" if is_hijri else "gregorian", ""
    text = _joined_names(cell)
    lowered = text.lower()
    for token in _split_tokens(text):
        if token.isdecimal():
            kind = "Y" if len(token) == 4 else "N" if len(token) <= 2 else ""
            if not kind:
                return None
            (years if kind == "Y" else numbers).append(int(token))
            signature += kind
            continue
        word = folded(token).strip(".'’")
        if (is_hijri and word in HIJRI) or (word in HIJRI and word not in GREGORIAN):
            months.append(HIJRI[word])
            signature, calendar = signature + "M", "hijri"
        elif word in JALALI and (word not in GREGORIAN or any(year < 1500 for year in years)):
            months.append(JALALI[word])
            signature, calendar = signature + "M", "jalali"
        elif word in GREGORIAN:
            months.append(GREGORIAN[word])
            signature += "M"
        elif word in WEEKDAYS:
            weekday = WEEKDAYS[word]
        elif word in _FILLER or word in _PARTS_OF_MONTH:
            continue
        elif (month := misspelt_month(word)) is not None:
            months.append(month)
            signature += "M"
            note = f"{token} read as {MONTH_NAMES[month - 1]}"
        else:
            return None
    if calendar == "hijri":
        note = "a Hijri date, converted by the tabular calendar; it may be a day off"
    return _with_short_year(
        DateWords(
            signature, tuple(numbers), tuple(months), tuple(years), calendar, weekday, note,
            is_week=bool(re.search(r"\bweek of\b|\bweek\b", lowered)), is_vague=any(w in lowered for w in _PARTS_OF_MONTH),
        ),
        cell,
    )  # fmt: skip


def _split_tokens(text: str) -> list[str]:
    """Words and numbers; "3rd" gives "3", "rd"; "october-10" gives both."""
    tokens: list[str] = []
    for token in _TOKEN.findall(text):
        if token.isdecimal() or "_" in token or folded(token) in HIJRI:
            tokens.append(token)
        else:
            tokens.extend(part for part in re.split(r"[-.]", token) if part)
    return tokens


_NAMES_WITH_BLANKS = sorted((name for name in (*HIJRI, *GREGORIAN) if "_" in name), key=len, reverse=True)


def _joined_names(cell: str) -> str:
    """ "Jumaada al-THaany" as one word, so that it is one token."""
    text = folded(cell)
    for name in _NAMES_WITH_BLANKS:
        spaced = name.replace("_", " ")
        if spaced in text:
            return text.replace(spaced, f" {_alias(name)} ", 1)
    return cell


def _alias(name: str) -> str:
    return {1: "muharram", 2: "safar", 7: "rajab", 8: "shaban", 9: "ramadan", 10: "shawwal"}.get(
        HIJRI.get(name, 0)
    ) or (f"hijri{'abcdefghijkl'[HIJRI[name] - 1]}" if name in HIJRI else MONTH_NAMES[GREGORIAN[name] - 1].lower())


HIJRI.update({f"hijri{letter}": i for i, letter in enumerate("abcdefghijkl", 1)})


def _with_short_year(words: DateWords, cell: str) -> DateWords | None:
    """A last number of two digits is the year where no year of four digits stands: 14-Oct-87, 2-12 January 12."""
    n, s = words.numbers, words.signature
    if not s or ("M" not in s and "Y" not in s):
        return None
    if words.years:
        return words
    shortened = {"NMN": "NMY", "MNN": "MNY", "NNMN": "NNMY", "MNNN": "MNNY", "NMNMN": "NMNMY", "MNMNN": "MNMNY"}
    if s in shortened:
        if s == "MNN" and re.search(r"\d\s*[-–]\s*\d", cell) and not re.search(r"\d\s*,\s*'?\d", cell):
            return words  # October 2-12: two days, no year
        return replace(words, signature=shortened[s], numbers=n[:-1], years=(n[-1],))
    if s == "NMNNMN":
        return replace(words, signature="NMYNMY", numbers=(n[0], n[2]), years=(n[1], n[3]))
    if s == "MN" and (n[0] > 31 or "'" in cell or "’" in cell):
        return replace(words, signature="MY", numbers=(), years=n)
    return words
