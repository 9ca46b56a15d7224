"""Vectors of members: passphrases, wrapped seeds, grants, prints (PROTOCOL sections 3 and 8)."""

import unicodedata
from collections.abc import Callable, Iterator

from amana.core import keys, keyset, members, recovery
from amana.core.encoding import b64decode
from tests.vectors.make.form import (
    DESK_KID,
    DESK_PUBLIC,
    DESK_SEED,
    MEMBER_PUBLIC,
    MEMBER_SEED,
    OLDER_DESK_KID,
    OLDER_DESK_PUBLIC,
    OLDER_DESK_SEED,
    RECEIPT,
    ROOT,
    Json,
    Vector,
    fixed_bytes,
)
from tests.vectors.make.jose import public

SALT = fixed_bytes("salt", 16)
WRAP = fixed_bytes("wrap")
NONCE = fixed_bytes("nonce", 12)


def vectors() -> Iterator[Vector]:
    yield from _passphrases()
    yield from _wrapped_seeds()
    yield from _grants()
    yield from _prints()
    yield from _decoy_salts()
    yield from _shares()


def _passphrases() -> Iterator[Vector]:
    composed = unicodedata.normalize("NFC", "café")
    passphrases = {
        "ascii": ("Plain words.", "correct horse battery staple"),
        "arabic": ("Arabic words.", "أمانة في عنقي"),
        "composed": ("A letter with its accent.", composed),
        "decomposed": (
            "The same passphrase with the accent by itself gives the same keys.",
            unicodedata.normalize("NFD", composed),
        ),
        "compatibility-forms": (
            "NFKC makes wide letters, ligatures and presentation forms plain.",
            "ｗｉｄｅ ﬁsh ﻻ",
        ),
        "spaces-kept": ("Spaces at the ends count.", " space "),
        "empty": ("An empty passphrase is stretched like any other.", ""),
    }
    for name, (about, passphrase) in passphrases.items():
        yield Vector("passphrase", f"accept-{name}", _passphrase(about, passphrase))


def _passphrase(about: str, passphrase: str) -> Callable[[], Json]:
    def make() -> Json:
        okm = members.stretch(passphrase, SALT)
        secrets = members.derive(okm)
        return {
            "about": about,
            "passphrase": passphrase,
            "salt": SALT.hex(),
            "okm": okm.hex(),
            "auth": secrets.auth.hex(),
            "wrap": secrets.wrap.hex(),
            "auth_hash": members.auth_hash(secrets.auth).hex(),
        }

    return make


def _wrapped_seeds() -> Iterator[Vector]:
    wrapped = members.wrap_seed(MEMBER_SEED, WRAP, NONCE)
    yield _wrapped("accept-wrapped", "A member's seed.", wrapped, seed=MEMBER_SEED.hex())
    wrong = {
        "bit-in-nonce": ("A bit of the nonce is another.", _flipped(wrapped, 0)),
        "bit-in-seed": ("A bit of the seed is another.", _flipped(wrapped, 12)),
        "bit-in-tag": ("A bit of the tag is another.", _flipped(wrapped, 59)),
    }
    for name, (about, made) in wrong.items():
        yield _wrapped(f"refuse-open-{name}", about, made, refused="open")
    yield _wrapped(
        "refuse-open-other-passphrase",
        "Another passphrase.",
        wrapped,
        wrap=fixed_bytes("another wrap").hex(),
        refused="open",
    )
    yield _wrapped(
        "refuse-open-other-member",
        "Another member's public key.",
        wrapped,
        public=DESK_PUBLIC.hex(),
        refused="open",
    )
    for length in (0, 12, 59, 61):
        made = (wrapped + b"\0")[:length]
        yield _wrapped(
            f"refuse-length-{length}", "A wrapped seed has 60 bytes.", made, refused="length"
        )


def _wrapped(name: str, about: str, wrapped: bytes, **more: str) -> Vector:
    made: Json = {
        "about": about,
        "wrapped": wrapped.hex(),
        "wrap": WRAP.hex(),
        "public": MEMBER_PUBLIC.hex(),
    }
    return Vector("wrapped-seed", name, lambda: made | more)


def _flipped(data: bytes, at: int) -> bytes:
    changed = bytearray(data)
    changed[at] ^= 0x01
    return bytes(changed)


def _grants() -> Iterator[Vector]:
    def sealed(seed: bytes = DESK_SEED, label: bytes = b"amana/1/grant" + DESK_KID) -> bytes:
        return keys.hpke_seal(MEMBER_PUBLIC, label, seed)

    yield _grant(
        "accept-member", "A desk key's seed for a member.", sealed, desk_seed=DESK_SEED.hex()
    )
    opened: dict[str, tuple[str, Callable[[], bytes]]] = {
        "bit": ("A bit of the ciphertext is another.", lambda: _flipped(sealed(), 1130)),
        "label-of-a-report": (
            "The label is a report's.",
            lambda: sealed(label=b"amana/1/report" + DESK_KID),
        ),
        "info-without-kid": ("The info lacks the kid.", lambda: sealed(label=b"amana/1/grant")),
        "other-kid": (
            "Sealed under another kid.",
            lambda: sealed(label=b"amana/1/grant" + OLDER_DESK_KID),
        ),
    }
    for name, (about, make) in opened.items():
        yield _grant(f"refuse-open-{name}", about, make, refused="open")
    yield _grant(
        "refuse-open-other-member",
        "Another member's seed.",
        sealed,
        member_seed=OLDER_DESK_SEED.hex(),
        refused="open",
    )
    yield _grant(
        "refuse-kid-other-seed",
        "The seed inside is another desk key's.",
        lambda: sealed(OLDER_DESK_SEED),
        refused="kid",
    )
    yield _grant(
        "refuse-length-1167", "A grant has 1168 bytes.", lambda: sealed()[:-1], refused="length"
    )
    yield _grant(
        "refuse-length-seed-of-33-bytes",
        "A grant has 1168 bytes.",
        lambda: sealed(DESK_SEED + b"\0"),
        refused="length",
    )
    yield _grant("refuse-length-empty", "A grant has 1168 bytes.", lambda: b"", refused="length")


