"""Vectors of the report: its JSON, its members, its answers (PROTOCOL section 4)."""

import json
from collections.abc import Iterator

from amana.core.encoding import b64encode
from amana.core.envelope import MAX_REPORT_BYTES
from tests.vectors.make.form import Json, Vector, fill, fixed_bytes

PLACE = {"pcode": "C3575", "text": "بستان الباشا"}
LEAST: Json = {
    "displacement": {"from_place": PLACE, "when": "today", "households": "hh6_20", "basis": "saw"},
    "shelter": {
        "place": PLACE,
        "site_type": "school",
        "people_now": "p51_100",
        "room_left": "full",
        "basis": "told",
    },
    "safety": {"place": PLACE, "when": "now", "event": "arson", "basis": "saw"},
}
FULL: Json = {
    "displacement": LEAST["displacement"]
    | {
        "to_place": {"pcode": None, "text": "Hmeimim"},
        "cause": ["fear", "home_burned", "clashes"],
        "now_in": "near_base",
        "needs": ["water", "baby", "warm"],
        "vulnerable": ["elderly"],
        "note": "من الفجر 🙏🏽",
    },
    "shelter": LEAST["shelter"]
    | {
        "services": ["water", "toilets"],
        "needs": ["food"],
        "safe_now": "worried",
        "access": "checkpoints",
        "note": "Two rooms are still dry.",
    },
    "safety": LEAST["safety"]
    | {
        "ongoing": "yes",
        "harm": ["killed", "injured"],
        "harm_count": "n2_5",
        "homes": "b6_20",
        "can_leave": "hard",
        "note": 'سطر\nثانٍ \\ "بين قوسين"',
    },
}
ASTRAL = "😢"
MAILBOX = b64encode(fixed_bytes("mailbox"))


def report(kind: str = "safety", **members: object) -> Json:
    """A report with the least answers of its kind; `members` replace or add."""
    return {
        "v": 1,
        "kind": kind,
        "lang": "ar",
        "app": "0123456789ab",
        "answers": LEAST.get(kind, {}),
    } | members


def answering(kind: str = "safety", **answers: object) -> Json:
    """A report with the least answers of its kind; `answers` replace or add."""
    return report(kind, answers=LEAST[kind] | answers)


def saying(code: str, **answers: object) -> Json:
    """A follow-up that only says something, of no kind."""
    return without(report(follows=code, mailbox=MAILBOX, answers=answers), "kind")


def without(value: Json, member: str) -> Json:
    return {name: value[name] for name in value if name != member}


def text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def vectors() -> Iterator[Vector]:
    for name, about, value in [*_accepted(), *_accepted_answers()]:
        yield _file(f"accept-{name}", about, {"encoded": text(value), "canonical": text(value)})
    for name, about, encoded in _other_spellings():
        canonical = text(json.loads(encoded))
        yield _file(f"accept-{name}", about, {"encoded": encoded, "canonical": canonical})
    yield _largest()
    yield _too_large()
    schema = [*_members(), *_required(), *_unknown(), *_choices(), *_whens(), *_places(), *_texts()]
    for name, about, value in schema:
        yield _file(f"refuse-schema-{name}", about, {"encoded": text(value), "refused": "schema"})
    yield from _surrogates()
    for name, about, broken in _not_json():
        written = (
            {"encoded": broken} if isinstance(broken, str) else {"encoded_bytes": broken.hex()}
        )
        yield _file(f"refuse-json-{name}", about, written | {"refused": "json"})


Case = tuple[str, str, object]


def _file(name: str, about: str, members: Json) -> Vector:
    return Vector("report", name, lambda: {"about": about} | members)


