"""Vectors of the key set: header, pin, signature, payload (PROTOCOL section 3)."""

from collections.abc import Iterator

from amana.core.encoding import b64decode, b64encode
from amana.core.keys import kid
from amana.core.keyset import root_print
from tests.vectors.make.form import (
    DESK_KID,
    DESK_PUBLIC,
    OLDER_DESK_KID,
    OLDER_DESK_PUBLIC,
    RECEIPT,
    ROOT,
    Json,
    Vector,
    fixed_bytes,
    fixed_jwk,
)
from tests.vectors.make.jose import flipped, public, signature_der, signed, with_signature
from tests.vectors.make.reports import DAYS, text, without

HEADER: Json = {"alg": "ES256", "typ": "amana/1/keyset", "jwk": public(ROOT)}
DESK: Json = {
    "kid": DESK_KID.hex(),
    "pub": b64encode(DESK_PUBLIC),
    "from": "2031-03-01",
    "until": "2031-03-31",
}
OLDER: Json = {
    "kid": OLDER_DESK_KID.hex(),
    "pub": b64encode(OLDER_DESK_PUBLIC),
    "from": "2031-02-01",
    "until": "2031-02-28",
}
LEAST: Json = {
    "v": 1,
    "org": "منظمة",
    "issued": "2031-03-01",
    "desk": [DESK],
    "receipt": [public(RECEIPT)],
    "roots": [],
    "origins": [],
}
OTHER = fixed_jwk("another root")
OFF_CURVE: Json = {
    "crv": "P-256",
    "kty": "EC",
    "x": b64encode(bytes(32)),
    "y": b64encode(bytes(32)),
}

Case = tuple[str, str, str]
"""Name, sentence, JWS."""


def vectors() -> Iterator[Vector]:
    for name, about, payload in _accepted():
        members = {"jws": signed(HEADER, payload, ROOT), "payload": payload}
        yield _file(f"accept-{name}", about, members)
    spaced = text(LEAST).replace(",", " ,\n")
    members = {"jws": signed(HEADER, spaced, ROOT), "payload": LEAST}
    yield _file("accept-spaces", "White space between tokens means nothing.", members)
    for layer, cases in (
        ("json", [*_forms(), *_headers()]),
        ("pin", [*_pins()]),
        ("signature", [*_signatures()]),
        ("schema", [*_payloads(), *_fields(), *_desk_keys()]),
    ):
        for name, about, jws in cases:
            yield _file(f"refuse-{layer}-{name}", about, {"jws": jws, "refused": layer})
    yield _off_curve()


def _file(name: str, about: str, members: Json) -> Vector:
    pinned = {"root_print": root_print(ROOT)}
    return Vector("keyset", name, lambda: {"about": about} | pinned | members)


def _accepted() -> Iterator[tuple[str, str, Json]]:
    yield "least", "One desk key, one receipt key.", LEAST
    yield (
        "full",
        "Two desk keys, two receipt keys, a root to come, two origins.",
        LEAST
        | {
            "desk": [OLDER, DESK],
            "receipt": [public(fixed_jwk("older receipt")), public(RECEIPT)],
            "roots": [root_print(OTHER)],
            "origins": ["https://amana.example", "http://[::1]:8000"],
        },
    )
    yield "org-of-200-characters", "A name has up to 200 code points.", LEAST | {"org": "😢" * 200}
    yield "long-ago", "No clock takes part.", LEAST | {"issued": "0001-01-01"}
    yield "other-order", "The order of members means nothing.", dict(reversed(list(LEAST.items())))


def _forms() -> Iterator[Case]:
    jws = signed(HEADER, LEAST, ROOT)
    header, payload, made = jws.split(".")
    about = "Three parts of canonical base64url."
    forms = {
        "empty": "",
        "dots": "..",
        "html": "<!doctype html><title>Sign in</title>",
        "two-parts": f"{header}.{payload}",
        "four-parts": f"{jws}.{made}",
        "space-before": f" {jws}",
        "line-at-the-end": f"{jws}\n",
        "header-padded": f"{header}==.{payload}.{made}",
        "payload-of-plain-base64": f"{header}.+/{payload[2:]}.{made}",
        "payload-plain-json": f"{header}.{text(LEAST)}.{made}",
        "signature-padded": f"{jws}==",
        "signature-stray-bits": jws[:-1] + "B",
    }
    for name, form in forms.items():
        yield name, about, form


