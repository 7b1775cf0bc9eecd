"""One HTTP request, and no more: no retries, no redirects, an end to waiting."""

import json
import socket
import ssl
import time
from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import Any, NoReturn
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderParseError, GeocoderTimedOut, GeocoderUnavailable

from incidents.places.online_pace import Turn

LARGEST_ANSWER = 5_000_000  # bytes; ten places are about 10,000


class _NoRedirect(HTTPRedirectHandler):
    """A redirect would be a second request, and might take the names to another host."""

    def redirect_request(self, *_: Any) -> None:
        return None


class PacedRequests(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """Sends each request inside `turn`. `wanted` is the JSON type that an answer must have.

    geopy's own adapter sends up to three requests for one where `requests` is installed, and waits out a Retry-After
    in silence.
    """

    def __init__(
        self, *, proxies: dict[str, str] | None, ssl_context: ssl.SSLContext | None, turn: Turn, wanted: type
    ) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._turn = turn
        self._wanted = wanted
        self._opener = build_opener(ProxyHandler(proxies), HTTPSHandler(context=ssl_context), _NoRedirect())

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            answer = json.loads(text)
        except (ValueError, RecursionError) as problem:
            raise GeocoderParseError("not JSON") from problem
        if not isinstance(answer, self._wanted):
            raise GeocoderParseError("not the JSON that was expected")
        return answer

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        with self._turn.request():
            try:
                with self._opener.open(Request(url, headers=headers), timeout=timeout) as page:
                    return _text(page, time.monotonic() + timeout)
            except HTTPError as problem:
                with problem:
                    fields = {name.lower(): value for name, value in problem.headers.items()}
                raise AdapterHTTPError(
                    str(problem.code), status_code=problem.code, headers=fields, text=None
                ) from problem
            except URLError as problem:
                _raise(problem.reason)
            except (OSError, HTTPException) as problem:
                _raise(problem)


def _text(page: HTTPResponse, deadline: float) -> str:
    body = b""
    while part := page.read1(1 << 16):
        body += part
        if time.monotonic() > deadline:  # drop by drop, the socket's own time-out never comes
            raise TimeoutError
        if len(body) > LARGEST_ANSWER:
            raise GeocoderParseError("too long")
    if page.length:
        raise ConnectionResetError
    try:
        return body.decode(page.headers.get_content_charset() or "utf-8")
    except (ValueError, LookupError) as problem:
        raise GeocoderParseError("not text") from problem


def _raise(problem: BaseException | str) -> NoReturn:
    cause = problem if isinstance(problem, BaseException) else None
    if isinstance(problem, TimeoutError):
        raise GeocoderTimedOut from cause
    raise GeocoderUnavailable(_reason(problem)) from cause


def _reason(problem: BaseException | str) -> str:
    match problem:
        case ConnectionRefusedError():
            return "it refused the connection"
        case socket.gaierror():
            return "its name is unknown to the network, or there is no internet"
        case ssl.SSLError():
            return "no secure connection could be made"
        case ConnectionError() | IncompleteRead():
            return "it broke off the connection"
        case HTTPException():
            return "what answers there is no web server"
        case OSError(strerror=str(text)) if text:
            return text.lower()
        case _:
            return "no connection could be made"
