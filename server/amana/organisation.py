"""An organisation's folder: how it is made and how it is read.

The folder (`AMANA_HOME`) holds `keys.jws`, the key set that phones fetch; `server.json`
(mode 0600), the receipt key and the secret behind made-up salts; `assets`, the reporter app's files
of every build that was served here; and `amana.sqlite3` unless `AMANA_DATABASE_URL` names another
database. The root key is never in it (PROTOCOL section 3).
"""

import json
import os
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from joserfc.jwk import ECKey

from amana import store
from amana.core import encoding, keys, keyset, members, receipt, recovery
from amana.core.keyset import DeskKey, KeySet
from amana.core.refusal import Refusal

KEY_SET_FILE = "keys.jws"
SERVER_FILE = "server.json"
DESK_KEY_DAYS = 30
RECOVERY_MEMBER = "amana_recovery"
"""In the file of the root key, beside the JWK's own members: the recovery public key."""
MAX_NAME = 64
OPENING_ROLES = frozenset({"reviewer", "administrator"})
"""Roles that hold a grant to the desk key; a coordinator reads summaries only."""


class OrganisationError(Exception):
    """The folder is missing, incomplete or in the way. The message is one plain line."""


@dataclass(frozen=True)
class NewMember:
    """A member to be made: the passphrase is used once and not kept."""

    name: str
    role: str
    passphrase: str


@dataclass(frozen=True)
class TakeAway:
    """What exists once and must leave the server: root private JWK, recovery shares.

    `recovery_key` is their public key, 1216 bytes, to which every later desk key is granted.
    """

    root_key: Mapping[str, Any]
    recovery_shares: Sequence[str]
    recovery_key: bytes

    def root_file(self) -> str:
        """What is written down of the root key."""
        recovery_key = encoding.b64encode(self.recovery_key)
        return json.dumps({**self.root_key, RECOVERY_MEMBER: recovery_key})


@dataclass(frozen=True)
class Organisation:
    """An organisation's folder as the two zones use it."""

    key_set_jws: str
    key_set: KeySet
    root_print: str
    receipt_key: receipt.SigningKey
    server_secret: bytes

    @classmethod
    def load(cls, home: Path) -> "Organisation":
        """Read the folder; `OrganisationError` when a file is missing or damaged."""
        try:
            key_set_jws = (home / KEY_SET_FILE).read_text("ascii").strip()
            server = json.loads((home / SERVER_FILE).read_text("utf-8"))
            root_print = server["root_print"]
            return cls(
                key_set_jws=key_set_jws,
                key_set=keyset.verify_key_set(key_set_jws, root_print),
                root_print=root_print,
                receipt_key=receipt.SigningKey(server["receipt"]),
                server_secret=encoding.b64decode(server["secret"]),
            )
        except FileNotFoundError as error:
            raise OrganisationError("no organisation here: run `amana init` first") from error
        except (KeyError, ValueError, Refusal) as error:
            raise OrganisationError("the organisation's files are damaged") from error


@dataclass(frozen=True)
class Plan:
    """What `create_organisation` is asked for; `recovery` is (threshold, shares)."""

    name: str
    members: Sequence[NewMember]
    origins: Sequence[str] = ()
    recovery: tuple[int, int] = (2, 3)


