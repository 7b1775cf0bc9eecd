"""The online geocoder: asked about one place, when a person asks for it, and never otherwise."""

import inspect
from functools import partial
from pathlib import Path
from typing import Any

from geopy.adapters import AdapterHTTPError, get_retry_after
from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderNotFound,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)
from geopy.geocoders import Nominatim, get_geocoder_for_service

from incidents.model.errors import GeocoderDown, IncidentsError
from incidents.model.place import Candidate, PlaceQuery
from incidents.places.countries import Country, find_country
from incidents.places.online_answers import Answers, Kept
from incidents.places.online_http import PacedRequests
from incidents.places.online_pace import PATIENCE_S, Turn
from incidents.places.online_places import country_code, nominatim_candidate, other_candidate
from incidents.places.online_settings import OnlineSettings, online_settings

MOST = 10  # candidates
ATTRIBUTION = "Data © OpenStreetMap contributors, ODbL 1.0"  # to be shown beside Nominatim's candidates


class Online:
    """Look-ups at one geocoder. Making one sends nothing; threads may share it."""

    def __init__(self, chosen: OnlineSettings, index_folder: Path, *, patience_s: float = PATIENCE_S) -> None:
        self.settings = chosen
        self._folder = index_folder
        self._answers = Answers(index_folder)
        self._patience_s = patience_s

    @property
    def is_configured(self) -> bool:
        return self.settings.is_configured

    def refuse_unless_on(self) -> None:
        """IncidentsError where the settings allow no question."""
        if not self.is_configured:
            raise IncidentsError(
                "Online look-ups are off: set INCIDENTS_USER_AGENT to the name of your project and an address at which "
                "you can be reached (the geocoder's operators ask for both); nothing was sent."
            )

    def kept(self, query: PlaceQuery) -> Kept | None:
        """What was answered before, with its date; sends nothing."""
        return self._answers.find(self.settings.key, query)

    def forget(self, query: PlaceQuery) -> None:
        """The next look-up asks again."""
        self._answers.forget(self.settings.key, query)

    def look_up(self, query: PlaceQuery) -> tuple[Candidate, ...]:
        """All candidates in the stated country, from the kept answers or from the geocoder; empty: no such place.

        Sends the name with its district and province, then, where that finds nothing, the name alone. Raises
        GeocoderDown where there was no answer, IncidentsError where the settings allow no question.
        """
        questions = _questions(query)
        known = self.kept(query)
        if known is not None:
            return known.candidates
        self.refuse_unless_on()
        turn = Turn(self._folder, self.settings.key, patience_s=self._patience_s)
        geocoder = _geocoder(self.settings, turn)
        self._answers.make_ready()
        with turn:
            known = self.kept(query)  # another session may have asked meanwhile
            if known is not None:
                return known.candidates
            found = self._ask(geocoder, turn, questions, query.country)
            self._answers.keep(self.settings.key, query, found)
        return found

    def _ask(self, geocoder: Any, turn: Turn, questions: list[str], stated: str | None) -> tuple[Candidate, ...]:
        country = find_country(stated)
        for question in questions:
            text, bounds = _bounded(geocoder, question, country, stated)
            try:
                places = geocoder.geocode(text, exactly_one=False, **bounds) or []
                found = _candidates(places, country, self.settings.service, isinstance(geocoder, Nominatim))
            except GeocoderServiceError as problem:
                status = problem.__cause__
                if isinstance(status, AdapterHTTPError):
                    asked = get_retry_after(status.headers) if status.status_code in (429, 503) else None
                    if asked:
                        turn.pause(asked)
                    raise GeocoderDown(self._refusal(status.status_code, asked)) from problem
                raise GeocoderDown(self._outage(problem)) from problem
            except (AttributeError, IndexError, KeyError, TypeError, ValueError) as problem:  # geopy lets them through
                raise GeocoderDown(self._outage(GeocoderParseError())) from problem
            if found:
                return found
        return ()

    def _outage(self, problem: GeocoderServiceError) -> str:
        match problem:
            case GeocoderTimedOut():
                fault = f"did not answer within {self.settings.timeout_s:g} s"
            case GeocoderUnavailable():
                fault = f"could not be reached: {problem}"
            case GeocoderParseError():
                fault = "sent an answer that cannot be read; INCIDENTS_GEOCODER_URL may be another service's"
            case GeocoderQuotaExceeded():
                fault = "says that its quota is used up"
            case GeocoderAuthenticationFailure() | GeocoderInsufficientPrivileges():
                fault = "refused access; check the key in INCIDENTS_GEOCODER_OPTIONS"
            case GeocoderQueryError():
                fault = "did not accept the question"
            case _:
                fault = "reported trouble of its own"
        return self._sentence(fault)

    def _refusal(self, status: int, asked: float | None) -> str:
        again = f", and asks to wait {asked:.0f} s" if asked else ""
        if status == 429:
            return self._sentence(f"has had too many requests (429){again}")
        if status >= 500:
            return self._sentence(f"is in trouble ({status}){again}")
        if 300 <= status < 400:
            return self._sentence(f"has moved ({status}); set INCIDENTS_GEOCODER_URL to its new address")
        if status in (401, 402, 403, 407):
            return self._sentence(
                f"refused access ({status}); read its usage policy and check INCIDENTS_USER_AGENT and the options"
            )
        return self._sentence(f"did not accept the question ({status})")

    def _sentence(self, fault: str) -> str:
        return f'No answer, which is not "no such place": the online geocoder ({self.settings.key}) {fault}.'


