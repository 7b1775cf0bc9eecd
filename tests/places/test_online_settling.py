"""Look-ups one after another: what is taken, and when asking ends."""

import pytest
from tests.places.nominatim_server import NominatimServer

from incidents.model.errors import GeocoderDown, IncidentsError
from incidents.model.place import Candidate, PlaceQuery
from incidents.places.online import Online
from incidents.places.online_settings import online_settings
from incidents.places.online_settling import settle_online

ONE = Candidate("A", None, "Iran", 27.0, 60.0, "town", "nominatim")
BESIDE = Candidate("A", None, "Iran", 27.05, 60.0, "town", "nominatim")
FAR = Candidate("A", None, "Iran", 30.0, 60.0, "town", "nominatim")
STATE = Candidate("A", None, "Iran", 27.0, 60.0, "province", "nominatim")


class Answering:
    def __init__(self, *answers):
        self.answers = list(answers)

    def look_up(self, query):
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def queries(count):
    return [PlaceQuery(f"place {number}", None, None, "Iran") for number in range(count)]


def test_a_single_place_is_taken_and_marked_as_nobodys_choice():
    settled = settle_online(Answering((ONE, BESIDE)), queries(1), 5)
    (place,) = settled.places.values()
    assert (place.latitude, place.source) == (27.0, "online, unconfirmed: nominatim")


@pytest.mark.parametrize("answer", [(ONE, FAR), (STATE,)])
def test_places_far_apart_and_areas_are_left_to_a_person(answer):
    settled = settle_online(Answering(answer), queries(1), 5)
    assert (settled.places, len(settled.several)) == ({}, 1)


def test_no_more_than_the_given_number_are_asked():
    settled = settle_online(Answering((ONE,), (), (ONE,)), queries(3), 2)
    assert (settled.asked, len(settled.places), len(settled.unknown)) == (2, 1, 1)


def test_an_outage_ends_it_and_is_not_no_such_place():
    settled = settle_online(Answering((ONE,), GeocoderDown("No answer.")), queries(3), 3)
    assert (len(settled.places), len(settled.unknown), settled.fault) == (1, 0, "No answer.")


def test_without_a_user_agent_nothing_is_sent(tmp_path):
    with NominatimServer() as server:
        off = Online(online_settings({"INCIDENTS_GEOCODER_URL": server.url}), tmp_path)
        with pytest.raises(IncidentsError, match=r"INCIDENTS_USER_AGENT.*nothing was sent"):
            settle_online(off, queries(1), 1)
        assert server.requests == []
