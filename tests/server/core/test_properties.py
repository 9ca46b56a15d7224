"""Inverses hold for every value, and parsers say no to every other byte string in one way only."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amana.core import encoding, envelope, keys, keyset, members, parcel, receipt, recovery, report
from amana.core.refusal import Refusal
from amana.core.vocabulary import Vocabulary, check_answers
from tests.vectors.make import form, keysets, receipts, reports
from tests.vectors.make.jose import signed

VOCABULARY = Vocabulary.load()
SEEDS = {form.DESK_KID: form.DESK_SEED}
ENVELOPE = envelope.seal(b"report", form.DESK_PUBLIC)
KEY_SET_JWS = signed(keysets.HEADER, keysets.LEAST, form.ROOT)
RECEIPT_JWS = signed(receipts.HEADER, receipts.PAYLOAD, form.RECEIPT)
ROOT_PRINT = keyset.root_print(form.ROOT)
KEY_SET = keyset.verify_key_set(KEY_SET_JWS, ROOT_PRINT)
SIGNING_KEY = receipt.SigningKey(form.RECEIPT)

slow = settings(max_examples=25)
lengths = st.sampled_from(envelope.LENGTHS)
outsides = st.builds(
    lambda length, filler: b"AMN\x01".ljust(length, bytes((filler,))), lengths, st.integers(0, 255)
)
records = st.builds(
    parcel.Record, st.just(parcel.ENVELOPE), outsides, st.binary(max_size=parcel.MAX_STAMP_BYTES)
)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)

thresholds = st.integers(2, 5).flatmap(lambda n: st.tuples(st.integers(2, n), st.just(n)))
plaintexts = st.sampled_from(envelope.CLASSES).flatmap(
    lambda size: st.integers(0, size + 8).map(
        lambda length: length.to_bytes(4, "big").ljust(size, b"\0")
    )
)


@st.composite
def mutated(draw: st.DrawFn, whole: bytes) -> bytes:
    """Bytes with a few places changed, cut out or doubled."""
    changed = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(changed)))
        end = min(len(changed), at + draw(st.integers(0, 4)))
        changed[at:end] = draw(st.binary(max_size=4))
    return bytes(changed)


def mutated_text(whole: str) -> st.SearchStrategy[str]:
    return mutated(whole.encode()).map(lambda data: data.decode("latin-1"))


Read = TypeVar("Read")


def taken(layers: set[str], read: Callable[[], Read]) -> Read | None:
    """What was read, or None when it was refused at one of these layers; anything else fails."""
    try:
        return read()
    except Refusal as refusal:
        if refusal.layer not in layers:
            raise
        return None


# Inverses.


@given(st.binary(max_size=envelope.MAX_REPORT_BYTES))
def test_unpad_undoes_pad(data: bytes) -> None:
    padded = envelope.pad(data)
    assert len(padded) in envelope.CLASSES
    assert envelope.unpad(padded) == data


@slow
@given(st.binary(max_size=envelope.MAX_REPORT_BYTES))
def test_open_undoes_seal(data: bytes) -> None:
    sealed = envelope.seal(data, form.DESK_PUBLIC)
    assert len(sealed) in envelope.LENGTHS
    assert envelope.parse(sealed).kid == form.DESK_KID
    assert envelope.open_envelope(sealed, SEEDS) == data


@slow
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=64), st.binary(max_size=64))
def test_hpke_open_undoes_hpke_seal(seed: bytes, info: bytes, plaintext: bytes) -> None:
    sealed = keys.hpke_seal(keys.public_key(seed), info, plaintext)
    assert keys.hpke_open(seed, info, sealed) == plaintext


@given(st.lists(records, max_size=parcel.MAX_RECORDS))
def test_parse_undoes_encode_of_a_parcel(whole: list[parcel.Record]) -> None:
    assert parcel.parse_parcel(parcel.encode_parcel(whole)) == whole


@given(st.dictionaries(st.text(), json_values))
def test_json_decode_undoes_json_encode(value: dict[str, Any]) -> None:
    assert encoding.json_decode(encoding.json_encode(value)) == value


@given(st.binary())
def test_base64url_and_hexadecimal_are_undone(data: bytes) -> None:
    assert encoding.b64decode(encoding.b64encode(data)) == data
    assert encoding.hex_decode(data.hex()) == data


@slow
@given(st.lists(st.tuples(st.binary(min_size=32, max_size=32), lengths), max_size=64), st.dates())
def test_verify_gives_what_was_signed_in_a_receipt(
    kept: list[tuple[bytes, int]], day: date
) -> None:
    entries = [receipt.Received(id_, length, "stored") for id_, length in kept]
    jws = receipt.sign_receipt(entries, day, SIGNING_KEY)
    assert receipt.verify_receipt(jws, KEY_SET) == receipt.Receipt(day, tuple(entries))


@slow
@given(
    st.binary(min_size=32, max_size=32),
    st.binary(min_size=32, max_size=32),
    st.binary(min_size=12, max_size=12),
)
def test_unwrap_undoes_wrap(seed: bytes, wrap: bytes, nonce: bytes) -> None:
    wrapped = members.wrap_seed(seed, wrap, nonce)
    assert len(wrapped) == members.WRAPPED_BYTES
    assert members.unwrap_seed(wrapped, wrap, keys.public_key(seed)) == seed


@slow
@given(st.binary(min_size=32, max_size=32))
def test_open_grant_undoes_grant(member_seed: bytes) -> None:
    sealed = members.grant(form.DESK_SEED, form.DESK_KID, keys.public_key(member_seed))
    assert len(sealed) == members.GRANT_BYTES
    assert members.open_grant(sealed, form.DESK_KID, member_seed) == form.DESK_SEED


@settings(max_examples=5)
@given(st.binary(min_size=32, max_size=32), thresholds)
def test_combine_undoes_split(seed: bytes, counts: tuple[int, int]) -> None:
    threshold, shares = counts
    mnemonics = recovery.split(seed, threshold, shares)
    assert recovery.combine(mnemonics[-threshold:]) == seed
    assert recovery.combine(mnemonics) == seed


# Strictness: what a parser takes, its counterpart writes in the same bytes.


@given(plaintexts)
def test_unpad_takes_only_what_pad_makes(padded: bytes) -> None:
    data = taken({"padding"}, lambda: envelope.unpad(padded))
    if data is not None and len(data) <= envelope.MAX_REPORT_BYTES:
        assert envelope.pad(data) == padded


@given(st.text(alphabet="AQgwBab-_=+/ \n", max_size=8))
def test_base64url_has_one_spelling(text: str) -> None:
    try:
        data = encoding.b64decode(text)
    except ValueError:
        return
    assert encoding.b64encode(data) == text


@given(st.text(alphabet="0123456789-٣T:\n", max_size=11) | st.dates().map(str))
def test_a_day_has_one_spelling(text: str) -> None:
    try:
        day = encoding.day_decode(text)
    except ValueError:
        return
    assert day.isoformat() == text


@given(st.binary(max_size=200) | mutated(parcel.encode_parcel([ENVELOPE, ENVELOPE])))
def test_a_parcel_that_parses_whole_is_what_encode_makes(data: bytes) -> None:
    parsed = taken({"length", "version"}, lambda: parcel.parse_parcel(data))
    if parsed is None:
        return
    whole = [record for record in parsed if isinstance(record, parcel.Record)]
    if len(whole) == len(parsed):
        assert parcel.encode_parcel(whole) == data


# Fuzzing: no other exception ever leaves a parser.


@given(st.binary(max_size=300) | mutated(parcel.encode_parcel([ENVELOPE])))
def test_any_bytes_as_a_parcel_are_read_or_refused(data: bytes) -> None:
    with_opening = b"AMP\x01" + data
    for record in parcel.parse_parcel(with_opening):
        assert isinstance(record, parcel.Record | parcel.Broken)


@slow
@given(mutated(ENVELOPE) | st.binary(min_size=2172, max_size=2172))
def test_any_bytes_as_an_envelope_are_opened_or_refused(data: bytes) -> None:
    for sealed in (data, data.ljust(2172, b"\0")[:2172]):
        if sealed != ENVELOPE:
            with pytest.raises(Refusal):
                envelope.open_envelope(sealed, SEEDS)


@given(st.binary(max_size=200) | mutated(reports.text(reports.report()).encode()))
def test_any_bytes_as_a_report_are_parsed_or_refused(data: bytes) -> None:
    parsed = taken({"json", "schema"}, lambda: report.parse_report(data, VOCABULARY))
    if parsed is not None:
        assert report.parse_report(report.encode_report(parsed), VOCABULARY) == parsed


@given(st.sampled_from(sorted(VOCABULARY.kinds)) | json_values, st.data())
def test_any_answers_are_taken_or_refused(kind: object, data: st.DataObject) -> None:
    answers = dict(reports.LEAST.get(kind, {})) if isinstance(kind, str) else {}
    codes = st.sampled_from([field.code for kind in VOCABULARY.kinds.values() for field in kind])
    answers |= data.draw(st.dictionaries(codes | st.text(max_size=5), json_values, max_size=3))
    taken({"schema"}, lambda: check_answers(kind, answers, VOCABULARY))


@given(
    st.text(max_size=60) | mutated(KEY_SET_JWS.encode()).map(lambda data: data.decode("latin-1"))
)
def test_any_text_as_a_key_set_is_refused(text: str) -> None:
    if text != KEY_SET_JWS:
        with pytest.raises(Refusal):
            keyset.verify_key_set(text, ROOT_PRINT)


@given(
    st.text(max_size=60) | mutated(RECEIPT_JWS.encode()).map(lambda data: data.decode("latin-1"))
)
def test_any_text_as_a_receipt_is_refused(text: str) -> None:
    if text != RECEIPT_JWS:
        with pytest.raises(Refusal):
            receipt.verify_receipt(text, KEY_SET)


@given(json_values, st.sampled_from(sorted(keysets.LEAST)))
def test_any_payload_under_a_good_signature_is_read_or_refused(value: object, member: str) -> None:
    jws = signed(keysets.HEADER, keysets.LEAST | {member: value}, form.ROOT)
    taken({"schema"}, lambda: keyset.verify_key_set(jws, ROOT_PRINT))


@given(json_values, st.sampled_from(sorted(receipts.PAYLOAD)))
def test_any_receipt_under_a_good_signature_is_read_or_refused(value: object, member: str) -> None:
    jws = signed(receipts.HEADER, receipts.PAYLOAD | {member: value}, form.RECEIPT)
    taken({"schema"}, lambda: receipt.verify_receipt(jws, KEY_SET))


@given(json_values, st.sampled_from(["alg", "typ", "jwk", "kid"]))
def test_any_header_is_refused(value: object, member: str) -> None:
    header = keysets.HEADER | {member: value}
    with pytest.raises(Refusal):
        keyset.verify_key_set(signed(header, keysets.LEAST, form.ROOT), ROOT_PRINT)
    with pytest.raises(Refusal):
        receipt.verify_receipt(signed(header, receipts.PAYLOAD, form.RECEIPT), KEY_SET)


@given(st.lists(st.text(max_size=40), max_size=3))
def test_any_words_as_recovery_shares_are_refused(mnemonics: list[str]) -> None:
    with pytest.raises(Refusal):
        recovery.combine(mnemonics)


@pytest.mark.parametrize("depth", [1_000, 7_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    with pytest.raises(Refusal):
        report.parse_report(b"[" * depth + b"]" * depth, VOCABULARY)


def test_an_integer_of_thousands_of_digits_is_refused() -> None:
    with pytest.raises(Refusal):
        report.parse_report(b'{"v":' + b"1" * 10_000 + b"}", VOCABULARY)