def _questions(query: PlaceQuery) -> list[str]:
    parts = [" ".join(part.split()) for part in (query.name, query.admin2, query.admin1) if part and part.strip()]
    if not parts:
        raise IncidentsError("Nothing to look up: the place has no name, district or province; nothing was sent.")
    return list(dict.fromkeys((", ".join(dict.fromkeys(parts)), parts[0])))


def _bounded(geocoder: Any, question: str, country: Country | None, stated: str | None) -> tuple[str, dict[str, Any]]:
    """The question and geopy's arguments, which differ by service; where none bounds the country, the text names it."""
    takes = inspect.signature(geocoder.geocode).parameters
    wanted: dict[str, Any] = {"limit": MOST, "maxresults": MOST, "addressdetails": True, "language": "en"}
    bounds = {name: value for name, value in wanted.items() if name in takes}
    if country is None:
        return (f"{question}, {stated.strip()}" if stated and stated.strip() else question), bounds
    code = country.iso2.lower()
    for name, value in (
        ("country_codes", code),
        ("countries", [code]),
        ("country", code),
        ("components", {"country": code}),
    ):
        if name in takes:
            return question, {**bounds, name: value}
    return f"{question}, {country.name}", bounds


def _candidates(places: Any, country: Country | None, service: str, speaks_nominatim: bool) -> tuple[Candidate, ...]:
    """Places that the geocoder puts into another country are left out: the stated one is never overridden."""
    inside = [place for place in places if not country or country_code(place.raw) in (None, country.iso2)]
    if speaks_nominatim:
        return tuple(nominatim_candidate(place.raw, service) for place in inside[:MOST])
    return tuple(other_candidate(place.address, place.latitude, place.longitude, service) for place in inside[:MOST])


def _geocoder(chosen: OnlineSettings, turn: Turn) -> Any:
    try:
        kind = get_geocoder_for_service(chosen.service)
    except GeocoderNotFound as problem:
        raise IncidentsError(
            f"INCIDENTS_GEOCODER: geopy has no service {chosen.service!r}; try nominatim, photon, pelias or opencage."
        ) from problem
    given = dict(chosen.options)
    if chosen.url:
        scheme, _, domain = chosen.url.partition("://")
        given |= {"scheme": scheme, "domain": domain}
    wanted = list if issubclass(kind, Nominatim) else object
    given |= {
        "user_agent": chosen.user_agent,
        "timeout": chosen.timeout_s,
        "adapter_factory": partial(PacedRequests, turn=turn, wanted=wanted),
    }
    try:
        return kind(**given)
    except (ConfigurationError, TypeError, ValueError) as problem:
        reason = str(problem).split(". ")[0].split("() ")[-1].rstrip(".")
        raise IncidentsError(
            f"The settings of the online geocoder {chosen.service} are not accepted: {reason}."
        ) from problem


__all__ = ["ATTRIBUTION", "Kept", "Online", "OnlineSettings", "online_settings"]