def create_organisation(
    home: Path,
    database_url: str,
    plan: Plan,
    today: date,
    take_away: Callable[[TakeAway], None] = lambda _: None,
) -> None:
    """Make root, desk, receipt and recovery keys, the database and the first members.

    `take_away` writes down what exists once; it is called before anything else is kept, so that
    no organisation is ever without its root key. `server.json` is written last and marks the
    organisation as made. Raises `OrganisationError` when the folder or the database is in use or
    the plan cannot be kept; nothing has been changed then.
    """
    if (home / SERVER_FILE).exists():
        raise OrganisationError("there is an organisation in this folder already")
    for member in plan.members:
        _refuse_unfit("a member", member.name, MAX_NAME)
    root, receipt_jwk = _new_signing_jwk(), _new_signing_jwk()
    desk_seed, recovery_seed = secrets.token_bytes(32), secrets.token_bytes(32)
    recovery_key = keys.public_key(recovery_seed)
    desk_key = new_desk_key(desk_seed, today)
    key_set_jws = _signed(plan, desk_key, receipt_jwk, root, today)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.chmod(0o700)
    store.upgrade(database_url)
    with store.opened(database_url):
        _refuse_used_database()
    take_away(TakeAway(root, recovery.split(recovery_seed, *plan.recovery), recovery_key))
    with store.opened(database_url), store.writing():
        _refuse_used_database()
        to_recovery = members.grant(desk_seed, desk_key.kid, recovery_key)
        store.desk_keys.add(desk_key, recovery_grant=to_recovery)
        for member in plan.members:
            _add_member(member, {desk_key.kid: desk_seed}, today)
        store.audit.append("key_made", "", desk_key.kid.hex(), today)
        for member in plan.members:
            store.audit.append("member_added", "", member.name, today)
    (home / KEY_SET_FILE).unlink(missing_ok=True)
    write_private(home / KEY_SET_FILE, key_set_jws)
    write_private(
        home / SERVER_FILE,
        json.dumps(
            {
                "root_print": keyset.root_print(_public(root)),
                "receipt": receipt_jwk,
                "secret": encoding.b64encode(secrets.token_bytes(32)),
            }
        ),
    )


def _signed(
    plan: Plan,
    desk_key: DeskKey,
    receipt_jwk: Mapping[str, Any],
    root: Mapping[str, Any],
    today: date,
) -> str:
    _refuse_unfit("an organisation", plan.name, keyset.MAX_ORG_CHARS)
    key_set = KeySet(
        org=plan.name,
        issued=today,
        desk=(desk_key,),
        receipt=(_public(receipt_jwk),),
        roots=(),
        origins=tuple(plan.origins),
    )
    try:
        return keyset.sign_key_set(key_set, root)
    except Refusal as error:
        raise OrganisationError("an origin cannot stand in a key set") from error


def _refuse_used_database() -> None:
    if store.desk_keys.known() or store.members.everyone():
        raise OrganisationError("the database belongs to an organisation already")


def _refuse_unfit(whose: str, name: str, longest: int) -> None:
    if not encoding.is_name(name, longest):
        raise OrganisationError(f"{whose}'s name has 1 to {longest} characters that are seen")


def add_member(granting: str, passphrase: str, new: NewMember, today: date) -> None:
    """Add a member in the open store, with grants from a holder if the role opens reports.

    Raises `OrganisationError` for an unknown granter, a wrong passphrase or a name that is taken.
    """
    _refuse_unfit("a member", new.name, MAX_NAME)
    if store.members.is_taken(new.name):
        raise OrganisationError("a member has or had that name")
    _add_member(new, prove_holder(granting, passphrase), today)
    store.audit.append("member_added", granting, new.name, today)


def reset_factor(name: str, by: str, passphrase: str, today: date) -> None:
    """Remove a member's second factors in the open store, and end the member's sessions.

    Raises `OrganisationError` for an unknown member, a wrong passphrase, or when `by` is no
    administrator.
    """
    member = known_member(name)
    if known_member(by).role != "administrator":
        raise OrganisationError("only an administrator resets a second factor")
    prove_holder(by, passphrase)
    store.factors.remove_all_of(member.id)
    store.sessions.end_all(member.id)
    store.audit.append("factor_reset", by, name, today)


def known_member(name: str) -> store.members.Member:
    """The member of that name in the open store; `OrganisationError` when there is none."""
    member = store.members.get(name)
    if member is None:
        raise OrganisationError("no member of that name")
    return member


def prove_holder(name: str, passphrase: str) -> dict[bytes, bytes]:
    """The desk seeds by kid that a member of the open store holds.

    Raises `OrganisationError` for an unknown member, a wrong passphrase or one who holds none.
    """
    seeds = open_desk_seeds(export_member(name), passphrase)
    if not seeds:
        raise OrganisationError("this member holds no desk key")
    return seeds


