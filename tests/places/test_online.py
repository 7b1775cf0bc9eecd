"""The online geocoder against a server on this machine: what is asked, what comes back, what goes wrong."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.places.nominatim_server import RASK, NominatimServer

from incidents.model.errors import GeocoderDown, IncidentsError, StoreError
from incidents.model.place import Candidate, PlaceQuery
from incidents.places.online import Online
from incidents.places.online_settings import OnlineSettings, online_settings

RASK_IN_IRAN = PlaceQuery("Rask", country="Iran")
FOUND = Candidate(
    name="Rask",
    admin1="Sistan and Baluchestan Province",
    country="Iran",
    latitude=26.23675,
    longitude=61.39901,
    geo_precision="town",
    source="nominatim",
    why="OpenStreetMap has a town: Rask, Rask County, Sistan and Baluchestan Province, Iran",
)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[NominatimServer]:
    with NominatimServer() as running:
        yield running


@pytest.fixture
def chosen(server: NominatimServer) -> OnlineSettings:
    return OnlineSettings(url=server.url, user_agent="test of Incidents, test@example.org", timeout_s=0.4)


@pytest.fixture
def online(chosen: OnlineSettings, tmp_path: Path) -> Online:
    return Online(chosen, tmp_path)


# What is asked


def test_a_look_up_asks_for_ten_places_in_the_stated_country(online: Online, server: NominatimServer) -> None:
    online.look_up(RASK_IN_IRAN)
    (request,) = server.requests
    assert request.path == "/search"
    assert request.parameters == {
        "q": "Rask",
        "format": "json",
        "limit": "10",
        "countrycodes": "ir",
        "addressdetails": "1",
        "accept-language": "en",
    }


def test_the_user_agent_of_the_settings_is_sent(online: Online, server: NominatimServer) -> None:
    online.look_up(RASK_IN_IRAN)
    assert server.requests[0].user_agent == "test of Incidents, test@example.org"


def test_a_country_that_is_not_known_is_asked_in_words(online: Online, server: NominatimServer) -> None:
    online.look_up(PlaceQuery("Rask", country="Atlantis"))
    assert server.requests[0].parameters["q"] == "Rask, Atlantis"
    assert "countrycodes" not in server.requests[0].parameters


def test_district_and_province_are_asked_first_then_the_name_alone(online: Online, server: NominatimServer) -> None:
    found = online.look_up(PlaceQuery("Rask", "Sarbaz", "Sistan", "Iran"))
    assert [request.parameters["q"] for request in server.requests] == ["Rask, Sarbaz, Sistan", "Rask"]
    assert found == (FOUND,)
    assert server.spacings()[0] >= 1.0


def test_the_name_is_asked_once_where_the_province_finds_it(online: Online, server: NominatimServer) -> None:
    server.places["Rask, Sistan"] = [RASK]
    online.look_up(PlaceQuery("Rask", None, "Sistan", "Iran"))
    assert len(server.requests) == 1


def test_a_question_without_a_name_is_refused_and_not_sent(online: Online, server: NominatimServer) -> None:
    with pytest.raises(IncidentsError, match="no name, district or province; nothing was sent"):
        online.look_up(PlaceQuery(" ", country="Iran"))
    assert server.requests == []


# What comes back


def test_a_place_comes_back_as_a_candidate(online: Online) -> None:
    assert online.look_up(RASK_IN_IRAN) == (FOUND,)


def test_all_candidates_come_back(online: Online, server: NominatimServer) -> None:
    server.places["Rask"] = [{**RASK, "lat": str(latitude)} for latitude in range(10)]
    assert [candidate.latitude for candidate in online.look_up(RASK_IN_IRAN)] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_a_place_in_another_country_is_left_out(online: Online, server: NominatimServer) -> None:
    server.places["Rask"] = [RASK, {**RASK, "address": {"country_code": "pk"}}]
    assert online.look_up(RASK_IN_IRAN) == (FOUND,)


def test_no_such_place_is_an_empty_answer(online: Online) -> None:
    assert online.look_up(PlaceQuery("Nowhere", country="Iran")) == ()


@pytest.mark.parametrize(
    ("changes", "precision"),
    [
        ({"addresstype": "village"}, "town"),
        ({"addresstype": "county", "class": "boundary"}, "district"),
        ({"addresstype": "province"}, "province"),
        ({"addresstype": "country"}, "country"),
        ({"addresstype": "road", "class": "highway"}, "line"),
        ({"addresstype": "peak", "class": "natural"}, "near"),
        ({"addresstype": "bay"}, "sea"),
        ({"addresstype": "administrative", "class": "boundary", "place_rank": 8}, "province"),
        ({"addresstype": "administrative", "class": "boundary", "place_rank": 12}, "district"),
        ({"addresstype": "mosque", "class": "amenity"}, "town"),
    ],
)
def test_precision_follows_what_the_place_is(
    online: Online, server: NominatimServer, changes: dict[str, object], precision: str
) -> None:
    server.places["Rask"] = [{**RASK, **changes}]
    assert online.look_up(RASK_IN_IRAN)[0].geo_precision == precision


def test_control_characters_of_an_answer_are_dropped(online: Online, server: NominatimServer) -> None:
    server.places["Rask"] = [{**RASK, "name": "Ra\x1b[31msk\n"}]
    assert online.look_up(RASK_IN_IRAN)[0].name == "Ra [31msk"


# Kept answers


def test_the_same_question_is_sent_once(
    online: Online, chosen: OnlineSettings, server: NominatimServer, tmp_path: Path
) -> None:
    online.look_up(RASK_IN_IRAN)
    assert Online(chosen, tmp_path).look_up(PlaceQuery(" RASK ", "", None, "Iran")) == (FOUND,)
    assert len(server.requests) == 1


def test_no_such_place_is_kept_too(online: Online, server: NominatimServer) -> None:
    nowhere = PlaceQuery("Nowhere", country="Iran")
    online.look_up(nowhere)
    assert online.look_up(nowhere) == ()
    assert len(server.requests) == 1
    kept = online.kept(nowhere)
    assert kept is not None
    assert kept.candidates == ()


def test_another_province_is_another_question(online: Online) -> None:
    online.look_up(RASK_IN_IRAN)
    assert online.kept(PlaceQuery("Rask", None, "Gilan", "Iran")) is None


def test_another_service_is_another_question(online: Online, chosen: OnlineSettings, tmp_path: Path) -> None:
    online.look_up(RASK_IN_IRAN)
    assert Online(replace(chosen, url="http://127.0.0.1:9"), tmp_path).kept(RASK_IN_IRAN) is None


def test_kept_answers_are_read_offline_and_while_off(online: Online, chosen: OnlineSettings, tmp_path: Path) -> None:
    online.look_up(RASK_IN_IRAN)
    off = Online(replace(chosen, user_agent=None), tmp_path)
    kept = off.kept(RASK_IN_IRAN)
    assert kept is not None
    assert kept.candidates == (FOUND,)
    assert kept.asked_at.tzinfo is not None
    assert off.look_up(RASK_IN_IRAN) == (FOUND,)


def test_a_forgotten_answer_is_asked_again(online: Online, server: NominatimServer) -> None:
    online.look_up(RASK_IN_IRAN)
    online.forget(RASK_IN_IRAN)
    online.look_up(RASK_IN_IRAN)
    assert len(server.requests) == 2


def test_an_outage_is_not_kept(online: Online, server: NominatimServer) -> None:
    server.fault = "500"
    with pytest.raises(GeocoderDown, match="500"):
        online.look_up(RASK_IN_IRAN)
    server.fault = ""
    assert online.kept(RASK_IN_IRAN) is None
    assert online.look_up(RASK_IN_IRAN) == (FOUND,)


def test_a_broken_file_of_answers_is_told_before_anything_is_sent(
    online: Online, server: NominatimServer, tmp_path: Path
) -> None:
    (tmp_path / "online-answers-1.sqlite").write_bytes(b"not a database, though it is long enough to be one" * 40)
    with pytest.raises(StoreError, match=r"online-answers-1\.sqlite: the kept answers .* remove the file"):
        online.look_up(RASK_IN_IRAN)
    assert server.requests == []


# What goes wrong


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("slow", r"did not answer within 0\.4 s"),
        ("drip", r"did not answer within 0\.4 s"),
        ("429", r"too many requests \(429\), and asks to wait 30 s"),
        ("500", r"in trouble \(500\)"),
        ("503", r"in trouble \(503\)"),
        ("403", r"refused access \(403\); read its usage policy and check INCIDENTS_USER_AGENT"),
        ("400", r"did not accept the question \(400\)"),
        ("redirect", r"has moved \(302\); set INCIDENTS_GEOCODER_URL"),
        ("closed", "could not be reached: it broke off the connection"),
        ("cut", "could not be reached: it broke off the connection"),
        ("no http", "could not be reached: what answers there is no web server"),
        ("not json", "answer that cannot be read"),
        ("wrong json", "answer that cannot be read"),
        ("empty object", "answer that cannot be read"),
    ],
)
def test_an_outage_is_not_no_such_place(online: Online, server: NominatimServer, fault: str, sentence: str) -> None:
    server.fault = fault
    with pytest.raises(GeocoderDown, match=sentence) as raised:
        online.look_up(RASK_IN_IRAN)
    assert 'not "no such place"' in str(raised.value)
    assert len(server.requests) == 1, "one request, no retries"


def test_a_refused_connection_is_told(chosen: OnlineSettings, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening
        nobody = replace(chosen, url=f"http://127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(GeocoderDown, match="could not be reached: it refused the connection"):
            Online(nobody, tmp_path).look_up(RASK_IN_IRAN)


def test_a_host_without_an_address_is_told(chosen: OnlineSettings, tmp_path: Path) -> None:
    nobody = replace(chosen, url="http://geocoder.invalid", timeout_s=5.0)
    with pytest.raises(GeocoderDown, match="could not be reached: its name is unknown to the network"):
        Online(nobody, tmp_path).look_up(RASK_IN_IRAN)


def test_a_server_that_asks_for_a_pause_gets_it_from_everybody(
    online: Online, chosen: OnlineSettings, server: NominatimServer, tmp_path: Path
) -> None:
    server.fault = "429"
    with pytest.raises(GeocoderDown, match="asks to wait 30 s"):
        online.look_up(RASK_IN_IRAN)
    server.fault = ""
    with pytest.raises(GeocoderDown, match=r"asked for a pause; nothing was sent. Try again in (30|29|28) s"):
        Online(chosen, tmp_path).look_up(PlaceQuery("Zabol", country="Iran"))
    assert len(server.requests) == 1


# Off


def test_a_look_up_without_a_user_agent_is_refused(
    chosen: OnlineSettings, server: NominatimServer, tmp_path: Path
) -> None:
    off = Online(replace(chosen, user_agent=None), tmp_path)
    assert not off.is_configured
    with pytest.raises(
        IncidentsError, match=r"set INCIDENTS_USER_AGENT to the name of your project .*nothing was sent"
    ):
        off.look_up(RASK_IN_IRAN)
    assert server.requests == []


def test_nothing_is_sent_or_written_until_a_look_up(
    chosen: OnlineSettings, server: NominatimServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    online = Online(chosen, tmp_path / "index")
    assert online.is_configured
    assert online.kept(RASK_IN_IRAN) is None
    online.forget(RASK_IN_IRAN)
    assert server.requests == []
    assert not (tmp_path / "index").exists()


# Other services


def test_another_service_of_geopy_is_asked_by_setting(
    chosen: OnlineSettings, server: NominatimServer, tmp_path: Path
) -> None:
    other = replace(chosen, service="pickpoint", options=(("api_key", "secret"),))
    assert Online(other, tmp_path).look_up(RASK_IN_IRAN) == (replace(FOUND, source="pickpoint"),)
    assert server.requests[0].path == "/v1/forward"
    assert server.requests[0].parameters["key"] == "secret"


def test_a_key_is_in_no_message(chosen: OnlineSettings, server: NominatimServer, tmp_path: Path) -> None:
    server.fault = "403"
    other = replace(chosen, service="pickpoint", options=(("api_key", "secret"),))
    with pytest.raises(GeocoderDown, match="403") as raised:
        Online(other, tmp_path).look_up(RASK_IN_IRAN)
    assert "secret" not in f"{raised.value} {other!r} {other.key}"


def test_a_service_that_does_not_speak_nominatim_gives_places_without_a_precision(
    chosen: OnlineSettings, server: NominatimServer, tmp_path: Path
) -> None:
    point = {
        "type": "Feature",
        "geometry": {"coordinates": [61.4, 26.2]},
        "properties": {"name": "Rask", "country": "Iran"},
    }
    server.answer_with = {"features": [point]}
    photon = replace(chosen, service="photon")
    assert Online(photon, tmp_path).look_up(RASK_IN_IRAN) == (
        Candidate("Rask", None, None, 26.2, 61.4, "unstated", "photon", "photon has Rask, Iran"),
    )
    assert server.requests[0].parameters["q"] == "Rask, Iran"


def test_a_service_that_geopy_does_not_have_is_told(chosen: OnlineSettings, tmp_path: Path) -> None:
    with pytest.raises(IncidentsError, match="geopy has no service 'gazetteer'"):
        Online(replace(chosen, service="gazetteer"), tmp_path).look_up(RASK_IN_IRAN)


def test_an_option_that_the_service_does_not_take_is_told(chosen: OnlineSettings, tmp_path: Path) -> None:
    wrong = replace(chosen, options=(("colour", "red"),))
    with pytest.raises(IncidentsError, match="nominatim are not accepted: got an unexpected keyword argument 'colour'"):
        Online(wrong, tmp_path).look_up(RASK_IN_IRAN)


def test_a_sample_user_agent_is_not_sent_to_the_public_server(tmp_path: Path) -> None:
    public = OnlineSettings(user_agent="my-application")
    with pytest.raises(IncidentsError, match="default or sample `user_agent`"):
        Online(public, tmp_path).look_up(RASK_IN_IRAN)


# Settings


def test_settings_without_anything_set_are_the_public_server_and_off() -> None:
    plain = online_settings({})
    assert (plain.service, plain.url, plain.timeout_s) == ("nominatim", "https://nominatim.openstreetmap.org", 10.0)
    assert not plain.is_configured


def test_settings_are_read_from_the_environment() -> None:
    read = online_settings(
        {
            "INCIDENTS_GEOCODER": "OpenCage",
            "INCIDENTS_GEOCODER_URL": "https://geo.example.org/nominatim/search/",
            "INCIDENTS_GEOCODER_OPTIONS": '{"api_key": "k"}',
            "INCIDENTS_GEOCODER_TIMEOUT": "2.5",
            "INCIDENTS_USER_AGENT": " Desk 4, desk4@example.org ",
        }
    )
    assert read == OnlineSettings(
        "opencage", "https://geo.example.org/nominatim", "Desk 4, desk4@example.org", 2.5, (("api_key", "k"),)
    )


def test_another_service_keeps_its_own_address() -> None:
    assert online_settings({"INCIDENTS_GEOCODER": "photon"}).url is None


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("INCIDENTS_GEOCODER_URL", "ftp://example.org", "expected an address such as"),
        ("INCIDENTS_GEOCODER_URL", "https://user:pass@example.org", "without user, query"),
        ("INCIDENTS_GEOCODER_URL", "http://[broken", "expected an address such as"),
        ("INCIDENTS_GEOCODER_TIMEOUT", "soon", "expected seconds above 0"),
        ("INCIDENTS_GEOCODER_TIMEOUT", "nan", "expected seconds above 0"),
        ("INCIDENTS_GEOCODER_TIMEOUT", "0", "expected seconds above 0"),
        ("INCIDENTS_GEOCODER_OPTIONS", "[1]", "expected a JSON object"),
        ("INCIDENTS_GEOCODER_OPTIONS", "{", "expected a JSON object"),
        ("INCIDENTS_USER_AGENT", "Desk\r\nX-Other: 1", "expected plain ASCII text on one line"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told(name: str, value: str, sentence: str) -> None:
    with pytest.raises(IncidentsError, match=f"{name}: .*{sentence}|{name}: {sentence}"):
        online_settings({name: value})