def _headers() -> Iterator[Case]:
    about = "The header has exactly its three members."
    headers: dict[str, object] = {
        "header-not-json": "header",
        "header-list": [HEADER],
        "header-null": None,
        "header-alg-twice": text(HEADER).replace('"alg"', '"alg":"none","alg"', 1),
        "header-jwk-member-twice": text(HEADER).replace('"crv"', '"crv":"P-384","crv"', 1),
        "header-kid": HEADER | {"kid": root_print(ROOT)},
        "header-crit": HEADER | {"crit": ["b64"]},
        "header-b64": HEADER | {"b64": False},
        "alg-none": HEADER | {"alg": "none"},
        "alg-hs256": HEADER | {"alg": "HS256"},
        "alg-es384": HEADER | {"alg": "ES384"},
        "alg-small-letters": HEADER | {"alg": "es256"},
        "typ-receipt": HEADER | {"typ": "amana/1/receipt"},
        "typ-2": HEADER | {"typ": "amana/2/keyset"},
        "jwk-null": HEADER | {"jwk": None},
        "jwk-private": HEADER | {"jwk": ROOT},
        "jwk-kid": HEADER | {"jwk": public(ROOT) | {"kid": "x"}},
        "jwk-without-y": HEADER | {"jwk": without(public(ROOT), "y")},
        "jwk-curve": HEADER | {"jwk": public(ROOT) | {"crv": "P-384"}},
        "jwk-kty": HEADER | {"jwk": public(ROOT) | {"kty": "OKP"}},
        "jwk-x-of-31-bytes": HEADER | {"jwk": public(ROOT) | {"x": b64encode(bytes(31))}},
        "jwk-y-of-31-bytes": HEADER | {"jwk": public(ROOT) | {"y": b64encode(bytes(31))}},
        "jwk-x-padded": HEADER | {"jwk": public(ROOT) | {"x": ROOT["x"] + "="}},
        "jwk-x-number": HEADER | {"jwk": public(ROOT) | {"x": 1}},
    }
    for member in HEADER:
        headers[f"{member}-missing"] = without(HEADER, member)
    for name, header in headers.items():
        yield name, about, signed(header, LEAST, ROOT)


def _pins() -> Iterator[Case]:
    other = HEADER | {"jwk": public(OTHER)}
    yield "other-root", "Another root's key set.", signed(other, LEAST, OTHER)
    yield (
        "before-signature",
        "The pin is looked at before the signature.",
        flipped(signed(other, LEAST, OTHER)),
    )
    yield (
        "named-as-successor",
        "A key set cannot name its own root as a successor.",
        signed(other, LEAST | {"roots": [root_print(OTHER)]}, OTHER),
    )


def _signatures() -> Iterator[Case]:
    jws = signed(HEADER, LEAST, ROOT)
    header, payload, encoded = jws.split(".")
    made = b64decode(encoded)
    yield "bit", "A bit of the signature is another.", flipped(jws)
    yield "of-another-key", "Another key signed.", signed(HEADER, LEAST, OTHER)
    other = b64encode(text(LEAST | {"org": "x"}).encode())
    yield "payload-exchanged", "The payload is another.", f"{header}.{other}.{encoded}"
    respelled = b64encode(text(HEADER).replace(",", ", ").encode())
    yield "header-respelled", "The header's bytes are others.", f"{respelled}.{payload}.{encoded}"
    yield "63-bytes", "A signature has 64 bytes.", with_signature(jws, made[:-1])
    yield "65-bytes", "A signature has 64 bytes.", with_signature(jws, made + b"\0")
    yield "empty", "A signature has 64 bytes.", with_signature(jws, b"")
    yield (
        "der",
        "A signature is r || s.",
        with_signature(jws, signature_der(f"{header}.{payload}", ROOT)),
    )
    yield "zeros", "Zeros sign nothing.", with_signature(jws, bytes(64))
    swapped = made[32:] + made[:32]
    yield "swapped", "r stands before s.", with_signature(jws, swapped)
    yield (
        "before-schema",
        "The signature is looked at before the payload.",
        flipped(signed(HEADER, "payload", ROOT)),
    )


def _off_curve() -> Vector:
    jws = signed(HEADER | {"jwk": OFF_CURVE}, LEAST, ROOT)
    return Vector(
        "keyset",
        "refuse-signature-jwk-off-the-curve",
        lambda: {
            "about": "The pinned key is no point of the curve.",
            "root_print": root_print(OFF_CURVE),
            "jws": jws,
            "refused": "signature",
        },
    )


