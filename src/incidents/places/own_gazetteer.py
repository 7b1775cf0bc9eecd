"""A gazetteer file of the user's own: places that the shipped gazetteer does not have."""

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np

from incidents.model.errors import UnusableFile
from incidents.model.place import Candidate
from incidents.model.spreadsheet import restored
from incidents.places.choice import OWN_GAZETTEER
from incidents.places.countries import find_country
from incidents.places.given import check

HEADERS = {
    "name": "name place placename location town village city toponym asciiname",
    "admin2": "district admin2 adm2 county shahrestan",
    "admin1": "province admin1 adm1 state governorate region ostan",
    "country": "country countryname iso2 iso3 countrycode",
    "latitude": "latitude lat y",
    "longitude": "longitude lon long lng x",
    "source": "source reference credit licence license",
}
"""What a column may be called, without blanks and capitals; the first is the documented one."""

NEEDED = ("name", "country", "latitude", "longitude")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)\Z")


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """One row that can be used. `line` is where its record begins."""

    line: int
    name: str
    admin2: str | None
    admin1: str | None
    country: str
    latitude: float
    longitude: float
    source: str

    def as_candidate(self, file: str) -> Candidate:
        credit = f" ({self.source})" if self.source else ""
        return Candidate(
            name=self.name,
            admin1=self.admin1,
            country=self.country,
            latitude=self.latitude,
            longitude=self.longitude,
            geo_precision="town",
            source=OWN_GAZETTEER,
            why=f"line {self.line} of your gazetteer {file}{credit}",
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is left out: its first fault."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class OwnGazetteer:
    """`read == len(places) + len(faults)`, always; blank lines are no rows."""

    file: str
    sha256: str
    places: tuple[OwnPlace, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def read(self) -> int:
        return len(self.places) + len(self.faults)

    def to_text(self) -> str:
        """For the catalogue: sha256 and places, without the faults."""
        return json.dumps([self.sha256, [astuple(place) for place in self.places]], ensure_ascii=False)


def from_text(file: str, text: str) -> OwnGazetteer:
    """The gazetteer that `to_text` was called on."""
    digest, rows = json.loads(text)
    return OwnGazetteer(file, digest, tuple(OwnPlace(*row) for row in rows))


def read_own_gazetteer(path: Path) -> OwnGazetteer:
    """Reads a CSV file in UTF-8, with comma, semicolon or tab; raises UnusableFile where none of it can be used."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise UnusableFile(f"{path.name}: cannot be read ({problem.strerror}).") from problem
    return parse_own_gazetteer(content, path.name)


def parse_own_gazetteer(content: bytes, file: str) -> OwnGazetteer:
    """The same from bytes, as an upload has them."""
    records = _records(_text(content, file), file)
    header_line, header = next(records, (0, []))
    if not header_line:
        raise UnusableFile(f"{file}: the gazetteer is empty; expected a header row with {', '.join(NEEDED)}.")
    columns = _columns(header, file)
    titles = {field: header[column] for field, column in columns.items()}
    read = [_place(line, cells, columns, header) for line, cells in records]
    inside = _misplaced([row for row in read if isinstance(row, OwnPlace)], titles)
    rows = _repeated((inside.get(row.line, row) for row in read), titles)
    places = tuple(row for row in rows if isinstance(row, OwnPlace))
    faults = tuple(row for row in rows if isinstance(row, Fault))
    return OwnGazetteer(file, sha256(content).hexdigest(), places, faults)


def _misplaced(places: list[OwnPlace], titles: Mapping[str, str]) -> dict[int, Fault]:
    """By line: points that are impossible, or far outside the stated country."""
    latitude, longitude = (np.array([getattr(place, name) for place in places]) for name in ("latitude", "longitude"))
    checked = check(latitude, longitude, [place.country for place in places])
    found = {}
    for place, reason, is_swapped, is_dropped in zip(
        places, checked.reason, checked.is_repaired, checked.is_dropped, strict=True
    ):
        if reason:
            fault = (
                reason
                if is_dropped
                else "latitude and longitude look swapped"
                if is_swapped
                else "far outside the country"
            )
            found[place.line] = Fault(place.line, titles["latitude"], f"{place.latitude:g}, {place.longitude:g}", fault)
    return found


def _repeated(rows: Iterable[OwnPlace | Fault], titles: Mapping[str, str]) -> list[OwnPlace | Fault]:
    """The rows, with every place after its first occurrence as a fault."""
    lines_of: dict[OwnPlace, int] = {}
    checked: list[OwnPlace | Fault] = []
    for row in rows:
        if isinstance(row, OwnPlace):
            first = lines_of.setdefault(replace(row, line=0, source=""), row.line)
            if first != row.line:
                row = Fault(row.line, titles["name"], row.name, f"the same place as on line {first}")
        checked.append(row)
    return checked


def _text(content: bytes, file: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise UnusableFile(f"{file}: line {line} is not UTF-8; save the gazetteer as CSV in UTF-8.") from problem
    if "\0" in text:
        raise UnusableFile(f"{file}: holds binary data; save the gazetteer as CSV in UTF-8.")
    return text


def _records(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """(first line, trimmed cells) of each record that is not blank."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for cells in reader:
            trimmed = [restored(cell.strip()) for cell in cells]
            if any(trimmed):
                yield start, trimmed
            start = reader.line_num + 1
    except csv.Error as problem:
        raise UnusableFile(f"{file}: line {start} cannot be parted into cells ({problem}).") from problem


def _columns(header: Sequence[str], file: str) -> dict[str, int]:
    """Field to column; the documented name wins over its likes."""
    found: dict[str, int] = {}
    plain = [re.sub(r"[\W_]+", "", name.casefold()) for name in header]
    for field, names in HEADERS.items():
        for name in names.split():
            if name in plain:
                found[field] = plain.index(name)
                break
    missing = [field for field in NEEDED if field not in found]
    if missing:
        raise UnusableFile(
            f"{file}: no column for {', '.join(missing)}; found {', '.join(filter(None, header))}. "
            "Expected name, district, province, country, latitude, longitude, source."
        )
    return found


def _place(line: int, cells: list[str], columns: Mapping[str, int], header: Sequence[str]) -> OwnPlace | Fault:
    if len(cells) > len(header) and any(cells[len(header) :]):
        extra = ", ".join(filter(None, cells[len(header) :]))
        return Fault(
            line, "", extra, f"{len(cells)} cells under {len(header)} headers; quote cells that hold the delimiter"
        )
    row = {field: cells[column] if column < len(cells) else "" for field, column in columns.items()}
    for field in NEEDED:
        if not row[field]:
            return Fault(line, header[columns[field]], "", "empty")
    if "\n" in row["name"] or "\r" in row["name"]:
        return Fault(line, header[columns["name"]], row["name"], "a line break inside a cell; a quote may be missing")
    if not find_country(row["country"]):
        return Fault(line, header[columns["country"]], row["country"], "no such country; give its name or ISO code")
    numbers = {field: _number(row[field]) for field in ("latitude", "longitude")}
    for field, number in numbers.items():
        if math.isnan(number):
            return Fault(line, header[columns[field]], row[field], "not a number of degrees, such as 26.2368")
    return OwnPlace(
        line=line,
        name=row["name"],
        admin2=row.get("admin2") or None,
        admin1=row.get("admin1") or None,
        country=row["country"],
        latitude=numbers["latitude"],
        longitude=numbers["longitude"],
        source=row.get("source", ""),
    )


def _number(text: str) -> float:
    """Also with a decimal comma or in Persian and Arabic digits; NaN where it is none."""
    plain = text.replace("٫", ".").replace("−", "-")
    return float(plain.replace(",", ".")) if _NUMBER.match(plain) else math.nan
