"""What the browser's code seals, signs and wraps Python reads, and the other way round.

The TypeScript runs in Node, bundled from the sources that the apps are bundled from.
"""

import json
import secrets
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import ECKey

from amana.core import keys, members
from amana.core.envelope import envelope_id, open_envelope, seal
from amana.core.keyset import DeskKey, KeySet, root_print, sign_key_set
from amana.core.parcel import Record, encode_parcel, parse_parcel
from amana.core.receipt import Received, SigningKey, sign_receipt
from amana.core.report import encode_report, parse_report
from amana.core.vocabulary import Vocabulary, shows
from tests.e2e.samples import samples

ROOT = Path(__file__).parents[2]
DAY = date(2025, 3, 7)

Browser = Callable[..., Any]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """Run one task of tests/client/interop/program.ts; bytes go and come as hexadecimal."""
    node = shutil.which("node")
    assert node, "Node is missing"
    program = tmp_path_factory.mktemp("interop") / "program.mjs"
    bundle = (node, ROOT / "client/bundle/node.mjs", ROOT / "tests/client/interop/program.ts")
    subprocess.run([*bundle, program], check=True, cwd=ROOT / "client")

    def run(task: str, **given: bytes | str) -> Any:
        written = {name: one if isinstance(one, str) else one.hex() for name, one in given.items()}
        done = subprocess.run(
            [node, program],
            input=json.dumps({"task": task, **written}),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture
def seed() -> bytes:
    return secrets.token_bytes(keys.SEED_BYTES)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


@pytest.fixture(scope="module")
def reports(vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """The sample reports as the form writes them: no answer to a question that does not show."""
    return [
        {
            "v": 1,
            "kind": sample.kind,
            "lang": sample.lang,
            "app": "interop",
            "answers": {
                field.code: sample.answers[field.code]
                for field in vocabulary.kinds[sample.kind]
                if field.code in sample.answers and shows(field, sample.answers)
            },
            "made": DAY.isoformat(),
        }
        for sample in samples()
    ]


def envelopes_in(parcel: bytes) -> list[bytes]:
    records = parse_parcel(parcel)
    assert all(isinstance(record, Record) for record in records)
    return [record.body for record in records if isinstance(record, Record)]


def test_python_opens_all_sample_reports_that_the_browser_sealed(
    browser: Browser, seed: bytes, reports: list[dict[str, Any]], vocabulary: Vocabulary
) -> None:
    lines = "\n".join(json.dumps(report) for report in reports)
    parcel = bytes.fromhex(browser("seal", seed=seed, reports=lines))
    seeds = {keys.kid(keys.public_key(seed)): seed}
    opened = [
        parse_report(open_envelope(envelope, seeds), vocabulary)
        for envelope in envelopes_in(parcel)
    ]
    assert opened == reports


def test_the_browser_opens_all_sample_reports_that_python_sealed(
    browser: Browser, seed: bytes, reports: list[dict[str, Any]]
) -> None:
    public = keys.public_key(seed)
    parcel = encode_parcel([seal(encode_report(report), public) for report in reports])
    opened = browser("open", seed=seed, parcel=parcel)
    assert [json.loads(text) for text in opened] == reports


def test_both_write_a_report_as_the_same_bytes(
    browser: Browser, seed: bytes, reports: list[dict[str, Any]]
) -> None:
    lines = "\n".join(json.dumps(report) for report in reports)
    parcel = bytes.fromhex(browser("seal", seed=seed, reports=lines))
    seeds = {keys.kid(keys.public_key(seed)): seed}
    opened = [open_envelope(envelope, seeds) for envelope in envelopes_in(parcel)]
    assert opened == [encode_report(report) for report in reports]


def test_the_browser_deletes_what_a_receipt_signed_by_python_names_and_nothing_else(
    browser: Browser, seed: bytes
) -> None:
    root, signer = (ECKey.generate_key("P-256", auto_kid=False) for _ in range(2))
    public = keys.public_key(seed)
    named, unnamed, shortened = (seal(b"{}", public) for _ in range(3))
    key_set = KeySet(
        org="جمعية",
        issued=DAY,
        desk=(DeskKey(keys.kid(public), public, DAY, DAY),),
        receipt=(_public(signer),),
    )
    entries = [
        Received(envelope_id(named), len(named), "parked"),
        Received(envelope_id(shortened), len(shortened) - 1, "stored"),
    ]
    answer = browser(
        "receipt",
        jws=sign_key_set(key_set, root.as_dict(private=True)),
        root=root_print(_public(root)),
        receipt=sign_receipt(entries, DAY, SigningKey(signer.as_dict(private=True))),
        parcel=encode_parcel([named, unnamed, shortened]),
    )
    assert answer == {
        "org": "جمعية",
        "kid": keys.kid(public).hex(),
        "deletes": [True, False, False],
    }


def test_python_opens_a_wrapped_seed_and_a_grant_that_the_browser_made(
    browser: Browser, seed: bytes
) -> None:
    member, wrap = secrets.token_bytes(32), secrets.token_bytes(32)
    nonce = secrets.token_bytes(members.NONCE_BYTES)
    made = browser("admit", member=member, wrap=wrap, nonce=nonce, seed=seed)
    wrapped = bytes.fromhex(made["wrapped"])
    assert wrapped == members.wrap_seed(member, wrap, nonce)
    assert members.unwrap_seed(wrapped, wrap, keys.public_key(member)) == member
    kid = keys.kid(keys.public_key(seed))
    assert members.open_grant(bytes.fromhex(made["grant"]), kid, member) == seed


def test_the_browser_reaches_the_desk_seed_through_what_python_wrapped_and_granted(
    browser: Browser, seed: bytes
) -> None:
    member, wrap = secrets.token_bytes(32), secrets.token_bytes(32)
    public, kid = keys.public_key(member), keys.kid(keys.public_key(seed))
    reached = browser(
        "unlock",
        wrapped=members.wrap_seed(member, wrap, secrets.token_bytes(members.NONCE_BYTES)),
        wrap=wrap,
        member=public,
        sealed=members.grant(seed, kid, public),
        kid=kid,
    )
    assert bytes.fromhex(reached) == seed


def _public(key: ECKey) -> dict[str, str]:
    """Exactly the four members that PROTOCOL section 3 allows."""
    jwk = key.as_dict(private=False)
    return {name: str(jwk[name]) for name in ("crv", "kty", "x", "y")}
