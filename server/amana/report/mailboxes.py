"""The desk's letters, for whoever knows a code (PROTOCOL section 9).

Where no letter lies, noise is answered: nobody learns by asking whether a mailbox exists.
"""

from flask import Flask, current_app
from marshmallow import fields

from amana import http, store
from amana.core import mailbox
from amana.core.encoding import b64encode

_EXTENSION = "amana-mailbox-noise"


class LetterSchema(http.StrictSchema):
    """4124 bytes, as base64url, for every mailbox."""

    letter = fields.String(required=True)


def fill_with(app: Flask, server_secret: bytes) -> None:
    """Make the noise in empty mailboxes of this secret."""
    app.extensions[_EXTENSION] = server_secret


def give_letter(mailbox_id: bytes) -> dict[str, str]:
    """The letter in a mailbox

    Noise of the same length where none lies, the same each time.
    """
    noise = mailbox.noise(current_app.extensions[_EXTENSION], mailbox_id)
    letter = store.mailboxes.letter(mailbox_id)
    return {"letter": b64encode(noise if letter is None else letter)}
