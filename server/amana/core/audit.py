"""The record of what members did: a chain of entries, each resting on the one before.

Whoever changes, moves or removes an entry breaks the chain behind it. Whoever cuts off its end
leaves a shorter chain that holds, so its head is to be noted elsewhere from time to time.
"""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

Act = Literal[
    "signed_in",
    "signed_out",
    "opened",
    "assessed",
    "carried_in",
    "note_added",
    "took",
    "exported",
    "case_exported",
    "invited",
    "joined",
    "granted",
    "let_in",
    "ended_sessions",
    "factor_added",
    "factor_removed",
    "factor_reset",
    "member_added",
    "member_removed",
    "token_made",
    "token_revoked",
    "token_used",
    "key_made",
    "key_exported",
    "recovery_exported",
]
"""What is recorded. The desk has words for each: `act_...` to choose it, `record_...` to tell."""

BEGINNING: Final = bytes(32)
"""What the first entry rests on."""

ID_DIGITS: Final = 8
"""Hexadecimal digits by which an entry names one of many envelopes: enough among millions."""

_LABEL: Final = b"amana/1/audit"
_OF_MANY: Final = ("opened", "case_exported")
"""Acts whose subject names envelopes, and nothing else, by the first digits of their ids."""
_OF_ONE: Final = ("assessed", "carried_in", "note_added", "took")
"""Acts whose subject begins with the whole id of an envelope."""


@dataclass(frozen=True)
class Entry:
    """One act. `seq` counts from 1; `member` is a name, empty for the command line.

    `subject` says what it was done to, by numbers and ids: nothing that a report or a letter says.
    """

    seq: int
    day: date
    member: str
    act: str
    subject: str


@dataclass(frozen=True)
class Head:
    """The last entry of a chain: its number, 0 for an empty one, and its digest (32 bytes)."""

    seq: int
    digest: bytes


@dataclass(frozen=True)
class Link:
    """An entry as it is told of some envelopes, with what it rests on and what it is held to.

    The entry's `subject` names those envelopes only; `others` counts the ones that it names
    besides. Where that is 0, `digest` follows from the entry and `before`.
    """

    entry: Entry
    others: int
    before: bytes
    digest: bytes


class Broken(Exception):
    """The chain does not hold. `seq` is the first entry that is not what it was."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"the record is broken at entry {seq}")
        self.seq = seq


def digest(entry: Entry, before: bytes) -> bytes:
    """What an entry is held to: SHA-256 over the digest before it and its own words, 32 bytes."""
    words = [entry.seq, entry.day.isoformat(), entry.member, entry.act, entry.subject]
    text = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(_LABEL + before + text.encode("utf-8")).digest()


def verify(chain: Iterable[tuple[Entry, bytes]], noted: Head | None = None) -> Head:
    """The head of a chain of entries with their digests, oldest first.

    Raises `Broken` at the first entry that does not follow from the ones before it, or that is not
    the one whose head was noted.
    """
    head = Head(0, BEGINNING)
    for entry, kept in chain:
        expected = Head(head.seq + 1, digest(entry, head.digest))
        if (entry.seq, kept) != (expected.seq, expected.digest):
            raise Broken(expected.seq)
        if noted is not None and noted.seq == expected.seq and noted != expected:
            raise Broken(expected.seq)
        head = expected
    if noted is not None and noted.seq > head.seq:
        raise Broken(head.seq + 1)
    return head


def names_of(envelope_ids: Iterable[bytes]) -> str:
    """Envelopes as an entry names many of them."""
    return " ".join(id_.hex()[:ID_DIGITS] for id_ in envelope_ids)


def custody(
    chain: Iterable[tuple[Entry, bytes]], envelope_ids: Collection[bytes]
) -> tuple[list[Link], Head]:
    """Those entries of a chain that are about these envelopes, oldest first, and the chain's head.

    Takes the chain as it is: whether it holds is what `verify` says.
    """
    names = {id_.hex() for id_ in envelope_ids} | set(names_of(envelope_ids).split(" "))
    links, head = [], Head(0, BEGINNING)
    for entry, kept in chain:
        own, others = _named(entry, names)
        if own:
            told = replace(entry, subject=" ".join(own))
            links.append(Link(told, others, head.digest, kept))
        head = Head(entry.seq, kept)
    return links, head


def _named(entry: Entry, names: Collection[str]) -> tuple[list[str], int]:
    """The words of an entry's subject that may be told, and how many envelopes are left out."""
    words = entry.subject.split(" ")
    if entry.act in _OF_MANY:
        own = [word for word in words if word in names]
        return own, len(words) - len(own)
    is_own = entry.act in _OF_ONE and words[0] in names
    return (words if is_own else []), 0
