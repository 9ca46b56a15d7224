"""A member's own second factors: seen, added and removed by nobody else (decision 0018)."""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Response

from amana import clock, store
from amana.core import factors
from amana.core.factors import Attestation
from amana.core.refusal import Refusal
from amana.errors import Problem
from amana.store.factors import Challenge, Factor

from . import proofs, sessions
from .audit import record


def give_factors() -> dict[str, Any]:
    """The signed-in member's second factors

    Their kinds and the days on which they were added.
    """
    held = store.factors.of(sessions.signed_in().id)
    return {"factors": held, "is_demanded": proofs.is_demanded()}


def begin_factor(given: Mapping[str, Any]) -> dict[str, Any]:
    """Begin to add a second factor

    Answers a handle. A security key signs it; for codes there is a secret to be put into a phone.
    """
    member, kind = sessions.signed_in(), given["kind"]
    held = store.factors.of(member.id)
    if len(held) >= proofs.MAX_FACTORS:
        raise Problem("conflict")
    secret = secrets.token_bytes(factors.SECRET_BYTES) if kind == "totp" else None
    with store.writing():
        challenge = Challenge(member.id, kind, None if secret is None else _sealed(secret))
        handle = proofs.ask(challenge, sessions.now())
    return {
        "handle": handle,
        "credentials": [one.credential for one in held if one.credential is not None],
        "secret": None if secret is None else factors.base32(secret),
        "address": None if secret is None else factors.phone_address(secret, member.name),
    }


def add_factor(given: Mapping[str, Any]) -> Factor:
    """Add a second factor

    Kept once it has answered: the security key has signed, or a code of the phone was right. A
    wrong answer leaves the challenge open.
    """
    handle_hash, now = factors.handle_hash(given["handle"]), sessions.now()
    member = sessions.signed_in()
    with store.writing():
        asked = store.factors.asked(handle_hash, factors.KINDS, now)
        if asked is None or asked.member_id != member.id or not store.factors.take(handle_hash):
            raise Problem("not_found")
        added = _new_key(given) if asked.secret is None else _new_codes(asked.secret, given)
        if added.credential is not None and store.factors.is_known(added.credential):
            raise Problem("conflict")
        store.factors.add(member.id, added)
        record("factor_added", added.kind)
    return added


def remove_factor(given: Mapping[str, Any], factor_id: bytes) -> Response:
    """Remove a second factor

    Only with the passphrase; and not the last one where the organisation demands one.
    """
    member = sessions.signed_in()
    sessions.prove_again(given)
    with store.writing():
        held = store.factors.hold(member.id)
        removed = next((one for one in held if one.id == factor_id), None)
        if removed is None:
            raise Problem("not_found")
        if len(held) == 1 and proofs.is_demanded():
            raise Problem("last_factor")
        store.factors.remove(factor_id)
        record("factor_removed", removed.kind)
    return Response(status=204)


def _new_key(given: Mapping[str, Any]) -> Factor:
    """The security key that a browser has made; `wrong_factor` when it did not."""
    if given["attestation"] is None:
        raise Problem("wrong_factor")
    try:
        key = factors.read_attestation(Attestation(**given["attestation"]), given["handle"])
    except Refusal as error:
        raise Problem("wrong_factor") from error
    return Factor(
        id=secrets.token_bytes(factors.ID_BYTES),
        kind="webauthn",
        day=clock.today(),
        counter=key.counter,
        origin=key.origin,
        credential=key.credential,
        public_key=key.public_key,
    )


def _new_codes(sealed: bytes, given: Mapping[str, Any]) -> Factor:
    """The codes that a phone gives; `wrong_factor` when the one that was typed is none of them."""
    secret = factors.open_secret(sessions.server_secret(), sessions.signed_in().name, sealed)
    code = given["code"]
    step = None if code is None else factors.step_of(secret, code, sessions.now())
    if step is None:
        raise Problem("wrong_factor")
    return Factor(
        id=secrets.token_bytes(factors.ID_BYTES),
        kind="totp",
        day=clock.today(),
        counter=step,
        secret=sealed,
    )


def _sealed(secret: bytes) -> bytes:
    nonce = secrets.token_bytes(factors.NONCE_BYTES)
    return factors.seal_secret(sessions.server_secret(), sessions.signed_in().name, secret, nonce)
