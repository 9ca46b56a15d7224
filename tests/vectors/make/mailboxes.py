"""Vectors of the mailbox: codes as people write them, what they open, letters (section 9)."""

from collections.abc import Callable, Iterator

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from amana.core import mailbox
from amana.core.encoding import json_encode
from tests.vectors.make.form import Json, Vector, fixed_bytes

CODE = mailbox.complete_code("314159265358979323")
GROUPS = " ".join(CODE[at : at + 4] for at in range(0, 20, 4))
ARABIC = CODE.translate({ord(str(n)): chr(0x660 + n) for n in range(10)})
PERSIAN = CODE.translate({ord(str(n)): chr(0x6F0 + n) for n in range(10)})
SECRET = fixed_bytes("mailbox")
OPENS = mailbox.derive(SECRET).key
NONCE = fixed_bytes("letter nonce", 12)
LABEL = b"amana/1/mailbox/letter"
DAY = "2031-03-07"
LETTER: Json = {"v": 1, "state": "opened", "words": [{"day": DAY, "text": "وصل بلاغك 🙏🏽"}]}


def vectors() -> Iterator[Vector]:
    yield from _codes()
    yield from _mailboxes()
    yield from _letters()
    yield from _noise()


def _codes() -> Iterator[Vector]:
    good = {
        "groups": ("Five groups of four.", GROUPS),
        "plain": ("No space at all.", CODE),
        "arabic-digits": ("Arabic-Indic digits.", ARABIC),
        "persian-digits": ("Persian digits.", PERSIAN),
        "mixed-digits": ("Digits of two scripts.", ARABIC[:10] + CODE[10:]),
        "marks": (
            "Dashes, dots, marks of direction, spaces that do not break and lines stand between.",
            f"\u200f{GROUPS[:9]}\u202a-\u2013\u00a0{GROUPS[9:14]}\t. \u2069{GROUPS[14:]}\u200e\n",
        ),
    }
    for name, (about, typed) in good.items():
        yield _code(f"accept-{name}", about, typed, digits=CODE)
    zeros = mailbox.complete_code("0" * 18)
    yield _code("accept-zeros", "The smallest code.", zeros, digits=zeros)
    yield from _wrong_codes()


def _wrong_codes() -> Iterator[Vector]:
    swapped = CODE[:7] + CODE[8] + CODE[7] + CODE[9:]
    slips = {
        "one-digit": ("One digit is another.", CODE[:5] + str((int(CODE[5]) + 1) % 10) + CODE[6:]),
        "neighbours-swapped": ("Two neighbours are swapped.", swapped),
        "first-groups-swapped": ("Two groups are swapped.", CODE[4:8] + CODE[:4] + CODE[8:]),
        "other-spelling": ("Check digits are 02 to 98, and 01 is not 98.", "0" * 18 + "01"),
    }
    for name, (about, typed) in slips.items():
        yield _code(f"refuse-check-{name}", about, typed, refused="check")
    lengths = {"empty": "", "spaces": " - ", "19-digits": CODE[:-1], "21-digits": f"{GROUPS}0"}
    for name, typed in lengths.items():
        yield _code(f"refuse-length-{name}", "A code has 20 digits.", typed, refused="length")
    others = {
        "letter": CODE[:-1] + "O",
        "arabic-letter": f"رمزي {CODE}",
        "devanagari-digit": CODE[:-1] + "४",
        "superscript": CODE[:-1] + "²",
    }
    for name, typed in others.items():
        yield _code(f"refuse-type-{name}", "A character that is no digit.", typed, refused="type")


def _code(name: str, about: str, typed: str, **more: str) -> Vector:
    return Vector("code", name, lambda: {"about": about, "typed": typed} | more)


def _mailboxes() -> Iterator[Vector]:
    for name, drawn in (("code", CODE[:18]), ("zeros", "0" * 18), ("nines", "9" * 18)):
        yield Vector("mailbox", f"accept-{name}", _mailbox(mailbox.complete_code(drawn)))


def _mailbox(code: str) -> Callable[[], Json]:
    def make() -> Json:
        secret = mailbox.stretch(code)
        opened = mailbox.derive(secret)
        return {
            "about": "What a code opens.",
            "code": code,
            "secret": secret.hex(),
            "id": opened.id.hex(),
            "key": opened.key.hex(),
        }

    return make


