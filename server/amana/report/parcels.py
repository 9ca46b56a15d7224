"""Sealed reports come in, a signed receipt goes out (PROTOCOL section 7)."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Flask, Response, current_app, jsonify
from marshmallow import fields, validate

from amana import clock, http, store
from amana.core.parcel import MAX_BYTES, Broken, Record, parse_parcel
from amana.core.receipt import Received, SigningKey, sign_receipt
from amana.core.refusal import Refusal
from amana.errors import Problem
from amana.store.envelopes import Put

CONTENT_TYPE = "application/octet-stream"
PARCEL_BODY = {
    "requestBody": {
        "required": True,
        "content": {CONTENT_TYPE: {"schema": {"type": "string", "format": "binary"}}},
    }
}

_EXTENSION = "amana-receipt-key"


class EnvelopeSchema(http.StrictSchema):
    """What became of one record, in the parcel's order."""

    id = fields.String(required=True, allow_none=True, validate=validate.Regexp("^[0-9a-f]{64}$"))
    state = fields.String(
        required=True, validate=validate.OneOf(["stored", "known", "parked", "refused"])
    )
    error = fields.String(
        validate=validate.OneOf(["type", "length", "version", "truncated", "too_many"])
    )


class ParcelAnswerSchema(http.StrictSchema):
    """The signed receipt, and the same states with the refused records among them."""

    receipt = fields.String(required=True)
    envelopes = fields.List(fields.Nested(EnvelopeSchema), required=True)


def sign_with(app: Flask, receipt_key: SigningKey) -> None:
    """Sign receipts with this key."""
    app.extensions[_EXTENSION] = receipt_key


def take_parcel() -> Response:
    """Keep sealed reports, each once, and sign for those that are held

    PROTOCOL sections 6 and 7. One bad record never spoils the others. The receipt is signed after
    the envelopes are durably committed.
    """
    receipt_key: SigningKey = current_app.extensions[_EXTENSION]

    records = _parse(http.read_body(CONTENT_TYPE, MAX_BYTES))

    today = clock.today()
    sealed = [record.body for record in records if isinstance(record, Record)]
    held = store.ingest.put(sealed, today)

    receipt = sign_receipt(
        [Received(put.id, put.length, put.state) for put in held], today, receipt_key
    )
    return http.squeeze(jsonify(receipt=receipt, envelopes=_answers(records, held)))


def _parse(parcel: bytes) -> list[Record | Broken]:
    try:
        return parse_parcel(parcel)
    except Refusal as refusal:
        raise Problem("bad_parcel") from refusal


def _answers(records: Sequence[Record | Broken], held: Sequence[Put]) -> list[dict[str, Any]]:
    in_order = iter(held)
    return [_answer(record, in_order) for record in records]


def _answer(record: Record | Broken, held: Iterator[Put]) -> dict[str, Any]:
    if isinstance(record, Broken):
        return {"id": None, "state": "refused", "error": record.error}
    put = next(held)
    return {"id": put.id.hex(), "state": put.state}
