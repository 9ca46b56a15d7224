"""Tokens by which programs of colleagues and partners read figures (decision 0025).

A token is 32 random bytes, shown once to the administrator who makes it; the server keeps its
SHA-256. It opens the doors of figures and no other, and no member's session opens those. For whom
its figures are is said when it is made. A token that was never given, was revoked or has ended is
one answer. Nothing about who asks is kept but the day of the last time. Tokens end with the member
who made them, who may know them.
"""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, cast

from flask import Response, g

from amana import clock, store
from amana.errors import Problem
from amana.export.forms import FORMS, file_name
from amana.export.sheet import Sheet
from amana.store.tokens import NewToken, Token

from . import limits, sessions, summaries
from .audit import record
from .reference import AREAS, VOCABULARY
from .summaries import Question

TOKEN_BYTES: Final = 32
CSV_TYPE: Final = "text/csv; charset=utf-8"
JSON_TYPE: Final = "application/json"


def give_tokens() -> dict[str, Any]:
    """Tokens of programs

    With who made each and the last day on which it was used; also those whose time is over.
    """
    return {"tokens": store.tokens.everyone()}


def make_token(given: Mapping[str, Any]) -> dict[str, bytes]:
    """Make a token

    Answers it, once. `until` is its last day.
    """
    today, until = clock.today(), given["until"]
    if until is not None and until < today:
        raise Problem("invalid")
    with store.writing():
        token = issue(given["name"], given["tier"], until, today, sessions.signed_in().id)
        record("token_made", f"{given['tier']} {given['name']}")
    return {"token": token}


def issue(
    name: str, tier: str, until: date | None, today: date, made_by: int | None = None
) -> bytes:
    """Make a token in this transaction, and answer it. `made_by` is a member's id."""
    token = secrets.token_bytes(TOKEN_BYTES)
    store.tokens.put(sessions.hash_of(token), NewToken(name, tier, today, until, made_by))
    return token


def revoke_token(token_id: int) -> Response:
    """Revoke a token

    It is worth nothing from then on.
    """
    with store.writing():
        token = store.tokens.revoke(token_id)
        if token is None:
            raise Problem("not_found")
        record("token_revoked", token.subject)
    return Response(status=204)


def admit() -> None:
    """Find the token that the request carries: `not_signed_in`, `too_many_tries`.

    A right one is never held up by wrong ones, only by itself.
    """
    token_hash, moment, today = sessions.bearer_hash(), sessions.now(), clock.today()
    token = store.tokens.find(token_hash, today) if token_hash else None
    counted = limits.limits_of_token(sessions.server_secret(), token_hash if token else None)
    limits.refuse(counted, moment)
    with store.writing():
        limits.take(counted, moment)
        if token is not None and store.tokens.use(token.id, today):
            store.audit.append("token_used", "", token.subject, today)
    if token is None:
        raise Problem("not_signed_in")
    g.reader = token


def give_figures_csv(question: Mapping[str, Any]) -> Response:
    """Figures as a CSV file

    Of the token's tier: inside, the table as it is now; for partners and the public, weeks that
    have left for that tier in a file already, told the same. Asking settles nothing.
    """
    return _answer(_read(question), "csv", CSV_TYPE)


def give_figures_json(question: Mapping[str, Any]) -> Response:
    """Figures as JSON

    The same as the CSV file.
    """
    return _answer(_read(question), "json", JSON_TYPE)


def _read(question: Mapping[str, Any]) -> Sheet:
    tier = cast(Token, g.reader).tier
    weeks = summaries.whole_weeks(question["from_"], question["to"])
    asked = Question(*weeks, tier, question["area"])
    given, today = summaries.thresholds(), clock.today()
    if tier == "internal":
        return summaries.look(asked, given, today).sheet
    return summaries.released(asked, given, today)


def _answer(sheet: Sheet, form: str, kind: str) -> Response:
    answer = Response(FORMS[form](sheet, AREAS, VOCABULARY), content_type=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=file_name(sheet, form))
    return answer
