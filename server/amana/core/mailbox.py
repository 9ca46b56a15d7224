"""Mailboxes: the code that a person keeps, what it opens, the desk's letter (PROTOCOL section 9).

    code    = 18 random digits || 2 check digits (ISO 7064 MOD 97-10)
    secret  = PBKDF2-HMAC-SHA-256(code, "amana/1/mailbox", 600000), 32 bytes
    id      = HKDF-SHA256(secret, info = "amana/1/mailbox/id"), 16 bytes
    key     = HKDF-SHA256(secret, info = "amana/1/mailbox/key"), 32 bytes
    letter  = nonce (12) || AES-256-GCM(key, nonce, padded, aad = "amana/1/mailbox/letter")
    padded  = u32 length || JSON || zeros, 4096 bytes

The server keeps letters under their ids and can open none of them.
"""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from amana.core.digits import to_latin
from amana.core.encoding import day_decode, is_integer, is_text, json_decode, json_encode
from amana.core.refusal import Refusal

RANDOM_DIGITS: Final = 18
CODE_DIGITS: Final = 20
ITERATIONS: Final = 600_000
SECRET_BYTES: Final = 32
ID_BYTES: Final = 16
CLASS: Final = 4096
"""Every letter's padded length: one class, so that a length says nothing."""
NONCE_BYTES: Final = 12
LETTER_BYTES: Final = NONCE_BYTES + CLASS + 16
STATES: Final = ("received", "opened", "closed")
MAX_TEXT_CHARS: Final = 1000

_SALT: Final = b"amana/1/mailbox"
_ID: Final = b"amana/1/mailbox/id"
_KEY: Final = b"amana/1/mailbox/key"
_LETTER: Final = b"amana/1/mailbox/letter"
_NOISE: Final = b"amana/1/mailbox/noise"
_LENGTH_BYTES: Final = 4


@dataclass(frozen=True)
class Mailbox:
    """Where letters lie (16 bytes, the server knows it) and what opens them (32 bytes)."""

    id: bytes
    key: bytes


def complete_code(drawn: str) -> str:
    """A code from 18 random digits: the two check digits are put behind them."""
    if len(drawn) != RANDOM_DIGITS or not (drawn.isascii() and drawn.isdecimal()):
        raise ValueError("a code begins with 18 digits")
    return f"{drawn}{98 - int(drawn) * 100 % 97:02}"


def read_code(typed: str) -> str:
    """The 20 digits of a code as a person writes it.

    Latin, Arabic-Indic and Persian digits; whatever is neither letter nor number stands between.
    Refuses at `type` for another character, at `length` for more or fewer digits, at `check` when
    a digit is another.
    """
    digits = "".join(c for c in to_latin(typed) if unicodedata.category(c)[0] in "LN")
    if digits and not (digits.isascii() and digits.isdecimal()):
        raise Refusal("type")
    if len(digits) != CODE_DIGITS:
        raise Refusal("length")
    if complete_code(digits[:RANDOM_DIGITS]) != digits:
        raise Refusal("check")
    return digits


def stretch(code: str) -> bytes:
    """The 32-byte secret of a code, as it stands in a report's `mailbox`."""
    pbkdf2 = PBKDF2HMAC(algorithm=SHA256(), length=SECRET_BYTES, salt=_SALT, iterations=ITERATIONS)
    return pbkdf2.derive(code.encode("ascii"))


def derive(secret: bytes) -> Mailbox:
    """The mailbox of a secret."""
    return Mailbox(id=_hkdf(secret, _ID, ID_BYTES), key=_hkdf(secret, _KEY, 32))


def seal_letter(letter: Mapping[str, Any], key: bytes, nonce: bytes) -> bytes:
    """Seal a letter, 4124 bytes; `Refusal("length")` when it is too long.

    The nonce (12 bytes) must never serve twice under one key.
    """
    encoded = json_encode(letter)
    padded = len(encoded).to_bytes(_LENGTH_BYTES, "big") + encoded
    if len(padded) > CLASS:
        raise Refusal("length")
    return nonce + AESGCM(key).encrypt(nonce, padded.ljust(CLASS, b"\0"), _LETTER)


def open_letter(sealed: bytes, key: bytes) -> dict[str, Any]:
    """The letter inside. Refuses at `length`, `open`, `padding`, `json` or `schema`.

    Noise in the place of a letter is refused at `open`.
    """
    if len(sealed) != LETTER_BYTES:
        raise Refusal("length")
    try:
        padded = AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _LETTER)
    except InvalidTag as error:
        raise Refusal("open") from error
    return _parse_letter(_unpad(padded))


def noise(server_secret: bytes, mailbox_id: bytes) -> bytes:
    """What is answered where no letter lies: the same 4124 bytes each time, like a letter."""
    return hashlib.shake_256(_NOISE + server_secret + mailbox_id).digest(LETTER_BYTES)


def _unpad(padded: bytes) -> bytes:
    end = _LENGTH_BYTES + int.from_bytes(padded[:_LENGTH_BYTES], "big")
    if end > CLASS or padded[end:].strip(b"\0"):
        raise Refusal("padding")
    return padded[_LENGTH_BYTES:end]


def _parse_letter(encoded: bytes) -> dict[str, Any]:
    try:
        letter = json_decode(encoded)
    except ValueError as error:
        raise Refusal("json") from error
    if not isinstance(letter, dict) or letter.keys() != {"v", "state", "words"}:
        raise Refusal("schema")
    fits = (
        is_integer(letter["v"])
        and letter["v"] == 1
        and letter["state"] in STATES
        and isinstance(letter["words"], list)
        and all(map(_is_said, letter["words"]))
    )
    if not fits:
        raise Refusal("schema")
    return letter


def _is_said(words: object) -> bool:
    """Whether this is something that the desk said on a day."""
    if not isinstance(words, dict) or words.keys() != {"day", "text"}:
        return False
    try:
        day_decode(words["day"])
    except (TypeError, ValueError):
        return False
    return is_text(words["text"], MAX_TEXT_CHARS)


def _hkdf(secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=b"", info=info).derive(secret)
