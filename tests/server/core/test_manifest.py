"""The manifest: signed for one thing only, and read strictly."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.core import jws, keyset, receipt
from amana.core.manifest import (
    MAX_BYTES,
    TYPE,
    Counts,
    Entry,
    Manifest,
    Words,
    encode_manifest,
    parse_manifest,
    release_name,
)
from amana.core.receipt import SigningKey
from amana.core.refusal import Refusal
from tests.vectors.make import form
from tests.vectors.make.jose import public

from .test_signing import KEY_SET

KEY = SigningKey(form.RECEIPT)
MANIFEST = Manifest(
    org="منظمة",
    made=date(2031, 3, 20),
    software="amana 1.2.3",
    tier="public",
    first=date(2031, 3, 3),
    last=date(2031, 3, 9),
    area="adm2",
    rules={"k_reports": 3, "m_events": 2, "k_people": 5, "delay_days": 7},
    counts=Counts(4, 2, 3, 1, 5, 0, 12, None),
    withheld=Words("لحماية الناس", "To protect people"),
    not_counted=Words("لأنه مجموع آخر", "It would be one more total"),
    earlier_rules={date(2031, 3, 3): {"k_reports": 3, "m_events": 2, "k_people": 5}},
    untold=(date(2031, 3, 10),),
    revised=("2031-03-03 SY06 safety",),
    release=b"r" * 16,
    files=(
        Entry("amana-public-2031-03-03-2031-03-09.csv", 3, b"c" * 32),
        Entry("amana-public-2031-03-03-2031-03-09.json", 4, b"j" * 32),
    ),
)
INSIDE = replace(
    MANIFEST,
    tier="internal",
    counts=replace(MANIFEST.counts, reports_counted=15),
    not_counted=None,
    release=None,
)


def layer_of(data: bytes, key_set: keyset.KeySet = KEY_SET) -> str:
    with pytest.raises(Refusal) as refused:
        parse_manifest(data, key_set)
    return refused.value.layer


def payload_of(data: bytes) -> Any:
    return json.loads(data)["manifest"]


def written(payload: object, signed: str) -> bytes:
    text = json.dumps({"manifest": payload, "signed": signed}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def signed_anew(payload: Any, type_: str = TYPE) -> bytes:
    """A file whose payload was signed by the right key, whatever it says."""
    return written(payload, jws.sign(KEY.header | {"typ": type_}, payload, KEY.key))


@pytest.mark.parametrize("manifest", [MANIFEST, INSIDE])
def test_what_was_signed_is_read(manifest: Manifest) -> None:
    assert parse_manifest(encode_manifest(manifest, KEY), KEY_SET) == manifest


def test_people_read_what_was_signed() -> None:
    data = encode_manifest(MANIFEST, KEY)
    assert (
        jws.split(json.loads(data)["signed"]).payload
        == json.dumps(payload_of(data), ensure_ascii=False, separators=(",", ":")).encode()
    )
    assert "لحماية الناس" in data.decode()


def test_a_receipt_is_no_manifest_and_a_manifest_no_receipt() -> None:
    entry = receipt.Received(bytes(32), 700, "stored")
    given_out = receipt.sign_receipt([entry], date(2031, 3, 20), KEY)
    payload = payload_of(encode_manifest(MANIFEST, KEY))
    assert layer_of(written(payload, given_out)) == "json"
    signed = json.loads(encode_manifest(MANIFEST, KEY))["signed"]
    with pytest.raises(Refusal) as refused:
        receipt.verify_receipt(signed, KEY_SET)
    assert refused.value.layer == "json"


@pytest.mark.parametrize("type_", ["amana/1/receipt", "amana/1/keyset", "amana/2/manifest", ""])
def test_only_what_was_signed_as_a_manifest_is_one(type_: str) -> None:
    payload = payload_of(encode_manifest(MANIFEST, KEY))
    assert layer_of(signed_anew(payload, type_)) == "json"


def test_a_key_set_is_no_manifest_and_a_manifest_no_key_set() -> None:
    jws_ = keyset.sign_key_set(KEY_SET, form.ROOT)
    assert layer_of(written(payload_of(encode_manifest(MANIFEST, KEY)), jws_)) == "json"
    signed = json.loads(encode_manifest(MANIFEST, KEY))["signed"]
    with pytest.raises(Refusal) as refused:
        keyset.verify_key_set(signed, keyset.root_print(form.RECEIPT))
    assert refused.value.layer == "json"


def test_another_organisation_s_manifest_is_refused() -> None:
    other = replace(KEY_SET, receipt=(public(form.ROOT),))
    assert layer_of(encode_manifest(MANIFEST, KEY), other) == "kid"
    assert layer_of(encode_manifest(MANIFEST, SigningKey(form.ROOT))) == "kid"
    forged = jws.sign({**KEY.header, "typ": TYPE}, payload_of(signed_anew({})), KEY.key)
    stolen_kid = jws.sign({**KEY.header, "typ": TYPE}, {}, SigningKey(form.ROOT).key)
    assert layer_of(written({}, stolen_kid)) == "signature"
    assert layer_of(written({}, forged)) == "schema"


def test_an_older_key_of_the_key_set_still_verifies() -> None:
    both = replace(KEY_SET, receipt=(public(form.ROOT), public(form.RECEIPT)))
    assert parse_manifest(encode_manifest(MANIFEST, KEY), both) == MANIFEST


def test_no_byte_can_be_changed() -> None:
    data = encode_manifest(MANIFEST, KEY)
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 1
        assert layer_of(bytes(changed)) in ("json", "kid", "signature", "check"), at


def test_what_people_read_cannot_differ_from_what_was_signed() -> None:
    data = encode_manifest(MANIFEST, KEY)
    told = json.loads(data)
    assert layer_of(written(told["manifest"] | {"tier": "partners"}, told["signed"])) == "check"
    assert layer_of(json.dumps(told).encode()) == "check"  # the same, in another spelling
    assert layer_of(data + b"\n") == "check"
    assert layer_of(json.dumps(told | {"more": 1}).encode()) == "json"


CHANGES: dict[str, Callable[[Any], Any]] = {
    "another version": lambda told: told | {"v": 2},
    "a version that is true": lambda told: told | {"v": True},
    "another member": lambda told: told | {"more": 1},
    "a missing member": lambda told: {name: told[name] for name in told if name != "revised"},
    "an unknown tier": lambda told: told | {"tier": "everybody"},
    "an unknown level": lambda told: told | {"area": "adm4"},
    "no day": lambda told: told | {"from": "2031-3-3"},
    "no name": lambda told: told | {"org": ""},
    "rules that are text": lambda told: told | {"rules": {"k_reports": "3"}},
    "rules in a list": lambda told: told | {"rules": [3]},
    "a count below zero": lambda told: told | {"counts": told["counts"] | {"rows": -1}},
    "a count that is not whole": lambda told: told | {"counts": told["counts"] | {"rows": 1.5}},
    "a count that is true": lambda told: told | {"counts": told["counts"] | {"rows": True}},
    "another count": lambda told: told | {"counts": told["counts"] | {"people": 1}},
    "no reason": lambda told: told | {"why": {}},
    "a short release": lambda told: told | {"release": "00"},
    "a release in capitals": lambda told: told | {"release": "AA" * 16},
    "no files": lambda told: told | {"files": []},
    "too many files": lambda told: told | {"files": [told["files"][0]] * 16},
    "a file twice": lambda told: told | {"files": [told["files"][0]] * 2},
    "a file with more": lambda told: told | {"files": [told["files"][0] | {"more": 1}]},
    "revisions that are text": lambda told: told | {"revised": "none"},
    "a list": lambda told: [told],
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_payload_of_another_form_is_refused_although_it_was_signed(change: str) -> None:
    payload = payload_of(encode_manifest(MANIFEST, KEY))
    assert layer_of(signed_anew(CHANGES[change](payload))) == "schema"


NAMES = ("../x.csv", "/etc/x.csv", "a/b.csv", "a\\b.csv", "..", ".csv", "a", "A.csv", "c:x.csv", "")


@pytest.mark.parametrize("name", [*NAMES, "a..csv", "a.csv\x00", "a.csv\n", "a" * 200 + ".csv"])
def test_a_file_has_a_plain_name(name: str) -> None:
    payload = payload_of(encode_manifest(MANIFEST, KEY))
    entry = payload["files"][0] | {"name": name}
    assert layer_of(signed_anew(payload | {"files": [entry]})) == "schema"


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_other_bytes_are_refused(data: bytes) -> None:
    assert layer_of(data) == "json"


def test_a_file_that_is_too_long_is_not_read() -> None:
    assert layer_of(b" " * (MAX_BYTES + 1)) == "length"


def test_a_release_has_another_name_on_another_server() -> None:
    digest = b"d" * 32
    names = {release_name(digest, secret) for secret in (b"a" * 32, b"b" * 32)}
    assert len(names) == 2
    assert release_name(digest, b"a" * 32) in names
    assert {len(name) for name in names} == {16}
