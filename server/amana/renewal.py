"""A new desk key, and members who go: what an operator does with the root key at hand.

The root key and the public half of the recovery key are in the file that was taken away when the
organisation was made. The server keeps neither: one that named its own recovery key would be given
every desk key to come.
"""

import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from amana import store
from amana.core import encoding, keys, keyset, members, recovery
from amana.core.keyset import DeskKey
from amana.core.refusal import Refusal
from amana.organisation import (
    KEY_SET_FILE,
    RECOVERY_MEMBER,
    Organisation,
    OrganisationError,
    known_member,
    new_desk_key,
    write_private,
)
from amana.store.members import Member


@dataclass(frozen=True)
class Root:
    """What was taken away: the root private JWK, the recovery key (1216 bytes)."""

    key: Mapping[str, Any]
    recovery_key: bytes


def read_root(file: Path, shares: Path | None) -> Root:
    """The file that `amana init` wrote. Files from before the recovery key was in it need shares.

    Raises `OrganisationError` for another file, for shares that do not fit and for none.
    """
    try:
        written = json.loads(file.read_text("utf-8"))
        key = {name: value for name, value in written.items() if name != RECOVERY_MEMBER}
        noted = written.get(RECOVERY_MEMBER)
    except (ValueError, AttributeError) as error:
        message = f"{file.name} is not a root key"
        raise OrganisationError(message) from error
    if shares is not None:
        return Root(key, _recovered(shares.read_text("utf-8").split("\n")))
    if noted is None:
        message = f"{file.name} does not name the recovery key: give --shares, the recovery shares"
        raise OrganisationError(message)
    return Root(key, _noted_key(noted))


def remove_member(name: str, by: str, today: date) -> None:
    """Remove a member and revoke the tokens that they made, in this transaction.

    `OrganisationError` for one whom the desk needs.
    """
    member = known_member(name)
    if name == by or store.members.is_needed(member):
        raise OrganisationError("the desk cannot be without this member")
    store.members.remove(member.id)
    store.audit.append("member_removed", by, name, today)
    for token in store.tokens.revoke_made_by(member.id):
        store.audit.append("token_revoked", by, token.subject, today)


def renew(home: Path, root: Root, by: str, today: date) -> "NewKeySet":
    """Make a desk key in this transaction and grant it to all who hold one, and for recovery.

    All sessions end, so that every open window asks for the passphrase and gets the new grant.
    The answer is to be put in place once the transaction is kept: phones must not seal to a key
    that nobody holds.
    """
    organisation = Organisation.load(home)
    seed = secrets.token_bytes(keys.SEED_BYTES)
    desk_key = new_desk_key(seed, today)
    signed = _signed(organisation, desk_key, root, today)
    holders = tuple(one for one in store.members.everyone() if store.grants.of(one.id))
    written = NewKeySet.write(home, signed, desk_key.kid, holders)
    to_recovery = members.grant(seed, desk_key.kid, root.recovery_key)
    store.desk_keys.add(desk_key, recovery_grant=to_recovery)
    for holder in holders:
        sealed = members.grant(seed, desk_key.kid, holder.public_key)
        store.grants.add(desk_key.kid, holder.id, sealed)
    store.sessions.end_all()
    store.audit.append("key_made", by, desk_key.kid.hex(), today)
    return written


@dataclass(frozen=True)
class NewKeySet:
    """A key set on the disk that is not served yet.

    `kid` is of its newest desk key, which `holders` were granted.
    """

    file: Path
    served: Path
    kid: bytes
    holders: tuple[Member, ...]

    @classmethod
    def write(
        cls, home: Path, key_set_jws: str, kid: bytes, holders: tuple[Member, ...]
    ) -> "NewKeySet":
        """Write it beside the one that is served, in the place of one that was given up."""
        new = cls(home / f"{KEY_SET_FILE}.new", home / KEY_SET_FILE, kid, holders)
        with suppress(FileNotFoundError):
            new.file.unlink()
        write_private(new.file, key_set_jws)
        return new

    def put_in_place(self) -> None:
        """Serve it from now on; there is a key set at every moment. Only then is the key renewed:
        whatever comes in between, the desk still says that it must be."""
        os.replace(self.file, self.served)
        folder = os.open(self.served.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        with store.writing():
            store.desk_keys.renewed(self.kid)


def _signed(organisation: Organisation, desk_key: DeskKey, root: Root, today: date) -> str:
    """The key set with one more desk key, without those whose days are over."""
    old = organisation.key_set
    current = tuple(key for key in old.desk if key.until >= today)
    new = replace(old, issued=max(today, old.issued), desk=(*current, desk_key))
    try:
        signed = keyset.sign_key_set(new, root.key)
        keyset.verify_key_set(signed, organisation.root_print)
    except (KeyError, TypeError, ValueError, Refusal) as error:
        raise OrganisationError("this is not the organisation's root key") from error
    return signed


def _noted_key(noted: object) -> bytes:
    try:
        public = encoding.b64decode(str(noted))
    except ValueError:
        public = b""
    if not keys.is_public_key(public):
        raise OrganisationError("the recovery key beside the root key is damaged")
    return public


def _recovered(lines: list[str]) -> bytes:
    """The recovery key whose shares open a desk key that there is."""
    try:
        seed = recovery.combine([line for line in lines if line.strip()])
        for kid, sealed in store.desk_keys.recovery_grants().items():
            members.open_grant(sealed, kid, seed)
    except (ValueError, Refusal) as error:
        raise OrganisationError("these recovery shares are not the organisation's") from error
    return keys.public_key(seed)
