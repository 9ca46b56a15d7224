"""When a request has arrived: decided from its bytes and a clock, nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.arrival import (
    MAX_BODY_BYTES,
    MAX_CHUNKED_BYTES,
    MAX_HEAD_BYTES,
    Arrival,
    Patience,
    State,
)

PATIENCE = Patience(pause=10, start=20, rate=100)
GET = b"GET / HTTP/1.1\r\nHost: desk\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: desk\r\nContent-Length: 5\r\n\r\n"
CHUNKED = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"


def state(*parts: bytes) -> State:
    arrival = Arrival(0, PATIENCE)
    for part in parts:
        arrival.add(part, 0)
    return arrival.state(0)


@pytest.mark.parametrize(
    "whole",
    [
        GET,
        GET + GET,
        POST + b"12345",
        POST.replace(b"Content-Length: 5", b"cOnTeNt-LeNgTh:\t5 ") + b"12345",
        CHUNKED + b"0\r\n\r\n",
        CHUNKED + b"5\r\n12345\r\n0\r\n\r\n",
    ],
)
def test_a_request_is_whole_with_its_last_byte_and_not_before(whole: bytes) -> None:
    assert state(whole) == "whole"
    assert state(*(bytes([byte]) for byte in whole)) == "whole"
    first = whole[: len(GET)] if whole.startswith(GET) else whole
    assert state(first[:-1]) == "coming"


@given(st.data())
def test_however_a_request_is_cut_into_pieces_it_is_whole_at_its_end(data: st.DataObject) -> None:
    rest, pieces = POST + b"12345", []
    while rest:
        at = data.draw(st.integers(1, len(rest)))
        pieces.append(rest[:at])
        rest = rest[at:]
    assert state(*pieces) == "whole"
    assert state(*pieces[:-1]) == "coming"


def test_a_head_without_end_is_refused() -> None:
    assert state(b"GET / HTTP/1.1\r\nX: ".ljust(MAX_HEAD_BYTES, b"x")) == "coming"
    assert state(b"GET / HTTP/1.1\r\nX: ".ljust(MAX_HEAD_BYTES + 1, b"x")) == "bad_request"


@pytest.mark.parametrize(
    ("length", "expected"), [(MAX_BODY_BYTES, "coming"), (MAX_BODY_BYTES + 1, "too_large")]
)
def test_a_body_that_says_it_is_too_large_is_not_waited_for(length: int, expected: State) -> None:
    assert state(POST.replace(b": 5", f": {length}".encode())) == expected


def test_a_chunked_body_that_grows_too_large_is_not_waited_for() -> None:
    line = b"ffffffff\r\n"
    rest = MAX_CHUNKED_BYTES - len(line)
    assert state(CHUNKED, line, bytes(rest)) == "coming"
    assert state(CHUNKED, line, bytes(rest + 1)) == "too_large"


@pytest.mark.parametrize(
    "body",
    [
        b"5\r\n12345\r\n0\r\n\r\n",
        b"5;name=value\r\n12345\r\n0\r\n\r\n",
        b"5\r\n12345\r\n000\r\n\r\n",
        b"5\r\n12345\r\n0\r\nX: y\r\n\r\n",
        b"7\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n",
    ],
)
def test_a_chunked_body_ends_where_its_last_chunk_says(body: bytes) -> None:
    assert state(CHUNKED + body) == "whole"
    assert state(*(bytes([byte]) for byte in CHUNKED + body)) == "whole"
    for cut in range(len(body)):
        assert state(CHUNKED + body[:cut]) == "coming"


@pytest.mark.parametrize("body", [b"zz\r\n", b"-1\r\n", b"2\r\nabX", b"\r\n", b"1" * 300])
def test_chunks_that_follow_no_rule_are_refused_at_once(body: bytes) -> None:
    assert state(CHUNKED + body) == "bad_request"


def test_a_pause_may_last_so_long_and_no_longer() -> None:
    arrival = Arrival(0, PATIENCE)
    arrival.add(POST, 5)
    assert arrival.state(15) == "coming"
    assert arrival.state(15.1) == "too_slow"


def test_a_request_that_trickles_without_a_pause_is_too_slow_in_the_end() -> None:
    arrival = Arrival(0, PATIENCE)
    arrival.add(POST, 0)
    for second in range(20):
        arrival.add(b"", second)
    assert arrival.state(20) == "coming"
    assert arrival.state(20.6) == "too_slow"


def test_a_request_that_comes_at_the_least_rate_may_take_long() -> None:
    arrival = Arrival(0, PATIENCE)
    arrival.add(POST.replace(b": 5", b": 500000"), 0)
    for second in range(1, 1000):
        arrival.add(bytes(100), second)
        assert arrival.state(second) == "coming"


def test_a_request_that_is_whole_is_never_too_slow() -> None:
    arrival = Arrival(0, PATIENCE)
    arrival.add(GET, 0)
    assert arrival.state(1_000_000) == "whole"


def test_a_sender_that_waits_to_be_asked_is_asked_once() -> None:
    arrival = Arrival(0, PATIENCE)
    arrival.add(POST.replace(b"\r\n\r\n", b"\r\nExpect: 100-Continue\r\n\r\n"), 0)
    assert arrival.take_question()
    assert not arrival.take_question()


def test_a_sender_that_does_not_wait_is_not_asked() -> None:
    arrival = Arrival(0, PATIENCE)
    arrival.add(POST.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n12345"), 0)
    assert not arrival.take_question()


def test_a_full_parcel_over_the_slowest_mobile_data_is_waited_for() -> None:
    seconds = MAX_BODY_BYTES / 1000
    patience = Patience()
    assert seconds < patience.start + MAX_BODY_BYTES / patience.rate