def export_member(name: str) -> dict[str, Any]:
    """A member's wrapped key and grants, for another machine; useless without the passphrase."""
    member = known_member(name)
    return {
        "v": 1,
        "name": member.name,
        "salt": encoding.b64encode(member.salt),
        "public_key": encoding.b64encode(member.public_key),
        "wrapped_seed": encoding.b64encode(member.wrapped_seed),
        "grants": [
            {"kid": grant.kid.hex(), "sealed": encoding.b64encode(grant.sealed)}
            for grant in store.grants.of(member.id)
        ],
    }


def open_desk_seeds(member_key: Mapping[str, Any], passphrase: str) -> dict[bytes, bytes]:
    """The desk seeds by kid that an exported member key opens with its passphrase.

    Raises `OrganisationError` for a wrong passphrase or a file of another form.
    """
    try:
        secrets_ = members.derive(
            members.stretch(passphrase, encoding.b64decode(member_key["salt"]))
        )
        seed = members.unwrap_seed(
            encoding.b64decode(member_key["wrapped_seed"]),
            secrets_.wrap,
            encoding.b64decode(member_key["public_key"]),
        )
        return _open_grants(member_key["grants"], seed)
    except Refusal as error:
        raise OrganisationError("wrong passphrase") from error
    except (KeyError, TypeError, ValueError) as error:
        raise OrganisationError("not a member key file") from error


def recovered_desk_seeds(
    recovery_grants: Iterable[Mapping[str, str]], shares: Sequence[str]
) -> dict[bytes, bytes]:
    """The desk seeds by kid that recovery shares open; `OrganisationError` when they do not."""
    try:
        return _open_grants(recovery_grants, recovery.combine(list(shares)))
    except (KeyError, TypeError, ValueError, Refusal) as error:
        raise OrganisationError("these recovery shares do not open this key file") from error


def export_recovery_grants() -> list[dict[str, str]]:
    """Every desk key's grant to the recovery key, in the form of a member key file's `grants`."""
    return [
        {"kid": kid.hex(), "sealed": encoding.b64encode(sealed)}
        for kid, sealed in store.desk_keys.recovery_grants().items()
    ]


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read; an existing file is never replaced."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise OrganisationError(f"{path.name} exists already and is left as it is") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _open_grants(grants: Iterable[Mapping[str, str]], seed: bytes) -> dict[bytes, bytes]:
    opened = {}
    for grant in grants:
        kid = bytes.fromhex(grant["kid"])
        opened[kid] = members.open_grant(encoding.b64decode(grant["sealed"]), kid, seed)
    return opened


def _add_member(new: NewMember, desk_seeds: Mapping[bytes, bytes], today: date) -> None:
    salt, seed = secrets.token_bytes(16), secrets.token_bytes(32)
    derived = members.derive(members.stretch(new.passphrase, salt))
    public = keys.public_key(seed)
    member_id = store.members.add(
        store.members.Member(
            name=new.name,
            role=new.role,
            salt=salt,
            auth_hash=members.auth_hash(derived.auth),
            public_key=public,
            wrapped_seed=members.wrap_seed(seed, derived.wrap, secrets.token_bytes(12)),
        ),
        today,
    )
    if new.role in OPENING_ROLES:
        for kid, desk_seed in desk_seeds.items():
            store.grants.add(kid, member_id, members.grant(desk_seed, kid, public))


def new_desk_key(seed: bytes, today: date) -> DeskKey:
    """The desk key of a fresh seed, meant for the days from today on."""
    public = keys.public_key(seed)
    return DeskKey(
        kid=keys.kid(public), pub=public, from_=today, until=today + timedelta(days=DESK_KEY_DAYS)
    )


def _new_signing_jwk() -> dict[str, Any]:
    return dict(ECKey.generate_key("P-256", auto_kid=False).as_dict(private=True))


def _public(jwk: Mapping[str, Any]) -> dict[str, str]:
    return {name: jwk[name] for name in ("crv", "kty", "x", "y")}
