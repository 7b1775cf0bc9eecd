"""The filter as parameters of the address bar, and back; what is at its default is left out."""

from collections.abc import Mapping, Sequence
from datetime import date

from incidents.model.filters import IncidentFilter, Near

_MANY = ("country", "admin1", "admin2", "location", "actor", "event_type", "geo_precision", "dataset")
_NUMBERS = {"killed_from": "fatalities_least", "killed_to": "fatalities_most"}
_DATES = {"from": "start", "to": "end"}


def to_link(wanted: IncidentFilter) -> dict[str, list[str]]:
    link: dict[str, list[str]] = {name: list(getattr(wanted, name)) for name in _MANY}
    for parameter, name in _DATES.items():
        value = getattr(wanted, name)
        link[parameter] = [value.isoformat()] if value else []
    for parameter, name in _NUMBERS.items():
        number = getattr(wanted, name)
        link[parameter] = [] if number is None else [str(number)]
    link["words"] = [wanted.words] if wanted.words else []
    if wanted.near:
        link["near"] = [f"{wanted.near.latitude:g},{wanted.near.longitude:g},{wanted.near.km:g}"]
    return {name: values for name, values in link.items() if values}


def from_link(parameters: Mapping[str, Sequence[str]]) -> tuple[IncidentFilter, tuple[str, ...]]:
    """The filter that a link asks for, and the names of parameters that could not be read."""
    changes: dict[str, object] = {name: tuple(parameters[name]) for name in _MANY if parameters.get(name)}
    bad = []
    for parameter, name in _DATES.items():
        if values := parameters.get(parameter):
            try:
                changes[name] = date.fromisoformat(values[0])
            except ValueError:
                bad.append(parameter)
    for parameter, name in _NUMBERS.items():
        if values := parameters.get(parameter):
            if values[0].isdecimal():
                changes[name] = int(values[0])
            else:
                bad.append(parameter)
    if values := parameters.get("words"):
        changes["words"] = values[0]
    if values := parameters.get("near"):
        try:
            latitude, longitude, km = (float(part) for part in values[0].split(","))
            changes["near"] = Near(latitude, longitude, km)
        except ValueError:
            bad.append("near")
    return IncidentFilter(**changes), tuple(bad)  # type: ignore[arg-type]