def _letters() -> Iterator[Vector]:
    longest = [{"day": DAY, "text": "س" * 1000}, {"day": DAY, "text": "x" * 1000}]
    good: dict[str, tuple[str, Json]] = {
        "words": ("What the desk said.", LETTER),
        "received": ("Nothing is said yet.", LETTER | {"state": "received", "words": []}),
        "closed": ("The last state.", LETTER | {"state": "closed"}),
        "two-words": ("Said on two days, one of them at length.", LETTER | {"words": longest}),
    }
    for name, (about, letter) in good.items():
        sealed = mailbox.seal_letter(letter, OPENS, NONCE)
        yield _letter(f"accept-{name}", about, sealed, letter=json_encode(letter).decode())
    sealed = mailbox.seal_letter(LETTER, OPENS, NONCE)
    for name, at in (("nonce", 0), ("text", 12), ("tag", 4123)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        yield _letter(
            f"refuse-open-bit-in-{name}", "A bit is another.", bytes(changed), refused="open"
        )
    other = mailbox.seal_letter(LETTER, mailbox.derive(fixed_bytes("another")).key, NONCE)
    yield _letter("refuse-open-other-mailbox", "Another mailbox's.", other, refused="open")
    yield _letter(
        "refuse-open-label", "Without its label.", _sealed(_padded(LETTER), b""), refused="open"
    )
    noise = mailbox.noise(fixed_bytes("server secret"), mailbox.derive(SECRET).id)
    yield _letter("refuse-open-noise", "Nobody has written.", noise, refused="open")
    for length in (0, 28, 4123, 4125):
        cut = (sealed + b"\0")[:length]
        yield _letter(f"refuse-length-{length}", "A letter has 4124 bytes.", cut, refused="length")
    yield from _misshapen()


def _misshapen() -> Iterator[Vector]:
    padded = _padded(LETTER)
    for name, wrong in (
        ("filler", padded[:-1] + b"\x01"),
        ("length", (5000).to_bytes(4, "big") + padded[4:]),
        ("length-short", (10).to_bytes(4, "big") + padded[4:]),
    ):
        yield _letter(
            f"refuse-padding-{name}", "The filling is wrong.", _sealed(wrong), refused="padding"
        )
    yield _letter("refuse-json-empty", "No letter.", _sealed(bytes(4096)), refused="json")
    twice = json_encode(LETTER).replace(b'"v":1', b'"v":1,"v":1')
    yield _letter(
        "refuse-json-member-twice", "A member twice.", _sealed(_pad(twice)), refused="json"
    )
    said = {"day": DAY, "text": "x"}
    wrong_letters: dict[str, Json] = {
        "v": LETTER | {"v": 2},
        "v-text": LETTER | {"v": "1"},
        "state-unknown": LETTER | {"state": "lost"},
        "state-missing": {"v": 1, "words": []},
        "unknown-member": LETTER | {"from": "desk"},
        "words-text": LETTER | {"words": "x"},
        "said-text": LETTER | {"words": ["x"]},
        "said-unknown-member": LETTER | {"words": [said | {"by": "amal"}]},
        "said-without-day": LETTER | {"words": [{"text": "x"}]},
        "day": LETTER | {"words": [said | {"day": "2031-02-29"}]},
        "day-number": LETTER | {"words": [said | {"day": 1}]},
        "text-empty": LETTER | {"words": [said | {"text": ""}]},
        "text-of-1001-characters": LETTER | {"words": [said | {"text": "x" * 1001}]},
        "text-null": LETTER | {"words": [said | {"text": None}]},
    }
    for name, letter in wrong_letters.items():
        yield _letter(
            f"refuse-schema-{name}",
            "Not the form of a letter.",
            _sealed(_padded(letter)),
            refused="schema",
        )
    list_ = _sealed(_pad(b"[]"))
    yield _letter("refuse-schema-list", "A letter is an object.", list_, refused="schema")


def _pad(encoded: bytes) -> bytes:
    return (len(encoded).to_bytes(4, "big") + encoded).ljust(4096, b"\0")


def _padded(letter: Json) -> bytes:
    return _pad(json_encode(letter))


def _sealed(padded: bytes, label: bytes = LABEL) -> bytes:
    return NONCE + AESGCM(OPENS).encrypt(NONCE, padded, label)


def _letter(name: str, about: str, sealed: bytes, **more: str) -> Vector:
    made: Json = {"about": about, "sealed": sealed.hex(), "key": OPENS.hex()}
    return Vector("letter", name, lambda: made | more)


def _noise() -> Iterator[Vector]:
    server_secret = fixed_bytes("server secret")
    for name in ("one", "another"):
        mailbox_id = fixed_bytes(f"mailbox {name}", mailbox.ID_BYTES)
        made: Json = {
            "about": "The same mailbox always has the same noise.",
            "server_secret": server_secret.hex(),
            "id": mailbox_id.hex(),
            "noise": mailbox.noise(server_secret, mailbox_id).hex(),
        }
        yield Vector("noise", f"accept-{name}", lambda made=made: made)  # type: ignore[misc]