def _accepted() -> Iterator[Case]:
    for kind in LEAST:
        yield f"{kind}-least", "The required answers are enough.", report(kind)
        yield (
            f"{kind}-full",
            "Every field of the kind is answered.",
            report(kind, answers=FULL[kind]),
        )
    yield (
        "optional-members",
        "The three optional members are there.",
        report(made="2031-03-07", follows="correct", mailbox=MAILBOX),
    )
    yield "mailbox-alone", "An answer is wanted.", report(mailbox=MAILBOX)
    yield "reply", "A reply is a note without a kind.", saying("reply", note="نعم")
    yield "withdraw", "A withdrawal needs no word.", saying("withdraw")
    yield "withdraw-with-note", "It may have one.", saying("withdraw", note="x" * 500)
    yield "no-longer-true", "What was said is over.", saying("no_longer_true")
    yield "language-of-three-letters", "A language is told by its form.", report(lang="ckb")
    yield (
        "language-not-shipped",
        "A language of a later client is no reason to refuse.",
        report(lang="ku"),
    )
    yield (
        "app-of-32-characters",
        "A build id has up to 32 characters.",
        report(app="aZ0._-" * 5 + "ab"),
    )
    yield "made-leap-day", "2028 has a 29 February.", report(made="2028-02-29")
    yield "made-last-day", "The last day that four digits can write.", report(made="9999-12-31")
    yield "made-first-day", "The first day that is one.", report(made="0001-01-01")


def _accepted_answers() -> Iterator[Case]:
    yield (
        "place-not-in-the-pack",
        "A place code is held against its form, not against a place pack.",
        answering(place={"pcode": "ZZ99999", "text": "x"}),
    )
    yield (
        "place-with-adm3",
        "A place may name its subdistrict.",
        answering(place={"pcode": None, "text": "x", "adm3": "SY060200"}),
    )
    yield (
        "place-text-of-200-characters",
        "200 code points are 200 characters, outside the basic plane too.",
        answering(place={"pcode": None, "text": ASTRAL * 200}),
    )
    yield (
        "note-of-500-characters",
        "500 code points are 500 characters, outside the basic plane too.",
        answering(note=ASTRAL * 500),
    )
    yield "note-of-spaces", "A text is not trimmed.", answering(note=" ")
    yield "note-null-character", "U+0000 is a character.", answering(note="\0")
    yield "when-a-day", "A day stands for itself.", answering(when="2031-03-07")
    yield "when-unknown", "Not to know is an answer.", answering(when="unknown")
    yield (
        "multi-every-option",
        "A multi without `max` may hold every option.",
        answering(
            "displacement",
            vulnerable=[
                "none_known",
                "pregnant",
                "injured",
                "disability",
                "elderly",
                "unaccompanied",
                "young_children",
            ],
        ),
    )
    yield (
        "shown-by-one-of-several",
        "`has` holds when one of the answers is among the codes.",
        answering(harm=["unknown", "taken"], harm_count="n1"),
    )


def _other_spellings() -> Iterator[tuple[str, str, str]]:
    value = report()
    yield (
        "spaces",
        "White space between tokens means nothing.",
        json.dumps(value, ensure_ascii=False, indent=2),
    )
    yield "escapes", "An escaped character is that character.", json.dumps(value)
    yield (
        "other-order",
        "The order of members means nothing.",
        text(dict(reversed(list(value.items())))),
    )
    yield (
        "escaped-pair",
        "An escaped surrogate pair is one character.",
        json.dumps(answering(note=ASTRAL)),
    )


def _largest() -> Vector:
    canonical = text(report())
    encoded = canonical.encode()
    return _file(
        "accept-15360-bytes",
        "The largest report.",
        {
            "encoded_bytes": [encoded.hex(), fill(0x20, MAX_REPORT_BYTES - len(encoded))],
            "canonical": canonical,
        },
    )


def _too_large() -> Vector:
    encoded = text(report()).encode()
    return _file(
        "refuse-schema-15361-bytes",
        "One byte more than a report may have.",
        {
            "encoded_bytes": [encoded.hex(), fill(0x20, MAX_REPORT_BYTES + 1 - len(encoded))],
            "refused": "schema",
        },
    )


