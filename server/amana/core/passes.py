"""A pass: what a browser keeps after a member signed in there, so that guesses made elsewhere do
not slow that member down.

It is random and bound to the member's name, which it does not say:

    pass = chance (16) || mac (16)
    mac  = HMAC-SHA256(server secret, "amana/1/desk/pass" || chance || name), first 16 bytes
"""

import hashlib
import hmac
from typing import Final

CHANCE_BYTES: Final = 16
PASS_BYTES: Final = 2 * CHANCE_BYTES

_PASS: Final = b"amana/1/desk/pass"


def make_pass(server_secret: bytes, name: str, chance: bytes) -> bytes:
    """The pass for a name, 32 bytes. `chance` is 16 random ones."""
    if len(chance) != CHANCE_BYTES:
        raise ValueError("a pass rests on 16 random bytes")
    mac = hmac.new(server_secret, _PASS + chance + name.encode("utf-8"), hashlib.sha256)
    return chance + mac.digest()[:CHANCE_BYTES]


def fits(server_secret: bytes, name: str, given: bytes) -> bool:
    """Whether a pass of 32 bytes was made here for this name."""
    made = make_pass(server_secret, name, given[:CHANCE_BYTES])
    return hmac.compare_digest(made, given)
