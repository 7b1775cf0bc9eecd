"""Words of the Import page."""

import re

from incidents.reading.known_layouts import FIELDS

FIELD_WORDS = {
    "event_date": "Date", "event_date_end": "Last date", "location": "Town", "admin1": "Province", "admin2": "District", "country": "Country",
    "latitude": "Latitude", "longitude": "Longitude", "event_type": "Event type", "actor1": "Actor 1", "actor2": "Actor 2",
    "fatalities": "Killed", "injured": "Injured", "notes": "Notes", "source": "Source", "source_id": "The file's own number",
    "sub_event_type": "Event type, finer", "geo_precision": "Precision of the place", "time_precision": "Precision of the date",
    "source_url": "Source, address", "source_date": "Source, date", "fatalities_low": "Killed, low", "fatalities_high": "Killed, high",
    "injured_low": "Injured, low", "injured_high": "Injured, high", "coordinates": "Coordinates in one column",
    "casualties": "Casualties", "year": "Year", "month": "Month", "day": "Day",
}  # fmt: skip
"""Labels of the fields; the first sixteen are always offered."""

ALWAYS = tuple(FIELD_WORDS)[:16]

DATES = {
    "day-first": "Day first: 03/04/2024 is 3 April",
    "month-first": "Month first: 03/04/2024 is 4 March",
    "iso": "Year first: 2024-04-03",
    "jalali": "Iranian calendar: 1403/01/15",
}
LAYOUTS = {
    "acled": "ACLED", "ucdp-ged": "UCDP GED", "gtd": "GTD", "hxl": "HXL", "incidents": "an export of this program", "proposed": "a layout of its own",
    "facts": "facts", "events": "events",
}  # fmt: skip
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}

_ABOUT_OPTIONS = re.compile(r"(?:(?<=[.;]) |^)[^.;]*\s\"?--[a-z].*", re.DOTALL)


def field_words(name: str) -> str:
    return FIELD_WORDS.get(name) or name.replace("_", " ").capitalize()


def offered(mapped: set[str]) -> list[str]:
    """Fields to show a choice of column for: the common ones, and whatever else is mapped."""
    return [*ALWAYS, *(name for name in FIELDS if name in mapped and name not in ALWAYS)]


def without_options(sentence: str) -> str:
    """The sentence without its advice for the command line."""
    return _ABOUT_OPTIONS.sub("", sentence).rstrip(" ;") or sentence


def size(count: int) -> str:
    """ "820 bytes", "1.4 MB"."""
    if count < 10_000:
        return f"{count:,} bytes"
    return f"{count / 1_000:,.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:,.1f} MB"