def _members() -> Iterator[Case]:
    yield "list", "A report is an object.", [report()]
    yield "null", "A report is an object.", None
    yield "text", "A report is an object.", "report"
    for member in report():
        yield f"{member}-missing", f"`{member}` is required.", without(report(), member)
    yield "unknown-member", "No other member.", report(device="x")
    yield "unknown-member-proto", "`__proto__` is a member like any other.", report(__proto__={})
    for name, value in {"2": 2, "0": 0, "text": "1", "true": True, "null": None}.items():
        yield f"v-{name}", "The version is the integer 1.", report(v=value)
    for name, value in {"unknown": "rumour", "number": 1, "null": None, "empty": ""}.items():
        yield f"kind-{name}", "The kind is one of the vocabulary.", report() | {"kind": value}
    for value in ("constructor", "__proto__", "toString"):
        yield f"kind-{value.strip('_')}", "No name is inherited.", report() | {"kind": value}
    langs = {"capitals": "AR", "one-letter": "a", "four-letters": "arab", "region": "ar-SY"}
    for name, value in (langs | {"empty": "", "number": 1, "null": None}).items():
        yield f"lang-{name}", "A language is 2 or 3 small letters.", report(lang=value)
    apps = {"empty": "", "33-characters": "a" * 33, "space": "a b", "digits": "١٢", "line": "a\n"}
    for name, value in (apps | {"number": 12, "null": None}).items():
        yield f"app-{name}", "A build id is 1 to 32 of A-Z a-z 0-9 . _ -.", report(app=value)
    for name, value in {"list": [], "null": None, "text": "x"}.items():
        yield f"answers-{name}", "Answers are an object.", report(answers=value)
    yield from _optional_members()


DAYS = {
    "not-a-leap-year": "2031-02-29",
    "month-13": "2031-13-01",
    "month-0": "2031-00-10",
    "day-0": "2031-03-00",
    "day-32": "2031-03-32",
    "short": "2031-3-7",
    "without-hyphens": "20310307",
    "arabic-digits": "٢٠٣١-٠٣-٠٧",
    "with-time": "2031-03-07T00:00:00Z",
    "year-0": "0000-01-01",
    "five-digit-year": "12031-03-07",
    "line-at-the-end": "2031-03-07\n",
    "week-date": "2031-W10-5",
    "empty": "",
}


def _optional_members() -> Iterator[Case]:
    for name, value in (DAYS | {"number": 20310307, "null": None}).items():
        yield f"made-{name}", "`made` is a day.", report(made=value)
    codes = {"unknown": "answer", "capitals": "Correct", "empty": "", "space": "correct "}
    codes |= {"id": "0f" * 32, "inherited": "constructor"}
    for name, value in (codes | {"number": 15, "null": None}).items():
        yield (
            f"follows-{name}",
            "`follows` is one of four codes.",
            report(follows=value, mailbox=MAILBOX),
        )
    boxes = {"empty": "", "padded": f"{MAILBOX}=", "stray-bits": f"{MAILBOX[:-1]}9"}
    boxes |= {"plus": f"+/{MAILBOX[2:]}", "line": f"{MAILBOX}\n", "31-bytes": MAILBOX[:-2] + "A"}
    boxes |= {"33-bytes": f"{MAILBOX[:-1]}AA", "one-character": f"{MAILBOX}AA"}
    for name, value in (boxes | {"number": 1, "null": None}).items():
        yield f"mailbox-{name}", "`mailbox` is base64url of 32 bytes.", report(mailbox=value)
    yield from _follow_ups()


def _follow_ups() -> Iterator[Case]:
    yield "follows-without-mailbox", "A follow-up has a mailbox.", report(follows="correct")
    yield (
        "withdraw-without-mailbox",
        "A follow-up has a mailbox.",
        without(saying("withdraw"), "mailbox"),
    )
    yield (
        "correct-without-kind",
        "A correction is a whole report.",
        saying("correct", note="x"),
    )
    yield (
        "correct-without-answers",
        "A correction is a whole report.",
        report(follows="correct", mailbox=MAILBOX, answers={}),
    )
    for code in ("reply", "no_longer_true", "withdraw"):
        name = code.replace("_", "-")
        yield (
            f"{name}-of-a-kind",
            "What only says something has no kind.",
            report(follows=code, mailbox=MAILBOX, answers={"note": "x"}),
        )
        yield (
            f"{name}-with-answers",
            "No answer but the note.",
            saying(code, note="x", when="now"),
        )
    yield "reply-without-note", "A reply says something.", saying("reply")
    for name, note in {"empty": "", "of-501-characters": "x" * 501, "null": None}.items():
        yield (
            f"withdraw-note-{name}",
            "A note has 1 to 500 characters.",
            saying("withdraw", note=note),
        )
    yield "withdraw-answers-list", "Answers are an object.", saying("withdraw") | {"answers": []}


