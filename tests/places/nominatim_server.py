"""A server on this machine that speaks Nominatim's search interface, with faults on demand."""

import json
import socket
import struct
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlsplit

RASK = {
    "place_id": 1,
    "licence": "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright",
    "lat": "26.2367500",
    "lon": "61.3990100",
    "class": "place",
    "type": "town",
    "place_rank": 18,
    "addresstype": "town",
    "name": "Rask",
    "display_name": "Rask, Rask County, Sistan and Baluchestan Province, Iran",
    "address": {
        "town": "Rask",
        "county": "Rask County",
        "state": "Sistan and Baluchestan Province",
        "country": "Iran",
        "country_code": "ir",
    },
}


@dataclass(frozen=True)
class Request:
    at: float  # monotonic seconds, when it arrived
    path: str
    parameters: dict[str, str]
    user_agent: str


class NominatimServer:
    """`with NominatimServer() as server:`; `server.fault` names what goes wrong, `server.places` what is found.

    Faults: a status such as 500, slow, drip, redirect, closed, cut, not json, wrong json, empty object, no http.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.fault = ""
        self.answer_with: Any = None  # instead of the places of the question
        self.places: dict[str, list[dict[str, Any]]] = {"Rask": [RASK]}
        self.ended = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                address = urlsplit(self.path)
                parameters = {name: values[0] for name, values in parse_qs(address.query).items()}
                agent = self.headers.get("User-Agent", "")
                server.requests.append(Request(time.monotonic(), address.path, parameters, agent))
                if not getattr(self, f"fault_{server.fault.replace(' ', '_')}", self.answer)(parameters):
                    self.close_connection = True

            def answer(self, parameters: dict[str, str]) -> bool:
                if server.fault.isdigit():
                    return self.send(int(server.fault), b"too much <b>trouble</b>")
                found = server.answer_with or server.places.get(parameters.get("q", ""), [])
                return self.send(200, json.dumps(found).encode())

            def fault_slow(self, _: dict[str, str]) -> bool:
                return not server.ended.wait(10)

            def fault_drip(self, _: dict[str, str]) -> bool:
                self.send_response(200)
                self.end_headers()
                try:
                    while not server.ended.wait(0.1):
                        self.wfile.write(b" ")
                except OSError:
                    pass
                return False

            def fault_429(self, _: dict[str, str]) -> bool:
                return self.send(429, b"", {"Retry-After": "30"})

            def fault_redirect(self, _: dict[str, str]) -> bool:
                return self.send(302, b"", {"Location": f"{server.url}/elsewhere?q=Rask"})

            def fault_closed(self, _: dict[str, str]) -> bool:
                # Reset, not an orderly end: linger for 0 seconds.
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return False

            def fault_cut(self, _: dict[str, str]) -> bool:
                return self.send(200, b'[{"lat": ', {"Content-Length": "500"})

            def fault_not_json(self, _: dict[str, str]) -> bool:
                return self.send(200, b"<html>Log in to the hotel's network</html>")

            def fault_wrong_json(self, _: dict[str, str]) -> bool:
                return self.send(200, b'[{"lat": "north", "lon": null}]')

            def fault_empty_object(self, _: dict[str, str]) -> bool:
                return self.send(200, b"{}")

            def fault_no_http(self, _: dict[str, str]) -> bool:
                self.wfile.write(b"220 mail.example.org\r\n\r\n")
                return False

            def send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> bool:
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
                return False

            def log_message(self, *_: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def spacings(self) -> list[float]:
        """Seconds between one request and the next."""
        times = sorted(request.at for request in self.requests)
        return [later - earlier for earlier, later in pairwise(times)]

    def __enter__(self) -> "NominatimServer":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ended.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()