def _payloads() -> Iterator[Case]:
    whole = text(LEAST)
    payloads: dict[str, object] = {
        "empty": "",
        "not-json": "payload",
        "list": [LEAST],
        "null": None,
        "byte-order-mark": "\ufeff" + whole,
        "member-twice": whole.replace('"v":1', '"v":1,"v":1'),
        "desk-member-twice": whole.replace('"from"', '"from":"2031-01-01","from"', 1),
        "more-behind": whole + "x",
        "unknown-member": LEAST | {"motto": "x"},
        "unknown-member-proto": LEAST | {"__proto__": {}},
    }
    for member in LEAST:
        payloads[f"{member}-missing"] = without(LEAST, member)
    for name, payload in payloads.items():
        yield name, "The payload has exactly its members.", signed(HEADER, payload, ROOT)


def _fields() -> Iterator[Case]:
    jwk = public(RECEIPT)
    fields: dict[str, tuple[str, object]] = {
        "v-2": ("v", 2),
        "v-text": ("v", "1"),
        "v-true": ("v", True),
        "org-empty": ("org", ""),
        "org-of-201-characters": ("org", "x" * 201),
        "org-number": ("org", 1),
        "org-null": ("org", None),
        "desk-empty": ("desk", []),
        "desk-object": ("desk", {"0": DESK}),
        "desk-null": ("desk", None),
        "desk-key-text": ("desk", [DESK_KID.hex()]),
        "receipt-empty": ("receipt", []),
        "receipt-object": ("receipt", jwk),
        "receipt-private": ("receipt", [RECEIPT]),
        "receipt-kid": ("receipt", [jwk | {"kid": "x"}]),
        "receipt-without-x": ("receipt", [without(jwk, "x")]),
        "receipt-x-short": ("receipt", [jwk | {"x": b64encode(bytes(31))}]),
        "receipt-y-short": ("receipt", [jwk | {"y": b64encode(bytes(31))}]),
        "receipt-curve": ("receipt", [jwk | {"crv": "P-384"}]),
        "receipt-null-inside": ("receipt", [jwk, None]),
        "roots-null": ("roots", None),
        "roots-text": ("roots", root_print(OTHER)),
        "roots-short": ("roots", [root_print(OTHER)[:-1]]),
        "roots-of-31-bytes": ("roots", [b64encode(bytes(31))]),
        "roots-padded": ("roots", [root_print(OTHER) + "="]),
        "roots-number": ("roots", [1]),
        "origins-null": ("origins", None),
        "origins-path": ("origins", ["https://amana.example/"]),
        "origins-ftp": ("origins", ["ftp://amana.example"]),
        "origins-script": ("origins", ["javascript:alert(1)"]),
        "origins-user": ("origins", ["https://a@amana.example"]),
        "origins-capitals": ("origins", ["https://Amana.example"]),
        "origins-host-missing": ("origins", ["https://"]),
        "origins-number": ("origins", [1]),
    }
    for name, (member, value) in fields.items():
        yield name, f"`{member}` is of another form.", signed(HEADER, LEAST | {member: value}, ROOT)
    for name, day in (DAYS | {"number": 1, "null": None}).items():
        yield (
            f"issued-{name}",
            "`issued` is a day.",
            signed(HEADER, LEAST | {"issued": day}, ROOT),
        )


def _desk_keys() -> Iterator[Case]:
    short = DESK_PUBLIC[:-1]
    entries: dict[str, Json] = {
        "unknown-member": DESK | {"name": "x"},
        "kid-of-another-key": DESK | {"kid": OLDER_DESK_KID.hex()},
        "kid-capitals": DESK | {"kid": DESK_KID.hex().upper()},
        "kid-of-7-bytes": DESK | {"kid": DESK_KID.hex()[:-2]},
        "kid-number": DESK | {"kid": 1},
        "pub-of-1215-bytes": DESK | {"pub": b64encode(short), "kid": kid(short).hex()},
        "pub-random": DESK | {"pub": b64encode(fixed_bytes("pub", 1216))},
        "pub-padded": DESK | {"pub": DESK["pub"] + "="},
        "pub-null": DESK | {"pub": None},
        "from-not-a-day": DESK | {"from": "2031-02-29"},
        "from-null": DESK | {"from": None},
        "until-not-a-day": DESK | {"until": "never"},
        "until-number": DESK | {"until": 20310331},
    }
    for member in DESK:
        entries[f"{member}-missing"] = without(DESK, member)
    for name, entry in entries.items():
        desk = [OLDER, entry]
        yield (
            f"desk-{name}",
            "A desk key is of another form.",
            signed(HEADER, LEAST | {"desk": desk}, ROOT),
        )
