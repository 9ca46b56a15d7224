"""Vectors of the receipt: header, kid, signature, payload (PROTOCOL section 7)."""

from collections.abc import Iterator

from amana.core.encoding import b64encode
from amana.core.keyset import root_print as thumbprint
from tests.vectors.make.form import RECEIPT, ROOT, Json, Vector, fixed_bytes, fixed_jwk
from tests.vectors.make.jose import flipped, public, signed, with_signature
from tests.vectors.make.reports import DAYS, text, without

OLDER = fixed_jwk("older receipt")
HEADER: Json = {"alg": "ES256", "typ": "amana/1/receipt", "kid": thumbprint(RECEIPT)}
ENTRY: Json = {"id": fixed_bytes("envelope").hex(), "length": 2172, "state": "stored"}
PAYLOAD: Json = {"v": 1, "day": "2031-03-07", "envelopes": [ENTRY]}

Case = tuple[str, str, str]
"""Name, sentence, JWS."""


def vectors() -> Iterator[Vector]:
    for name, about, payload in _accepted():
        members = {"jws": signed(HEADER, payload, RECEIPT), "payload": payload}
        yield _file(f"accept-{name}", about, members)
    older = HEADER | {"kid": thumbprint(OLDER)}
    members = {"jws": signed(older, PAYLOAD, OLDER), "payload": PAYLOAD}
    yield _file("accept-older-key", "Every receipt key of the key set may sign.", members)
    for layer, cases in (
        ("json", [*_forms(), *_headers()]),
        ("kid", [*_kids()]),
        ("signature", [*_signatures()]),
        ("schema", [*_payloads(), *_entries()]),
    ):
        for name, about, jws in cases:
            yield _file(f"refuse-{layer}-{name}", about, {"jws": jws, "refused": layer})


def _file(name: str, about: str, members: Json) -> Vector:
    known = {"receipt_keys": [public(OLDER), public(RECEIPT)]}
    return Vector("receipt", name, lambda: {"about": about} | known | members)


def _accepted() -> Iterator[tuple[str, str, Json]]:
    yield "one", "One envelope, stored.", PAYLOAD
    yield "none", "A parcel of which nothing was kept.", PAYLOAD | {"envelopes": []}
    states = [ENTRY | {"state": state} for state in ("stored", "known", "parked")]
    yield "every-state", "The three states; an id may stand twice.", PAYLOAD | {"envelopes": states}
    many = [ENTRY | {"id": fixed_bytes(str(at)).hex(), "length": 17532} for at in range(64)]
    yield "64", "A whole parcel.", PAYLOAD | {"envelopes": many}


def _forms() -> Iterator[Case]:
    jws = signed(HEADER, PAYLOAD, RECEIPT)
    forms = {
        "empty": "",
        "html": "<!doctype html>",
        "two-parts": jws.rpartition(".")[0],
        "four-parts": f"{jws}.AA",
        "line-at-the-end": f"{jws}\n",
        "signature-padded": f"{jws}==",
    }
    for name, form in forms.items():
        yield name, "Three parts of canonical base64url.", form


def _headers() -> Iterator[Case]:
    headers: dict[str, object] = {
        "header-not-json": "header",
        "header-list": [HEADER],
        "header-kid-twice": text(HEADER).replace('"kid"', '"kid":"x","kid"', 1),
        "header-jwk": HEADER | {"jwk": public(RECEIPT)},
        "header-crit": HEADER | {"crit": ["exp"]},
        "alg-none": HEADER | {"alg": "none"},
        "alg-hs256": HEADER | {"alg": "HS256"},
        "typ-keyset": HEADER | {"typ": "amana/1/keyset"},
        "typ-manifest": HEADER | {"typ": "amana/1/manifest"},
        "typ-2": HEADER | {"typ": "amana/2/receipt"},
    }
    for member in HEADER:
        headers[f"{member}-missing"] = without(HEADER, member)
    for name, header in headers.items():
        yield name, "The header has exactly its three members.", signed(header, PAYLOAD, RECEIPT)


