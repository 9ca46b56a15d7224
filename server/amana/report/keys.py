"""The key set, as phones fetch it."""

from flask import Flask, Response, current_app

from amana.assets import Page

KEY_SET_TYPE = "application/jose"

_EXTENSION = "amana-key-set"


def publish(app: Flask, key_set_jws: str) -> None:
    """Hold the key set ready, byte for byte as the root key signed it."""
    app.extensions[_EXTENSION] = Page.of(key_set_jws.encode("ascii"), KEY_SET_TYPE)


def give_key_set() -> Response:
    """The organisation's signed key set

    PROTOCOL section 3. The phone checks it against the root print that it has pinned.
    """
    page: Page = current_app.extensions[_EXTENSION]
    return page.answer()
