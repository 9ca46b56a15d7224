"""Answers of somebody who wants phones to throw their reports away."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from datetime import date

from joserfc.jwk import ECKey

from amana.core.envelope import LENGTHS, envelope_id
from amana.core.receipt import Received, SigningKey, sign_receipt

SOME_DAY = date(2025, 3, 7)


def entries(envelopes: Iterable[bytes]) -> list[Received]:
    """What an honest receipt says about these envelopes."""
    return [Received(envelope_id(each), len(each), "stored") for each in envelopes]


def answer(held: list[Received], key: SigningKey) -> bytes:
    """A whole answer to a parcel, its receipt signed by a key of one's choice."""
    states = [{"id": each.id.hex(), "state": each.state} for each in held]
    return body(sign_receipt(held, SOME_DAY, key), states)


def body(receipt: str, states: list[dict[str, str]]) -> bytes:
    """The JSON around a receipt."""
    return json.dumps({"receipt": receipt, "envelopes": states}).encode()


def stranger() -> SigningKey:
    """A receipt key of nobody's."""
    return SigningKey(ECKey.generate_key("P-256", auto_kid=False).as_dict(private=True))


def forged_answers(envelopes: list[bytes], real: SigningKey) -> dict[str, bytes]:
    """Answers that prove nothing about these envelopes, by what is wrong with each.

    Those under the real key are receipts that the server could have given for something else.
    """
    held = entries(envelopes)
    honest = sign_receipt(held, SOME_DAY, real)
    states = [{"id": each.id.hex(), "state": each.state} for each in held]
    header, payload, signature = honest.split(".")
    other = answer([Received(secrets.token_bytes(32), one.length, "stored") for one in held], real)
    misfit = answer([Received(one.id, _not(one.length), "stored") for one in held], real)
    return {
        "no receipt": b'{"ok": true}',
        "another key": answer(held, stranger()),
        "another key under the real name": body(
            ".".join([header, *answer_parts(held, stranger())]), states
        ),
        "a changed signature": body(f"{header}.{payload}.{signature[::-1]}", states),
        "no signature": body(f"{header}.{payload}.", states),
        "another report": other,
        "another length": misfit,
        "nothing in it": answer([], real),
    }


def _not(length: int) -> int:
    """A length that envelopes have, but this one has not."""
    return next(other for other in LENGTHS if other != length)


def answer_parts(held: list[Received], key: SigningKey) -> list[str]:
    """Payload and signature by a key, without the header that names it."""
    return sign_receipt(held, SOME_DAY, key).split(".")[1:]