def _required() -> Iterator[Case]:
    for kind, answers in LEAST.items():
        for field in answers:
            yield (
                f"{kind}-{field.replace('_', '-')}-missing",
                f"`{field}` is required.",
                report(kind, answers=without(answers, field)),
            )
    yield "answers-empty", "Required fields are required.", report(answers={})


def _unknown() -> Iterator[Case]:
    yield "field-unknown", "No field that the vocabulary does not have.", answering(phone="x")
    yield "field-of-another-kind", "No field of another kind.", answering(households="hh1")
    for name in ("__proto__", "constructor"):
        yield (
            f"field-{name.strip('_')}",
            "No name is inherited.",
            report(answers=LEAST["safety"] | {name: "x"}),
        )
    yield "hidden-without-answer", "`harm` was not answered.", answering(harm_count="n1")
    yield (
        "hidden-by-answer",
        "`harm` has none of the codes.",
        answering(harm=["none", "unknown"], harm_count="n1"),
    )
    yield "hidden-by-choice", "`event` is none of the codes.", answering(event="calm", homes="b0")


def _choices() -> Iterator[Case]:
    bad: Json = {"unknown": "flood", "of-another-set": "hh1", "empty": "", "capitals": "ARSON"}
    bad |= {"constructor": "constructor", "space": "arson "}
    for name, value in (bad | {"number": 1, "null": None, "list": ["arson"], "object": {}}).items():
        yield f"choice-{name}", "A choice is one code of its set.", answering(event=value)
    lists: Json = {
        "unknown": ["killed", "eaten"],
        "empty": [],
        "repeated": ["killed", "killed"],
        "number": ["killed", 1],
        "null-inside": [None],
        "list-inside": [["killed"]],
        "object-inside": [{}],
        "text": "killed",
        "null": None,
        "object": {"0": "killed"},
    }
    for name, value in lists.items():
        yield f"multi-{name}", "A multi is a list of different codes.", answering(harm=value)
    yield (
        "multi-above-max",
        "`max` is 3.",
        answering("displacement", needs=["food", "water", "medical", "baby"]),
    )


def _whens() -> Iterator[Case]:
    yield "when-date", "`date` is replaced by the day.", answering(when="date")
    yield "when-unknown-code", "Neither a code nor a day.", answering(when="tomorrow")
    for name, value in (DAYS | {"number": 1, "null": None, "list": ["now"]}).items():
        yield f"when-{name}", "Neither a code nor a day of the calendar.", answering(when=value)


def _places() -> Iterator[Case]:
    bad: Json = {
        "text-alone": "بستان الباشا",
        "null": None,
        "list": [PLACE],
        "empty": {},
        "without-pcode": {"text": "x"},
        "without-text": {"pcode": "C3575"},
        "unknown-member": PLACE | {"lat": 35.3},
        "text-empty": PLACE | {"text": ""},
        "text-null": PLACE | {"text": None},
        "text-number": PLACE | {"text": 1},
        "text-of-201-characters": PLACE | {"text": "ب" * 201},
        "text-of-201-astral-characters": PLACE | {"text": ASTRAL * 201},
        "pcode-empty": PLACE | {"pcode": ""},
        "pcode-one-letter": PLACE | {"pcode": "C"},
        "pcode-small-letter": PLACE | {"pcode": "c3575"},
        "pcode-digit-first": PLACE | {"pcode": "3575C"},
        "pcode-of-17-characters": PLACE | {"pcode": "C" + "1" * 16},
        "pcode-arabic-digits": PLACE | {"pcode": "C٣٥٧٥"},
        "pcode-number": PLACE | {"pcode": 3575},
        "pcode-line-at-the-end": PLACE | {"pcode": "C3575\n"},
        "adm3-null": PLACE | {"adm3": None},
        "adm3-of-a-district": PLACE | {"adm3": "SY0602"},
        "adm3-small-letters": PLACE | {"adm3": "sy060200"},
        "adm3-of-a-community": PLACE | {"adm3": "C3575"},
    }
    for name, value in bad.items():
        yield f"place-{name}", "A place is a code or null, and a text.", answering(place=value)


