"""The key set, as phones fetch it."""

from contextlib import suppress
from pathlib import Path

from flask import Flask, Response, current_app

from amana.assets import Page
from amana.core.keyset import verify_key_set
from amana.core.refusal import Refusal
from amana.organisation import KEY_SET_FILE, Organisation

KEY_SET_TYPE = "application/jose"

_EXTENSION = "amana-key-set"


class KeySetFile:
    """The key set in an organisation's folder, byte for byte as the root key signed it.

    A new one is served as soon as it is there. One that does not verify is not: phones get the
    one before it.
    """

    def __init__(self, home: Path, organisation: Organisation) -> None:
        self._file = home / KEY_SET_FILE
        self._root_print = organisation.root_print
        self._page = _page(organisation.key_set_jws)
        self._seen: tuple[int, int] | None = None

    def page(self) -> Page:
        """What to answer now. The file is looked at for each request and read when it is new."""
        with suppress(OSError, Refusal, UnicodeDecodeError):
            found = self._file.stat()
            seen = (found.st_ino, found.st_mtime_ns)
            if seen != self._seen:
                self._seen = seen
                self._page = self._read()
        return self._page

    def _read(self) -> Page:
        key_set_jws = self._file.read_text("ascii").strip()
        verify_key_set(key_set_jws, self._root_print)
        return _page(key_set_jws)


def publish(app: Flask, home: Path, organisation: Organisation) -> None:
    """Hold the key set ready."""
    app.extensions[_EXTENSION] = KeySetFile(home, organisation)


def give_key_set() -> Response:
    """The organisation's signed key set

    PROTOCOL section 3. The phone checks it against the root print that it has pinned.
    """
    file: KeySetFile = current_app.extensions[_EXTENSION]
    return file.page().answer()


def _page(key_set_jws: str) -> Page:
    return Page.of(key_set_jws.encode("ascii"), KEY_SET_TYPE)
