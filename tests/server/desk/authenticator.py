"""A security key in software: real keys and signatures, in the place of browser and hardware."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from amana.core.encoding import b64encode

ORIGIN = "https://desk.example"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """One credential at one origin. `counter` is the number of its last signature."""

    origin: str = ORIGIN
    counter: int = 0
    step: int = 1
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def make(self, handle: str) -> dict[str, str]:
        """What a browser answers when it has made the credential."""
        made = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + self._attested()}
        client_data = self._client_data("webauthn.create", handle)
        return {"client_data": b64encode(client_data), "attestation": b64encode(cbor2.dumps(made))}

    def sign(self, handle: str, **said: str) -> dict[str, str]:
        """What a browser answers when the credential has signed; `said` stands in client data."""
        self.counter += self.step
        client_data = self._client_data("webauthn.get", handle, **said)
        data = self._data(VERIFIED)
        signed = data + hashlib.sha256(client_data).digest()
        return {
            "credential": b64encode(self.credential),
            "client_data": b64encode(client_data),
            "authenticator_data": b64encode(data),
            "signature": b64encode(self.private.sign(signed, ec.ECDSA(SHA256()))),
        }

    def _client_data(self, act: str, handle: str, **said: str) -> bytes:
        about = {"type": act, "challenge": handle, "origin": self.origin, "crossOrigin": False}
        return json.dumps(about | said).encode()

    def _data(self, flags: int) -> bytes:
        host = self.origin.removeprefix("https://")
        head = hashlib.sha256(host.encode()).digest() + bytes([PRESENT | flags])
        return head + self.counter.to_bytes(4, "big")

    def _attested(self) -> bytes:
        point = self.private.public_key().public_numbers()
        x, y = point.x.to_bytes(32, "big"), point.y.to_bytes(32, "big")
        length = len(self.credential).to_bytes(2, "big")
        return (
            bytes(16) + length + self.credential + cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        )
