"""Every shared vector gives what it says (tests/vectors/README.md). One test a file."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from amana.core import (
    encoding,
    envelope,
    keys,
    keyset,
    mailbox,
    members,
    parcel,
    receipt,
    recovery,
    report,
)
from amana.core.refusal import Refusal
from amana.core.vocabulary import Vocabulary
from tests.vectors.generate import every_vector
from tests.vectors.make import form

VECTORS = Path(__file__).parents[2] / "vectors"
VOCABULARY = Vocabulary.load()
DAY = date(2031, 3, 7)


def joined(pieces: Any) -> bytes:
    """The bytes that a vector writes as hexadecimal or as pieces."""
    return form.joined([pieces] if isinstance(pieces, str) else pieces)


def run_envelope(vector: Mapping[str, Any]) -> None:
    sealed = joined(vector["envelope"])
    seeds = {bytes.fromhex(kid): bytes.fromhex(seed) for kid, seed in vector["seeds"].items()}
    opened = envelope.open_envelope(sealed, seeds)
    report.parse_report(opened, VOCABULARY)
    assert opened.decode() == vector["report"]
    assert envelope.envelope_id(sealed).hex() == vector["id"]


def run_report(vector: Mapping[str, Any]) -> None:
    encoded = vector["encoded"].encode() if "encoded" in vector else joined(vector["encoded_bytes"])
    parsed = report.parse_report(encoded, VOCABULARY)
    assert report.encode_report(parsed).decode() == vector["canonical"]


def run_parcel(vector: Mapping[str, Any]) -> None:
    records = [
        {"refused": record.error}
        if isinstance(record, parcel.Broken)
        else {
            "id": hashlib.sha256(record.body).hexdigest(),
            "length": len(record.body),
            "stamp": record.stamp.hex(),
        }
        for record in parcel.parse_parcel(joined(vector["parcel"]))
    ]
    assert records == vector["records"]


def run_keyset(vector: Mapping[str, Any]) -> None:
    verified = keyset.verify_key_set(vector["jws"], vector["root_print"])
    payload = vector["payload"]
    assert verified == keyset.KeySet(
        org=payload["org"],
        issued=date.fromisoformat(payload["issued"]),
        desk=tuple(
            keyset.DeskKey(
                bytes.fromhex(key["kid"]),
                encoding.b64decode(key["pub"]),
                date.fromisoformat(key["from"]),
                date.fromisoformat(key["until"]),
            )
            for key in payload["desk"]
        ),
        receipt=tuple(payload["receipt"]),
        roots=tuple(payload["roots"]),
        origins=tuple(payload["origins"]),
    )


def run_receipt(vector: Mapping[str, Any]) -> None:
    key_set = keyset.KeySet("x", DAY, (), tuple(vector["receipt_keys"]))
    verified = receipt.verify_receipt(vector["jws"], key_set)
    payload = vector["payload"]
    assert verified.day.isoformat() == payload["day"]
    assert payload["envelopes"] == [
        {"id": entry.id.hex(), "length": entry.length, "state": entry.state}
        for entry in verified.envelopes
    ]


def run_passphrase(vector: Mapping[str, Any]) -> None:
    okm = members.stretch(vector["passphrase"], bytes.fromhex(vector["salt"]))
    secrets = members.derive(okm)
    assert okm.hex() == vector["okm"]
    assert secrets.auth.hex() == vector["auth"]
    assert secrets.wrap.hex() == vector["wrap"]
    assert members.auth_hash(secrets.auth).hex() == vector["auth_hash"]


def run_wrapped_seed(vector: Mapping[str, Any]) -> None:
    wrapped, wrap = joined(vector["wrapped"]), bytes.fromhex(vector["wrap"])
    seed = members.unwrap_seed(wrapped, wrap, joined(vector["public"]))
    assert seed.hex() == vector["seed"]
    assert members.wrap_seed(seed, wrap, wrapped[:12]) == wrapped


def run_grant(vector: Mapping[str, Any]) -> None:
    kid, seed = bytes.fromhex(vector["kid"]), bytes.fromhex(vector["member_seed"])
    assert members.open_grant(joined(vector["sealed"]), kid, seed).hex() == vector["desk_seed"]


def run_public_key(vector: Mapping[str, Any]) -> None:
    public = keys.public_key(bytes.fromhex(vector["seed"]))
    assert public == joined(vector["public"])
    assert keys.kid(public).hex() == vector["kid"]


def run_root_print(vector: Mapping[str, Any]) -> None:
    print_ = keyset.root_print(vector["jwk"])
    assert print_ == vector["print"]
    assert keyset.digits(encoding.b64decode(print_)) == vector["digits"]


def run_member_print(vector: Mapping[str, Any]) -> None:
    print_ = members.member_print(joined(vector["public"]))
    assert print_.hex() == vector["print"]
    assert keyset.digits(print_) == vector["digits"]


def run_decoy_salt(vector: Mapping[str, Any]) -> None:
    secret = bytes.fromhex(vector["server_secret"])
    assert members.decoy_salt(secret, vector["name"]).hex() == vector["salt"]


def run_recovery(vector: Mapping[str, Any]) -> None:
    assert recovery.combine(vector["shares"]).hex() == vector["seed"]


def run_code(vector: Mapping[str, Any]) -> None:
    digits = mailbox.read_code(vector["typed"])
    assert digits == vector["digits"]
    assert mailbox.complete_code(digits[:18]) == digits


def run_mailbox(vector: Mapping[str, Any]) -> None:
    secret = mailbox.stretch(vector["code"])
    opened = mailbox.derive(secret)
    assert secret.hex() == vector["secret"]
    assert (opened.id.hex(), opened.key.hex()) == (vector["id"], vector["key"])


def run_letter(vector: Mapping[str, Any]) -> None:
    sealed, key = joined(vector["sealed"]), bytes.fromhex(vector["key"])
    letter = mailbox.open_letter(sealed, key)
    assert encoding.json_encode(letter).decode() == vector["letter"]
    assert mailbox.seal_letter(letter, key, sealed[:12]) == sealed


def run_noise(vector: Mapping[str, Any]) -> None:
    server_secret, mailbox_id = bytes.fromhex(vector["server_secret"]), bytes.fromhex(vector["id"])
    assert mailbox.noise(server_secret, mailbox_id).hex() == vector["noise"]


RUNNERS: Mapping[str, Callable[[Mapping[str, Any]], None]] = {
    "envelope": run_envelope,
    "report": run_report,
    "parcel": run_parcel,
    "keyset": run_keyset,
    "receipt": run_receipt,
    "passphrase": run_passphrase,
    "wrapped-seed": run_wrapped_seed,
    "grant": run_grant,
    "public-key": run_public_key,
    "root-print": run_root_print,
    "member-print": run_member_print,
    "decoy-salt": run_decoy_salt,
    "recovery": run_recovery,
    "code": run_code,
    "mailbox": run_mailbox,
    "letter": run_letter,
    "noise": run_noise,
}
FILES = sorted(
    path.relative_to(VECTORS).as_posix()
    for folder in RUNNERS
    for path in (VECTORS / folder).glob("*.json")
)


@pytest.mark.parametrize("path", FILES)
def test_vector(path: str) -> None:
    vector = json.loads((VECTORS / path).read_text("utf-8"))
    run = RUNNERS[path.split("/")[0]]
    if "refused" not in vector:
        run(vector)
        return
    with pytest.raises(Refusal) as refusal:
        run(vector)
    assert refusal.value.layer == vector["refused"]


def test_the_name_of_a_vector_says_what_it_proves() -> None:
    for path in FILES:
        folder, name = path.removesuffix(".json").split("/")
        vector = json.loads((VECTORS / path).read_text("utf-8"))
        good = ("accept-", "record-") if folder == "parcel" else ("accept-",)
        starts = (f"refuse-{vector['refused']}-",) if "refused" in vector else good
        assert name.startswith(starts), path
        assert vector["about"].endswith("."), path


def test_the_generator_makes_exactly_these_files() -> None:
    assert sorted(vector.path for vector in every_vector()) == FILES


def test_vectors_without_seals_are_what_the_generator_makes() -> None:
    for vector in every_vector():
        if not vector.sealed:
            kept = json.loads((VECTORS / vector.path).read_text("utf-8"))
            assert kept == vector.make(), vector.path
