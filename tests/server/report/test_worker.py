"""The public zone under a real gunicorn, on real sockets: slow, broken and unkind clients."""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from amana import store
from amana.arrival import Patience
from amana.config import Settings
from amana.core.parcel import MAX_BYTES, encode_parcel
from amana.errors import ANSWERS
from tests.patience import PATIENCE as ENOUGH
from tests.server.conftest import make_envelope
from tests.server.report.test_answers import HEADERS
from tests.server.serving import Served, read_all, read_answer, request, serving

PATH = "/api/v1/parcels"
PATIENCE = Patience(pause=1.0, start=2.0, rate=4096)
LONGEST = Patience(pause=10 * ENOUGH, start=10 * ENOUGH, goodbye=10 * ENOUGH)
"""A server that waits longer for its clients than a test waits for the server."""
BIG_ASSET = 200 * 1024


@pytest.fixture(scope="module")
def big_static(static: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("big")
    shutil.copytree(static, folder, dirs_exist_ok=True)
    (folder / "report/assets/big-0123456789.bin").write_bytes(bytes(BIG_ASSET))
    return folder


@pytest.fixture(scope="module")
def served_settings(
    founded: Path, big_static: Path, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    home = Path(shutil.copytree(founded, tmp_path_factory.mktemp("served") / "home"))
    return Settings(home, f"sqlite:///{home}/amana.sqlite3", big_static)


@pytest.fixture(scope="module")
def served(served_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(served_settings, tmp_path_factory.mktemp("log"), PATIENCE) as server:
        yield server


@pytest.fixture(scope="module")
def patient(
    served_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """Whoever waits here for somebody else is not answered in time."""
    folder, silent = tmp_path_factory.mktemp("patient"), int(LONGEST.pause)
    with serving(served_settings, folder, LONGEST, timeout=silent) as server:
        yield server


def held(settings: Settings) -> list[bytes]:
    with store.opened(settings.database_url):
        return list(store.envelopes.every_body())


def post(number: int, *fields: str, close: bool = False) -> bytes:
    return request("POST", PATH, encode_parcel([make_envelope(number)]), *fields, close=close)


def parts(answer: bytes) -> tuple[int, dict[str, str], Any]:
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode("ascii").split("\r\n")
    fields = dict(line.split(": ", 1) for line in lines)
    return int(status.split()[1]), fields, json.loads(body)


def assert_error(answer: bytes, code: str) -> None:
    status, fields, body = parts(answer)
    assert (status, body) == (
        ANSWERS[code].status,  # type: ignore[index]
        {"error": {"code": code, "message": ANSWERS[code].message}},  # type: ignore[index]
    )
    assert {name: fields[name] for name in HEADERS} == HEADERS
    assert fields["Content-Type"] == "application/json"
    assert fields["Connection"] == "close"


def states(answer: bytes) -> list[str]:
    return [entry.get("error", entry["state"]) for entry in parts(answer)[2]["envelopes"]]


def test_one_connection_carries_many_parcels(served: Served, served_settings: Settings) -> None:
    with served.connect() as connection:
        for number in range(10, 13):
            connection.sendall(post(number))
            assert states(read_answer(connection)) == ["parked"]
    assert make_envelope(12) in held(served_settings)


def test_requests_sent_ahead_are_answered_in_turn(served: Served) -> None:
    first, second = post(20), post(21, close=True)
    answers = served.exchange(first + second[:50], second[50:], pause=0.2)
    assert answers.count(b"HTTP/1.1 200 OK\r\n") == 2


def test_a_body_in_pieces_is_put_together(served: Served) -> None:
    parcel = post(30, close=True)
    pieces = [parcel[at : at + 600] for at in range(0, len(parcel), 600)]
    assert states(served.exchange(*pieces, pause=0.2)) == ["parked"]


def test_a_body_that_dribbles_in_is_too_slow(served: Served, served_settings: Settings) -> None:
    parcel = post(40)
    dribble = [parcel[at : at + 1] for at in range(300, 330)]
    assert_error(served.exchange(parcel[:300], *dribble, pause=0.3), "too_slow")
    assert make_envelope(40) not in held(served_settings)


def test_a_body_that_stops_coming_is_too_slow(served: Served, served_settings: Settings) -> None:
    assert_error(served.exchange(post(41)[:-1]), "too_slow")
    assert make_envelope(41) not in held(served_settings)


def test_a_head_that_dribbles_in_is_too_slow(served: Served) -> None:
    head = request("GET", "/")
    assert_error(served.exchange(*(head[at : at + 1] for at in range(20)), pause=0.3), "too_slow")


def test_a_connection_that_never_says_a_word_is_left_without_one(served: Served) -> None:
    assert served.exchange() == b""


@pytest.mark.failure("F67")
def test_any_number_of_slow_clients_keeps_nobody_waiting(patient: Served) -> None:
    """The server has two threads."""
    with ExitStack() as stack:
        for number in range(40):
            connection = stack.enter_context(patient.connect())
            connection.sendall(post(50)[: 100 + number])
        assert states(patient.exchange(post(51, close=True))) == ["parked"]


def test_clients_that_do_not_hang_up_keep_nobody_waiting(patient: Served) -> None:
    with ExitStack() as stack:
        for number in range(60, 66):
            connection = stack.enter_context(patient.connect())
            connection.sendall(post(number, close=True))
            read_answer(connection)
        assert states(patient.exchange(post(66, close=True))) == ["parked"]


def test_clients_that_do_not_read_keep_nobody_waiting(patient: Served) -> None:
    with ExitStack() as stack:
        for _ in range(6):
            connection = stack.enter_context(patient.connect())
            connection.sendall(request("GET", "/assets/big-0123456789.bin"))
        assert states(patient.exchange(post(70, close=True))) == ["parked"]


def test_a_body_that_says_it_is_too_large_is_refused_before_it_comes(served: Served) -> None:
    head = request("POST", PATH, b"").replace(
        b"Content-Length: 0", b"Content-Length: %d" % (MAX_BYTES + 1)
    )
    with served.connect() as connection:
        connection.sendall(head)
        assert_error(read_answer(connection), "too_large")


def test_who_sends_too_much_can_still_read_why_not(served: Served) -> None:
    body = bytes(3 * MAX_BYTES)
    with served.connect() as connection:
        connection.sendall(request("POST", PATH, body)[: 2 * MAX_BYTES])
        assert_error(read_answer(connection), "too_large")


def chunked(body: bytes, size: int) -> bytes:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


CHUNKED_HEAD = request(
    "POST",
    PATH,
    None,
    "Content-Type: application/octet-stream",
    "Transfer-Encoding: chunked",
    close=True,
)


@pytest.mark.parametrize("size", [7, 1000, 5000])
def test_a_chunked_body_is_read(served: Served, size: int) -> None:
    body = chunked(encode_parcel([make_envelope(80 + size)]), size)
    assert states(served.exchange(CHUNKED_HEAD, body[:900], body[900:], pause=0.1)) == ["parked"]


@pytest.mark.parametrize("size", [MAX_BYTES + 1, 2 * MAX_BYTES + 1, 4 * MAX_BYTES])
def test_a_chunked_body_that_is_too_large_is_refused(served: Served, size: int) -> None:
    answer = served.exchange(CHUNKED_HEAD + chunked(b"AMP\x01" + bytes(size), MAX_BYTES))
    assert parts(answer)[0] == 413


@pytest.mark.parametrize(
    "body",
    [
        b"zz\r\n0\r\n\r\n",
        b"5\r\n12345xx\r\n0\r\n\r\n",
        b"5;\r\n123450\r\n\r\n0\r\n\r\n",
        b"-1\r\n0\r\n\r\n",
    ],
)
def test_a_broken_chunked_body_is_refused(served: Served, body: bytes) -> None:
    status, fields, answer = parts(served.exchange(CHUNKED_HEAD + body))
    assert (status, answer["error"]["code"]) == (400, "bad_request")
    assert {name: fields[name] for name in HEADERS} == HEADERS


def test_of_a_body_that_is_cut_off_the_whole_envelopes_are_kept(
    served: Served, served_settings: Settings
) -> None:
    parcel = request("POST", PATH, encode_parcel([make_envelope(90), make_envelope(91)]))
    with served.connect() as connection:
        connection.sendall(parcel[:-100])
        connection.shutdown(1)
        assert states(read_all(connection)) == ["parked", "truncated"]
    assert make_envelope(90) in held(served_settings)
    assert make_envelope(91) not in held(served_settings)


def test_a_client_that_asks_before_it_sends_is_asked_to_go_on(served: Served) -> None:
    parcel = encode_parcel([make_envelope(95)])
    head = request("POST", PATH, parcel, "Expect: 100-continue", close=True)[: -len(parcel)]
    with served.connect() as connection:
        connection.sendall(head)
        assert connection.recv(100).startswith(b"HTTP/1.1 100 Continue\r\n\r\n")
        connection.sendall(parcel)
        assert b"HTTP/1.1 200 OK\r\n" in read_all(connection)


@pytest.mark.parametrize(
    "malformed",
    [
        b"canary\r\n\r\n",
        b"GET canary HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\ncanary\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\ncan ary: 1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: canary\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: canary\r\n\r\n",
        b"GET /" + b"canary" * 10000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nCookie: " + b"canary" * 10000 + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 canary\r\n\r\n",
    ],
)
def test_what_is_not_http_is_refused_in_the_one_form(served: Served, malformed: bytes) -> None:
    answer = served.exchange(malformed)
    assert_error(answer, "bad_request")
    assert b"canary" not in answer
    assert "canary" not in served.log


def test_a_request_that_ends_inside_its_head_is_left(served: Served) -> None:
    with served.connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
        connection.shutdown(1)
        assert b" 200 " not in read_all(connection)


def test_the_server_takes_every_kind_of_address_without_a_redirect(served: Served) -> None:
    for target in (b"*", b"http://other.example", b"http://other.example/", b"//canary"):
        answer = served.exchange(
            b"GET %b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" % target
        )
        assert not answer.startswith(b"HTTP/1.1 3")
        assert b"canary" not in answer
        assert b"other.example" not in answer


def test_a_server_told_to_stop_does_not_wait_for_who_says_nothing(
    served_settings: Settings, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        options = {"graceful_timeout": int(LONGEST.pause)}
        server = stack.enter_context(serving(served_settings, tmp_path, LONGEST, **options))
        silent = server.connect()
        time.sleep(0.2)
        stack.pop_all().close()
        assert read_all(silent) == b""
        silent.close()
