"""Which online geocoder may be asked, and under what name."""

import json
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from incidents.model.errors import IncidentsError

NOMINATIM = "nominatim"
PUBLIC_NOMINATIM = "https://nominatim.openstreetmap.org"
TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class OnlineSettings:
    """`url` None leaves the address to geopy. `options` are keyword arguments of geopy's class and may hold keys."""

    service: str = NOMINATIM
    url: str | None = PUBLIC_NOMINATIM
    user_agent: str | None = None
    timeout_s: float = TIMEOUT_S
    options: tuple[tuple[str, Any], ...] = field(default=(), repr=False)

    @property
    def is_configured(self) -> bool:
        """Whether a look-up may be sent; without a User-Agent it is refused."""
        return self.user_agent is not None

    @property
    def key(self) -> str:
        """Names the service among kept answers; holds no keys."""
        return f"{self.service} {self.url or dict(self.options).get('domain', '')}".strip()


def online_settings(environ: Mapping[str, str] | None = None) -> OnlineSettings:
    """From INCIDENTS_GEOCODER, _GEOCODER_URL, _GEOCODER_OPTIONS, _GEOCODER_TIMEOUT and INCIDENTS_USER_AGENT."""
    given = {name: value.strip() for name, value in (os.environ if environ is None else environ).items()}
    service = (given.get("INCIDENTS_GEOCODER") or NOMINATIM).lower()
    url = given.get("INCIDENTS_GEOCODER_URL") or (PUBLIC_NOMINATIM if service == NOMINATIM else None)
    return OnlineSettings(
        service=service,
        url=_address(url) if url else None,
        user_agent=_user_agent(given.get("INCIDENTS_USER_AGENT")),
        timeout_s=_seconds(given.get("INCIDENTS_GEOCODER_TIMEOUT")),
        options=_options(given.get("INCIDENTS_GEOCODER_OPTIONS")),
    )


def _address(url: str) -> str:
    """The address without a closing slash or "/search", which geopy adds."""
    try:
        parts = urlsplit(url)
        is_address = (
            parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        is_address = False
    if not is_address or parts.query or parts.fragment or "@" in parts.netloc or any(mark.isspace() for mark in url):
        raise IncidentsError(
            "INCIDENTS_GEOCODER_URL: expected an address such as https://nominatim.example.org, without user, query or "
            "blanks; the one that is set is not."
        )
    return url.rstrip("/").removesuffix("/search").rstrip("/")


def _user_agent(text: str | None) -> str | None:
    if not text:
        return None
    if not (text.isascii() and text.isprintable()):
        raise IncidentsError(f"INCIDENTS_USER_AGENT: expected plain ASCII text on one line, found {text!r}.")
    return text


def _seconds(text: str | None) -> float:
    if not text:
        return TIMEOUT_S
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= 600:
        raise IncidentsError(f"INCIDENTS_GEOCODER_TIMEOUT: expected seconds above 0 and at most 600, found {text!r}.")
    return seconds


def _options(text: str | None) -> tuple[tuple[str, Any], ...]:
    if not text:
        return ()
    try:
        options = json.loads(text)
    except ValueError:
        options = None
    if not isinstance(options, dict):
        raise IncidentsError('INCIDENTS_GEOCODER_OPTIONS: expected a JSON object such as {"api_key": "..."}.')
    return tuple(options.items())