def _grant(name: str, about: str, make_bytes: Callable[[], bytes], **more: str) -> Vector:
    def make() -> Json:
        made: Json = {
            "about": about,
            "sealed": make_bytes().hex(),
            "kid": DESK_KID.hex(),
            "member_seed": MEMBER_SEED.hex(),
        }
        return made | more

    return Vector("grant", name, make, sealed=True)


def _prints() -> Iterator[Vector]:
    for name, seed in (("desk", DESK_SEED), ("zeros", bytes(32)), ("ones", b"\xff" * 32)):
        yield Vector("public-key", f"accept-{name}", _public_key(seed))
    for name, jwk in (("root", public(ROOT)), ("receipt-key", public(RECEIPT))):
        yield Vector("root-print", f"accept-{name}", _root_print(jwk))
    for name, member in (("member", MEMBER_PUBLIC), ("another", OLDER_DESK_PUBLIC)):
        yield Vector("member-print", f"accept-{name}", _member_print(member))


def _public_key(seed: bytes) -> Callable[[], Json]:
    key = keys.public_key(seed)
    return lambda: {
        "about": "The public key and kid of a seed.",
        "seed": seed.hex(),
        "public": key.hex(),
        "kid": keys.kid(key).hex(),
    }


def _root_print(jwk: dict[str, str]) -> Callable[[], Json]:
    print_ = keyset.root_print(jwk)
    return lambda: {
        "about": "A thumbprint (RFC 7638) and its 30 digits.",
        "jwk": jwk,
        "print": print_,
        "digits": keyset.digits(b64decode(print_)),
    }


def _member_print(member: bytes) -> Callable[[], Json]:
    print_ = members.member_print(member)
    return lambda: {
        "about": "A member key's print and its 30 digits.",
        "public": member.hex(),
        "print": print_.hex(),
        "digits": keyset.digits(print_),
    }


def _decoy_salts() -> Iterator[Vector]:
    secret = fixed_bytes("server secret")
    for name, member in (("ascii", "nobody"), ("arabic", "لا أحد"), ("empty", "")):
        made = {
            "about": "The same name always has the same salt.",
            "server_secret": secret.hex(),
            "name": member,
            "salt": members.decoy_salt(secret, member).hex(),
        }
        yield Vector("decoy-salt", f"accept-{name}", lambda made=made: made)  # type: ignore[misc]


def _shares() -> Iterator[Vector]:
    cases: dict[str, tuple[str, tuple[int, ...], str]] = {
        "accept-two": ("Two of three shares are enough.", (0, 2), "seed"),
        "accept-other-order": ("Their order means nothing.", (2, 1), "seed"),
        "accept-three": ("One share more does no harm.", (0, 1, 2), "seed"),
        "accept-one-twice": ("A share that stands twice does no harm.", (1, 1, 2), "seed"),
        "refuse-open-one": ("One of three shares is too few.", (1,), ""),
        "refuse-open-one-twice": ("The same share twice is one share.", (1, 1), ""),
        "refuse-open-none": ("No share.", (), ""),
    }
    for name, (about, chosen, seed) in cases.items():
        yield Vector("recovery", name, _recovery(about, chosen, bool(seed)), sealed=True)
    yield Vector("recovery", "refuse-open-foreign", _foreign, sealed=True)
    yield Vector("recovery", "refuse-open-word", _misspelt, sealed=True)


def _recovery(about: str, chosen: tuple[int, ...], enough: bool) -> Callable[[], Json]:
    def make() -> Json:
        shares = recovery.split(MEMBER_SEED, 2, 3)
        result = {"seed": MEMBER_SEED.hex()} if enough else {"refused": "open"}
        return {"about": about, "shares": [shares[at] for at in chosen]} | result

    return make


def _foreign() -> Json:
    one, two = (recovery.split(seed, 2, 3) for seed in (MEMBER_SEED, DESK_SEED))
    shares = [one[0], two[1]]
    return {"about": "Shares of two seeds.", "shares": shares, "refused": "open"}


def _misspelt() -> Json:
    shares = recovery.split(MEMBER_SEED, 2, 3)[:2]
    words = shares[1].split()
    words[10] = "academic" if words[10] != "academic" else "acid"
    shares[1] = " ".join(words)
    return {"about": "A word was written down wrongly.", "shares": shares, "refused": "open"}
