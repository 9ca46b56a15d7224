"""The tables, as types. Migrations make them, and add the triggers that keep them append-only.

Nothing here is finer than a day about reporters. Codes are those of the vocabulary; which codes
exist is `core.assessment`'s business, so that a new code needs no migration.
"""

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import BigInteger, Integer

from amana.core.tiers import TIERS

from .database import Base

ROLES = ("reviewer", "coordinator", "administrator")
NOTE_BYTES = 2076
VIEWS_BYTES = 4124
STANDINGS = ("waiting", "let_in", "removed")
"""Joined and not let in yet; let in; gone, and only named where something of theirs is kept."""
EVENT_ID_CHARS = 16
"""An event that a reviewer named; one of a single report is called by its envelope's id."""
MAX_TOKEN_NAME_CHARS = 64
MAX_LETTERS = 200
"""How often one mailbox takes a letter."""

_Seq = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows only for INTEGER keys
_LENGTHS = "2172, 3196, 5244, 9340, 17532"


class Envelope(Base):
    """One sealed report. A tombstone keeps all but the body, so that a resend is still `known`."""

    __tablename__ = "envelopes"
    __table_args__ = (
        CheckConstraint("length(id) = 32", name="id"),
        CheckConstraint("length(kid) = 8", name="kid"),
        CheckConstraint(f"length IN ({_LENGTHS})", name="length"),
        CheckConstraint("body IS NULL OR length(body) = length", name="body"),
        CheckConstraint("version >= 0", name="version"),
        # A page of the queue costs the same with ten thousand envelopes behind it as with ten.
        Index(
            "ix_envelopes_waiting",
            "seq",
            sqlite_where=text("version = 0 AND body IS NOT NULL"),
            postgresql_where=text("version = 0 AND body IS NOT NULL"),
        ),
        Index(
            "ix_envelopes_assessed",
            "seq",
            sqlite_where=text("version > 0 AND body IS NOT NULL"),
            postgresql_where=text("version > 0 AND body IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(_Seq, Identity(), primary_key=True)
    id: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    kid: Mapped[bytes] = mapped_column(LargeBinary(8))
    length: Mapped[int]
    day: Mapped[date]
    version: Mapped[int] = mapped_column(server_default=text("0"))
    # Last, so that reading the other columns never walks through a body.
    body: Mapped[bytes | None] = mapped_column(LargeBinary)


class DeskKey(Base):
    """A desk key this server knows, with its seed sealed to the recovery key."""

    __tablename__ = "desk_keys"
    __table_args__ = (
        CheckConstraint("length(kid) = 8", name="kid"),
        CheckConstraint("length(public_key) = 1216", name="public_key"),
        CheckConstraint("length(recovery_grant) = 1168", name="recovery_grant"),
        CheckConstraint("from_day <= until_day", name="days"),
    )

    kid: Mapped[bytes] = mapped_column(LargeBinary(8), primary_key=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    from_day: Mapped[date]
    until_day: Mapped[date]
    recovery_grant: Mapped[bytes] = mapped_column(LargeBinary)
    # A member who was removed held it, and no newer key has been made since.
    must_renew: Mapped[bool] = mapped_column(server_default=false())


class Member(Base):
    """A member of the desk. No secret of theirs is here in the clear (PROTOCOL section 8)."""

    __tablename__ = "members"
    __table_args__ = (
        CheckConstraint("length(name) BETWEEN 1 AND 100", name="name"),
        CheckConstraint(f"role IN {ROLES!r}", name="role"),
        CheckConstraint("length(salt) = 16", name="salt"),
        CheckConstraint("length(auth_hash) = 32", name="auth_hash"),
        CheckConstraint("length(public_key) = 1216", name="public_key"),
        CheckConstraint("length(wrapped_seed) = 60", name="wrapped_seed"),
        CheckConstraint(f"standing IN {STANDINGS!r}", name="standing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    auth_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    wrapped_seed: Mapped[bytes] = mapped_column(LargeBinary)
    day: Mapped[date]
    standing: Mapped[str] = mapped_column(String(10), server_default="let_in")


class Invitation(Base):
    """A link that makes one member. The token itself is only in the link.

    `member_id` is who joined by it; `expires_at` in seconds since 1970-01-01 UTC.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint("length(token_hash) = 32", name="token_hash"),
        CheckConstraint(f"role IN {ROLES!r}", name="role"),
        {"sqlite_with_rowid": False},
    )

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    invited_by: Mapped[int] = mapped_column(ForeignKey(Member.id))
    expires_at: Mapped[int] = mapped_column(BigInteger)
    member_id: Mapped[int | None] = mapped_column(ForeignKey(Member.id))


class Grant(Base):
    """A desk key's seed sealed to one member."""

    __tablename__ = "grants"
    __table_args__ = (CheckConstraint("length(sealed) = 1168", name="sealed"),)

    kid: Mapped[bytes] = mapped_column(ForeignKey(DeskKey.kid), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Session(Base):
    """A signed-in member. The token itself is only in the member's browser.

    `expires_at` moves on with use and never past `ends_at`; seconds since 1970-01-01 UTC.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint("length(token_hash) = 32", name="token_hash"),
        CheckConstraint("expires_at <= ends_at", name="ends"),
    )

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id))
    expires_at: Mapped[int] = mapped_column(BigInteger)
    ends_at: Mapped[int] = mapped_column(BigInteger)


class Factor(Base):
    """A second factor of a member: a security key, or a secret that codes follow from.

    `counter` is the number of the last signature, or the last time step whose code was taken, so
    that nothing is taken twice; once that is over, the first step of its day. `secret` is sealed
    under the server's secret.
    """

    __tablename__ = "factors"
    __table_args__ = (
        CheckConstraint("length(id) = 16", name="id"),
        CheckConstraint("kind IN ('webauthn', 'totp')", name="kind"),
        CheckConstraint("length(credential) BETWEEN 1 AND 1023", name="credential"),
        CheckConstraint("length(public_key) BETWEEN 1 AND 1024", name="public_key"),
        CheckConstraint("length(secret) = 48", name="secret"),
        CheckConstraint("counter >= 0", name="counter"),
        CheckConstraint("(kind = 'totp') = (secret IS NOT NULL)", name="totp"),
        CheckConstraint(
            "(kind = 'webauthn') = "
            "(credential IS NOT NULL AND public_key IS NOT NULL AND origin IS NOT NULL)",
            name="webauthn",
        ),
    )

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id, ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    origin: Mapped[str | None] = mapped_column(String(255))
    credential: Mapped[bytes | None] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    secret: Mapped[bytes | None] = mapped_column(LargeBinary(48))
    counter: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date]


class Challenge(Base):
    """What a member was asked to prove: good once, until a moment in seconds since 1970-01-01 UTC.

    `handle_hash` is of what only the member's browser has. `secret` is that of codes to be added,
    sealed as in `factors`.
    """

    __tablename__ = "challenges"
    __table_args__ = (
        CheckConstraint("length(handle_hash) = 32", name="handle_hash"),
        CheckConstraint("purpose IN ('sign_in', 'webauthn', 'totp')", name="purpose"),
        CheckConstraint("(purpose = 'totp') = (secret IS NOT NULL)", name="secret"),
    )

    handle_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id, ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(8))
    secret: Mapped[bytes | None] = mapped_column(LargeBinary(48))
    expires_at: Mapped[int] = mapped_column(BigInteger)


class Tries(Base):
    """How fast somebody tries to sign in. `key` is a keyed hash of whom or what is tried.

    `until` is the moment, in seconds since 1970-01-01 UTC, from which on it is as if nothing had
    been tried.
    """

    __tablename__ = "tries"
    __table_args__ = (
        CheckConstraint("length(key) = 32", name="key"),
        {"sqlite_with_rowid": False},
    )

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    until: Mapped[int] = mapped_column(BigInteger)


class Mailbox(Base):
    """The letter in a mailbox. Which report it answers is nowhere said.

    `until` is the first day of a month. In SQLite the rows lie in the order of their ids, so that
    they do not tell in which order letters were first written.
    """

    __tablename__ = "mailboxes"
    __table_args__ = (
        CheckConstraint("length(id) = 16", name="id"),
        CheckConstraint(f"version BETWEEN 1 AND {MAX_LETTERS}", name="version"),
        CheckConstraint("length(letter) = 4124", name="letter"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    version: Mapped[int]
    until: Mapped[date] = mapped_column(index=True)
    letter: Mapped[bytes] = mapped_column(LargeBinary)


class Views(Base):
    """What a member keeps of ways to look at the queue, sealed to themselves."""

    __tablename__ = "views"
    __table_args__ = (
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint(f"length(sealed) = {VIEWS_BYTES}", name="sealed"),
    )

    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id), primary_key=True)
    version: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Claim(Base):
    """Who works on an envelope until a moment, in seconds since 1970-01-01 UTC.

    In SQLite the rows lie in the order of their ids: what is over leaves no order of reading.
    """

    __tablename__ = "claims"
    __table_args__ = ({"sqlite_with_rowid": False},)

    envelope_id: Mapped[bytes] = mapped_column(ForeignKey(Envelope.id), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id))
    expires_at: Mapped[int] = mapped_column(BigInteger)


class Audit(Base):
    """One act of a member, resting on the one before (`core.audit`)."""

    __tablename__ = "audit"
    __table_args__ = (
        CheckConstraint("seq >= 1", name="seq"),
        CheckConstraint("length(digest) = 32", name="digest"),
    )

    seq: Mapped[int] = mapped_column(_Seq, primary_key=True, autoincrement=False)
    day: Mapped[date]
    # The name, not the row of a member: who left is still named.
    member: Mapped[str] = mapped_column(String(100))
    act: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(600))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))


class Assessment(Base):
    """One version of a reviewer's decision on one envelope: codes, days and areas, no free text."""

    __tablename__ = "assessments"
    __table_args__ = (
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
        CheckConstraint("length(ref) = 16", name="ref"),
        CheckConstraint("event_id IS NULL OR length(event_id) = 16", name="event_id"),
        Index("ix_assessments_event", "event_id", "kind"),
    )

    envelope_id: Mapped[bytes] = mapped_column(ForeignKey(Envelope.id), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16))
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id))
    assessed: Mapped[date]

    decision: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str | None] = mapped_column(String(40))
    adm3: Mapped[str | None] = mapped_column(String(40))
    adm3_origin: Mapped[str | None] = mapped_column(String(40))
    place_precision: Mapped[str | None] = mapped_column(String(40))
    day: Mapped[date | None]
    time_precision: Mapped[str | None] = mapped_column(String(40))
    category: Mapped[str | None] = mapped_column(String(40))
    households: Mapped[str | None] = mapped_column(String(40))
    people: Mapped[str | None] = mapped_column(String(40))
    capacity: Mapped[str | None] = mapped_column(String(40))
    killed: Mapped[str | None] = mapped_column(String(40))
    injured: Mapped[str | None] = mapped_column(String(40))
    taken: Mapped[str | None] = mapped_column(String(40))
    homes: Mapped[str | None] = mapped_column(String(40))
    severity: Mapped[str | None] = mapped_column(String(40))
    verification: Mapped[str | None] = mapped_column(String(40))
    source_reliability: Mapped[str | None] = mapped_column(String(40))
    info_credibility: Mapped[str | None] = mapped_column(String(40))
    access: Mapped[str | None] = mapped_column(String(40))
    event_id: Mapped[str | None] = mapped_column(String(16))
    release_tier: Mapped[str | None] = mapped_column(String(40))
    flags: Mapped[str | None] = mapped_column(String(400))
    """Codes in the given order with one space between; absent rather than empty."""
    hour: Mapped[int | None]
    """The UTC hour of `assessed`; absent in versions from before it was kept."""
    room: Mapped[str | None] = mapped_column(String(40))
    adm3_arrival: Mapped[str | None] = mapped_column(String(40))


class Event(Base):
    """What the reports of an event say together (`core.summary.Event`): made from assessments, and
    made anew with each of them. `is_cleared`: of those only that may leave the organisation.

    `week` is the Monday of `day`, `weekday` 0 to 6; `adm2` and `adm2_arrival` are districts.
    """

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        # In the order of the groups of `store.counting`; the second has all that counting reports
        # and types reads. Without them half a million rows are sorted and fetched for each look.
        Index("ix_events_counted", "is_cleared", "week", "adm3", "kind"),
        Index(
            "ix_events_typed",
            *("is_cleared", "week", "adm2", "kind", "category"),
            *("reports", "may_go_public", "is_exposed"),
        ),
        Index("ix_events_newest", "is_cleared", "day", "event"),
    )

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    event: Mapped[str] = mapped_column(String(64), primary_key=True)
    is_cleared: Mapped[bool] = mapped_column(primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    weekday: Mapped[int] = mapped_column(SmallInteger)
    day: Mapped[date]
    adm3: Mapped[str] = mapped_column(String(40))
    adm2: Mapped[str] = mapped_column(String(40))
    adm2_arrival: Mapped[str | None] = mapped_column(String(40))
    category: Mapped[str | None] = mapped_column(String(40))
    verification: Mapped[str] = mapped_column(String(40))
    level: Mapped[int] = mapped_column(SmallInteger)
    reports: Mapped[int]
    severity: Mapped[int] = mapped_column(SmallInteger)
    may_go_public: Mapped[bool]
    is_exposed: Mapped[bool]
    households: Mapped[str | None] = mapped_column(String(40))
    killed: Mapped[str | None] = mapped_column(String(40))
    injured: Mapped[str | None] = mapped_column(String(40))
    taken: Mapped[str | None] = mapped_column(String(40))
    people: Mapped[str | None] = mapped_column(String(40))
    capacity: Mapped[str | None] = mapped_column(String(40))
    room: Mapped[str | None] = mapped_column(String(40))
    access: Mapped[str | None] = mapped_column(String(40))


class Waits(Base):
    """How many reports were first assessed on a day, so many days after they had arrived."""

    __tablename__ = "waits"
    __table_args__ = (CheckConstraint("days >= 0", name="days"),)

    assessed: Mapped[date] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True)
    reports: Mapped[int]


class Release(Base):
    """A file that left the organisation (`core.ledger`).

    `first` and `last` are the Mondays of its weeks; `content` is its JSON.
    """

    __tablename__ = "releases"
    __table_args__ = (
        CheckConstraint("tier IN ('partners', 'public')", name="tier"),
        CheckConstraint("first <= last", name="days"),
        CheckConstraint("length(digest) = 32", name="digest"),
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(_Seq, Identity(), primary_key=True)
    day: Mapped[date]
    tier: Mapped[str] = mapped_column(String(10))
    first: Mapped[date]
    last: Mapped[date]
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Note(Base):
    """What a member wrote down about a report, sealed (PROTOCOL section 8).

    `version` is that of the assessment it came with or stands behind, 0 before the first.
    """

    __tablename__ = "notes"
    __table_args__ = (
        CheckConstraint("length(id) = 16", name="id"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
        CheckConstraint("version >= 0", name="version"),
        CheckConstraint("length(kid) = 8", name="kid"),
        CheckConstraint(f"length(sealed) = {NOTE_BYTES}", name="sealed"),
        UniqueConstraint("envelope_id", "id"),
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(_Seq, Identity(), primary_key=True)
    id: Mapped[bytes] = mapped_column(LargeBinary(16))
    envelope_id: Mapped[bytes] = mapped_column(ForeignKey(Envelope.id))
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id))
    day: Mapped[date]
    hour: Mapped[int]
    version: Mapped[int]
    kid: Mapped[bytes] = mapped_column(LargeBinary(8))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Token(Base):
    """What lets a program read one tier's figures. The token itself was shown once.

    `until` is its last day, absent for one that does not end; `used` is the last day it was used;
    `made_by` is absent for one that the operator made.
    """

    __tablename__ = "tokens"
    __table_args__ = (
        CheckConstraint("length(token_hash) = 32", name="token_hash"),
        CheckConstraint(f"length(name) BETWEEN 1 AND {MAX_TOKEN_NAME_CHARS}", name="name"),
        CheckConstraint(f"tier IN {TIERS!r}", name="tier"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    name: Mapped[str] = mapped_column(String(MAX_TOKEN_NAME_CHARS))
    tier: Mapped[str] = mapped_column(String(10))
    made: Mapped[date]
    until: Mapped[date | None]
    used: Mapped[date | None]
    made_by: Mapped[int | None] = mapped_column(ForeignKey(Member.id))