def _kids() -> Iterator[Case]:
    kids = {"root": thumbprint(ROOT), "empty": "", "padded": HEADER["kid"] + "="}
    kids["other"] = thumbprint(fixed_jwk("a stranger"))
    for name, kid in kids.items():
        jws = signed(HEADER | {"kid": kid}, PAYLOAD, RECEIPT)
        yield name, "No receipt key of the key set has that thumbprint.", jws
    stranger = signed(HEADER | {"kid": kids["other"]}, PAYLOAD, RECEIPT)
    yield "before-signature", "The kid is looked at before the signature.", flipped(stranger)


def _signatures() -> Iterator[Case]:
    jws = signed(HEADER, PAYLOAD, RECEIPT)
    header, payload, made = jws.split(".")
    yield "bit", "A bit of the signature is another.", flipped(jws)
    yield "of-another-key", "The kid names a key that did not sign.", signed(HEADER, PAYLOAD, OLDER)
    other = b64encode(text(PAYLOAD | {"day": "2031-03-08"}).encode())
    yield "payload-exchanged", "The payload is another.", f"{header}.{other}.{made}"
    yield "empty", "A signature has 64 bytes.", f"{header}.{payload}."
    yield "zeros", "Zeros sign nothing.", with_signature(jws, bytes(64))
    yield (
        "before-schema",
        "The signature is looked at before the payload.",
        flipped(signed(HEADER, "payload", RECEIPT)),
    )


def _payloads() -> Iterator[Case]:
    whole = text(PAYLOAD)
    payloads: dict[str, object] = {
        "not-json": "payload",
        "list": [PAYLOAD],
        "member-twice": whole.replace('"v":1', '"v":1,"v":1'),
        "entry-member-twice": whole.replace('"length"', '"length":1,"length"', 1),
        "unknown-member": PAYLOAD | {"time": "12:00"},
        "v-2": PAYLOAD | {"v": 2},
        "v-text": PAYLOAD | {"v": "1"},
        "v-true": PAYLOAD | {"v": True},
        "envelopes-null": PAYLOAD | {"envelopes": None},
        "envelopes-object": PAYLOAD | {"envelopes": {}},
    }
    for member in PAYLOAD:
        payloads[f"{member}-missing"] = without(PAYLOAD, member)
    for name, payload in payloads.items():
        yield name, "The payload has exactly its members.", signed(HEADER, payload, RECEIPT)
    for name, day in (DAYS | {"number": 1, "null": None}).items():
        yield f"day-{name}", "`day` is a day.", signed(HEADER, PAYLOAD | {"day": day}, RECEIPT)


def _entries() -> Iterator[Case]:
    entries: dict[str, object] = {
        "null": None,
        "text": ENTRY["id"],
        "unknown-member": ENTRY | {"kid": "00"},
        "id-null": ENTRY | {"id": None},
        "id-of-31-bytes": ENTRY | {"id": ENTRY["id"][:-2]},
        "id-capitals": ENTRY | {"id": ENTRY["id"].upper()},
        "id-number": ENTRY | {"id": 1},
        "length-text": ENTRY | {"length": "2172"},
        "length-null": ENTRY | {"length": None},
        "length-true": ENTRY | {"length": True},
        "length-negative": ENTRY | {"length": -1},
        "length-with-a-fraction": ENTRY | {"length": 2172.5},
        "state-refused": ENTRY | {"state": "refused"},
        "state-capitals": ENTRY | {"state": "Stored"},
        "state-constructor": ENTRY | {"state": "constructor"},
        "state-null": ENTRY | {"state": None},
        "state-list": ENTRY | {"state": ["stored"]},
    }
    for member in ENTRY:
        entries[f"{member}-missing"] = without(ENTRY, member)
    for name, entry in entries.items():
        jws = signed(HEADER, PAYLOAD | {"envelopes": [ENTRY, entry]}, RECEIPT)
        yield f"entry-{name}", "An entry has id, length and state.", jws