def _texts() -> Iterator[Case]:
    bad = {"empty": "", "of-501-characters": "x" * 501, "of-501-astral-characters": ASTRAL * 501}
    for name, value in (bad | {"number": 1, "null": None, "list": ["x"]}).items():
        yield f"note-{name}", "A text has 1 to 500 characters.", answering(note=value)


def _surrogates() -> Iterator[Vector]:
    halves = {"high": "\\ud83d", "low": "\\ude22", "wrong-order": "\\ude22\\ud83d"}
    for name, half in halves.items():
        for field, value in (
            ("note", answering(note="HALF")),
            ("place", answering(place={"pcode": None, "text": "HALF"})),
        ):
            yield _file(
                f"refuse-schema-{field}-surrogate-{name}",
                "Half of a surrogate pair is no character.",
                {"encoded": text(value).replace("HALF", half), "refused": "schema"},
            )


def _not_json() -> Iterator[tuple[str, str, str | bytes]]:
    whole = text(report())
    yield "empty", "No bytes.", ""
    yield "spaces", "Nothing but spaces.", "  "
    yield "not-utf-8", "A byte that UTF-8 does not have.", whole.encode() + b"\xff"
    yield (
        "overlong",
        "An overlong form is not UTF-8.",
        whole.encode().replace(b'"v"', b'"\xc1\xb6"'),
    )
    yield (
        "surrogate-bytes",
        "A surrogate has no UTF-8.",
        text(answering(note="HALF")).encode().replace(b"HALF", b"\xed\xa0\xbd"),
    )
    yield "utf-16", "UTF-16 is not UTF-8.", whole.encode("utf-16")
    yield "byte-order-mark", "A byte order mark is not JSON.", b"\xef\xbb\xbf" + whole.encode()
    yield "cut", "The end is missing.", whole[:-1]
    yield "more-behind", "Something behind the end.", whole + "x"
    yield "twice", "Two values.", whole + whole
    yield "zero-behind", "A filler byte behind the end.", whole.encode() + b"\0"
    yield "trailing-comma", "A comma too many.", whole[:-1] + ",}"
    yield "comment", "JSON has no comments.", whole + "//"
    yield "single-quotes", "JSON has no single quotes.", whole.replace('"', "'")
    yield (
        "line-in-text",
        "A raw line break in a text.",
        text(answering(note="LINE")).replace("LINE", "a\nb"),
    )
    yield (
        "bad-escape",
        "An escape that JSON does not have.",
        text(answering(note="ESC")).replace("ESC", "\\x41"),
    )
    for name, spelling in (("nan", "NaN"), ("infinity", "-Infinity"), ("leading-zero", "01")):
        yield name, "A number that JSON does not have.", whole.replace('"v":1', f'"v":{spelling}')
    yield from _members_twice(whole)


def _members_twice(whole: str) -> Iterator[tuple[str, str, str]]:
    yield "member-twice", "A member twice.", whole.replace('"v":1', '"v":1,"v":1')
    yield (
        "member-twice-by-escape",
        "A member twice, once written with an escape.",
        whole.replace('"v":1', '"v":1,"\\u0076":1'),
    )
    yield (
        "answer-twice",
        "An answer twice.",
        whole.replace('"when":"now"', '"when":"now","when":"today"'),
    )
    yield (
        "place-member-twice",
        "A member twice, two levels down.",
        whole.replace('"pcode":"C3575"', '"pcode":"C3575","pcode":null'),
    )
    yield (
        "member-twice-in-a-list",
        "A member twice in an object in a list.",
        text(answering(harm=["TWICE"])).replace('"TWICE"', '{"a":1,"a":2}'),
    )
