"""Numbers, dates and filters in words, one way everywhere."""

from datetime import date

from incidents.model.figures import Total
from incidents.model.filters import IncidentFilter

NOT_STATED = "not stated"
UNLOCATED = "unlocated"

PRECISION_WORDS = {
    "town": "a named town or an exact point",
    "near": "near a town, or between towns",
    "line": "along a road or a front",
    "district": "the district only",
    "province": "the province only",
    "country": "the country only",
    "sea": "at sea",
    "unstated": "coordinates without a stated precision",
    UNLOCATED: "no place on the map",
}

FIELD_WORDS = {
    "country": "Country",
    "admin1": "Province",
    "admin2": "District",
    "location": "Town",
    "actor": "Actor",
    "event_type": "Type",
    "geo_precision": "Place known to",
}


def span(total: Total) -> str:
    """Low to high of a total: "403 to 561+"."""
    return f"{total.low:,} to {total.high_text}"


def day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def period(start: date, end: date, precision: str | None = "day") -> str:
    """The days of an incident as precisely as they are known."""
    if precision == "year":
        return f"{start.year}, day not known"
    if precision == "month":
        return f"{start:%B %Y}, day not known"
    if start == end:
        return day(start)
    words = (
        f"{start.day} to {day(end)}"
        if (start.year, start.month) == (end.year, end.month)
        else f"{day(start)} to {day(end)}"
    )
    return f"{words}, day not known" if precision == "week" else words


def number(value: object) -> str:
    """A figure of one incident; nothing reported is said, never shown as zero."""
    return f"{value:,}" if isinstance(value, int) else "no figure"


def figure(low: int | None, best: int | None, high: int | None) -> str:
    """ "21 to 22", "at least 11", "4", "no figure"."""
    if low is None and best is None and high is None:
        return "no figure"
    if high is None:
        stated = low if low is not None else best
        return f"at least {stated:,}" if best in (None, stated) else f"{best:,} (at least {stated:,})"
    known = [value for value in (low, best, high) if value is not None]
    if min(known) == max(known):
        return f"{high:,}"
    return f"{best:,} ({min(known):,} to {max(known):,})" if best is not None else f"{min(known):,} to {max(known):,}"


def chips(wanted: IncidentFilter, dataset_names: dict[str, str]) -> dict[str, tuple[str, str | None]]:
    """Label -> (field, value) for each thing that the filter asks; value None takes the whole field away."""
    made: dict[str, tuple[str, str | None]] = {}
    if wanted.start or wanted.end:
        made[f"When: {wanted.start or '...'} to {wanted.end or '...'}"] = ("dates", None)
    for field, words in FIELD_WORDS.items():
        for value in getattr(wanted, field):
            made[f"{words}: {value}"] = (field, value)
    if wanted.fatalities_least is not None:
        made[f"Killed: at least {wanted.fatalities_least:,}"] = ("fatalities_least", None)
    if wanted.fatalities_most is not None:
        made[f"Killed: at most {wanted.fatalities_most:,}"] = ("fatalities_most", None)
    if wanted.words:
        made[f"Words: {wanted.words}"] = ("words", None)
    if wanted.near:
        near = wanted.near
        made[f"Within {near.km:g} km of {near.latitude:.3f}, {near.longitude:.3f}"] = ("near", None)
    if wanted.bbox:
        made["Only a part of the map"] = ("bbox", None)
    for where in wanted.where:
        made[f"{where.column} {'is' if where.include else 'is not'} {where.value or 'empty'}"] = ("where", None)
    if wanted.leave_out_words:
        made["Without figures from words"] = ("leave_out_words", None)
    for dataset_id in wanted.dataset:
        made[f"Dataset: {dataset_names.get(dataset_id, dataset_id)}"] = ("dataset", dataset_id)
    return made
