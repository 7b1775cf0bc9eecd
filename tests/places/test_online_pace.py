"""One request a second for the whole machine, by the server's log."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.places.nominatim_server import NominatimServer

from incidents.model.errors import GeocoderDown, StoreError
from incidents.model.place import Candidate, PlaceQuery
from incidents.places.online import Online
from incidents.places.online_pace import Turn
from incidents.places.online_settings import OnlineSettings

SESSION = """
import sys
from pathlib import Path
from incidents.model.place import PlaceQuery
from incidents.places.online import Online, online_settings

online = Online(online_settings(), Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for name in sys.argv[2:]:
    online.look_up(PlaceQuery(name, country="Iran"))
"""


def test_five_processes_at_once_stay_at_one_request_a_second(tmp_path: Path) -> None:
    with NominatimServer() as server:
        environment = {
            **os.environ,
            "INCIDENTS_GEOCODER_URL": server.url,
            "INCIDENTS_USER_AGENT": "test of Incidents",
            "no_proxy": "127.0.0.1",
        }
        sessions = [
            subprocess.Popen(
                [sys.executable, "-c", SESSION, str(tmp_path), f"Place {number} a", f"Place {number} b"],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for number in range(5)
        ]
        for session in sessions:
            assert session.stdout is not None
            assert session.stdout.readline() == "ready\n"
        for session in sessions:
            assert session.stdin is not None
            session.stdin.write("go\n")
            session.stdin.flush()
        for session in sessions:
            session.communicate(timeout=60)
        assert [session.returncode for session in sessions] == [0, 0, 0, 0, 0]
        assert len(server.requests) == 10
        assert min(server.spacings()) >= 1.0
        assert sum(server.spacings()) < 14, "a second each, and not much more"


def asked_by_threads(server: NominatimServer, folder: Path) -> list[object]:
    """Five sessions of one page, each with a name of its own: what each is told."""
    online = Online(OnlineSettings(url=server.url, user_agent="test of Incidents"), folder)
    together = threading.Barrier(5)
    told: list[object] = []

    def ask(number: int) -> None:
        together.wait()
        try:
            told.append(online.look_up(PlaceQuery(f"Place {number}", country="Iran")))
        except GeocoderDown as outage:
            told.append(str(outage))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_five_sessions_of_one_process_stay_at_one_request_a_second(tmp_path: Path) -> None:
    with NominatimServer() as server:
        assert asked_by_threads(server, tmp_path) == [(), (), (), (), ()]
        assert sorted(request.parameters["q"] for request in server.requests) == [f"Place {n}" for n in range(5)]
        assert min(server.spacings()) >= 1.0


def test_five_sessions_are_each_told_of_an_outage_and_still_take_turns(tmp_path: Path) -> None:
    with NominatimServer() as server:
        server.fault = "500"
        told = asked_by_threads(server, tmp_path)
        assert len(server.requests) == 5
        assert min(server.spacings()) >= 1.0
        server.fault = ""
        kept = Online(OnlineSettings(url=server.url, user_agent="test of Incidents"), tmp_path)
        assert [kept.kept(PlaceQuery(f"Place {number}", country="Iran")) for number in range(5)] == [None] * 5
    assert len(told) == 5
    assert all("in trouble (500)" in str(outage) and 'not "no such place"' in str(outage) for outage in told)


def test_threads_that_ask_the_same_send_it_once(tmp_path: Path) -> None:
    answers: list[tuple[Candidate, ...]] = []
    with NominatimServer() as server:
        online = Online(OnlineSettings(url=server.url, user_agent="test of Incidents"), tmp_path)

        def ask() -> None:
            answers.append(online.look_up(PlaceQuery("Rask", country="Iran")))

        threads = [threading.Thread(target=ask) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(server.requests) == 1
    assert [len(answer) for answer in answers] == [1, 1, 1, 1, 1]


def test_a_slow_answer_delays_the_next_request(tmp_path: Path) -> None:
    with Turn(tmp_path, "any") as turn:
        with turn.request():
            time.sleep(0.5)
        ended = time.monotonic()
        with turn.request():
            begun = time.monotonic()
    assert begun - ended >= 1.0


def test_a_process_that_dies_in_its_turn_frees_it_and_counts(tmp_path: Path) -> None:
    dying = (
        "import os, sys; from pathlib import Path; from incidents.places.online_pace import Turn\n"
        "turn = Turn(Path(sys.argv[1]), 'any'); turn.__enter__(); turn.request().__enter__(); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", dying, str(tmp_path)], check=False)
    last = json.loads((tmp_path / "online.lock").read_text(encoding="utf-8"))["last"]
    with Turn(tmp_path, "any", patience_s=0) as turn, turn.request():
        assert time.time() - last >= 1.0


def test_a_queue_that_does_not_move_is_told(tmp_path: Path) -> None:
    with (
        Turn(tmp_path, "any"),
        pytest.raises(GeocoderDown, match=r"Other look-ups on this machine .* nothing was sent"),
        Turn(tmp_path, "any", patience_s=0.1),
    ):
        pass


def test_a_clock_set_back_delays_by_a_second_at_most(tmp_path: Path) -> None:
    (tmp_path / "online.lock").write_text(
        json.dumps({"last": time.time() + 9999, "pauses": {"any": time.time() + 99999}})
    )
    begun = time.monotonic()
    with Turn(tmp_path, "any") as turn, turn.request():
        assert time.monotonic() - begun < 1.5


def test_a_file_cut_off_in_the_middle_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "online.lock").write_text('{"last": 17')
    with Turn(tmp_path, "any") as turn, turn.request():
        pass
    assert json.loads((tmp_path / "online.lock").read_text(encoding="utf-8"))["pauses"] == {}


def test_a_pause_holds_for_its_own_service_only(tmp_path: Path) -> None:
    with Turn(tmp_path, "one") as turn:
        turn.pause(120)
    with Turn(tmp_path, "other") as turn, turn.request():
        pass
    with Turn(tmp_path, "one") as turn, pytest.raises(GeocoderDown, match=r"Try again in 2 minutes"), turn.request():
        pass


def test_a_pause_is_an_hour_at_most(tmp_path: Path) -> None:
    with Turn(tmp_path, "one") as turn:
        turn.pause(10**9)
        with pytest.raises(GeocoderDown, match=r"Try again in 60 minutes"), turn.request():
            pass


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match=r"cannot be used to keep to one online look-up a second .*INCIDENTS_INDEX"):
        Turn(tmp_path / "index", "any").__enter__()
