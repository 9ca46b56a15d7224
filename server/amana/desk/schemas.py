"""What may cross the desk's wire: one schema for what comes in, one for what goes out."""

from typing import Any, get_args

from marshmallow import ValidationError, fields, validate, validates_schema

from amana.core import factors, keys, mailbox, members, parcel, passes
from amana.core.assessment import SERVER_FIELDS
from amana.core.audit import Act
from amana.core.cells import WHOLE_NUMBERS
from amana.core.envelope import ID_BYTES
from amana.core.tiers import LEVELS, TIERS
from amana.core.vocabulary import AssessmentField
from amana.http import StrictSchema
from amana.store import notes
from amana.store.tables import NOTE_BYTES, ROLES, VIEWS_BYTES

from .cases import MAX_REPORTS
from .claims import REASONS
from .fields import (
    Base64url,
    Count,
    Day,
    Hex,
    MemberName,
    NewName,
    OneTimeCode,
    ShortBase64url,
)
from .people import INVITATION_SECONDS, TOKEN_BYTES
from .reference import AREAS, VOCABULARY

AUTH_BYTES = 32
MAX_PASSES = 8
MAX_GRANTS = 8
"""In one request; the next eight go into another."""
MAX_PAGE = 100
DEFAULT_PAGE = 50
MAX_CURSOR = 10**17
MAX_MEMBER = 2**31 - 1
ALONE = "alone"
CHOICES = ("decision", "verification", "flag", "mine")
DIGEST_BYTES = 32
MAX_CLIENT_DATA = 2048
MAX_SIGNATURE = 1024
MAX_ATTESTATION = 8192
KINDS = tuple(VOCABULARY.kinds)


class SaltQuestion(StrictSchema):
    """Whose salt is asked for."""

    name = MemberName(required=True)


class Salt(StrictSchema):
    """A salt: 16 bytes, for a name that nobody has too."""

    salt = Base64url(members.SALT_BYTES, required=True)


def _shown_passes() -> fields.Field[Any]:
    return fields.List(
        Base64url(passes.PASS_BYTES), load_default=(), validate=validate.Length(0, MAX_PASSES)
    )


class SignIn(StrictSchema):
    """A name and the `auth` that its passphrase gives (PROTOCOL section 8).

    `passes` are those that this browser keeps, of whichever member.
    """

    name = MemberName(required=True)
    auth = Base64url(AUTH_BYTES, required=True)
    passes = _shown_passes()


class FactorWanted(StrictSchema):
    """What a member has to prove: a signature of the handle by one of these credentials, or a code
    where there are `codes`."""

    handle = Base64url(factors.HANDLE_BYTES, required=True)
    credentials = fields.List(ShortBase64url(factors.MAX_CREDENTIAL_BYTES), required=True)
    codes = fields.Boolean(required=True)


class Unproven(StrictSchema):
    """The passphrase was right; a second factor is wanted."""

    factor = fields.Nested(FactorWanted, required=True)


class Assertion(StrictSchema):
    """A security key's signature, as browsers give it (WebAuthn)."""

    credential = ShortBase64url(factors.MAX_CREDENTIAL_BYTES, required=True)
    client_data = ShortBase64url(MAX_CLIENT_DATA, required=True)
    authenticator_data = ShortBase64url(MAX_CLIENT_DATA, required=True)
    signature = ShortBase64url(MAX_SIGNATURE, required=True)


class FactorProof(StrictSchema):
    """A code or a security key's signature, for a handle; with the passes of `SignIn`."""

    handle = Base64url(factors.HANDLE_BYTES, required=True)
    code = OneTimeCode(load_default=None, allow_none=True)
    assertion = fields.Nested(Assertion, load_default=None, allow_none=True)
    passes = _shown_passes()


class NewFactor(StrictSchema):
    """Which kind of second factor is to be added."""

    kind = fields.String(required=True, validate=validate.OneOf(factors.KINDS))


class FactorBegun(StrictSchema):
    """What a new factor has to answer.

    A security key that has one of `credentials` is no new one. `secret` and the `address` that a
    phone reads off the screen are of codes.
    """

    handle = Base64url(factors.HANDLE_BYTES, required=True)
    credentials = fields.List(ShortBase64url(factors.MAX_CREDENTIAL_BYTES), required=True)
    secret = fields.String(required=True, allow_none=True)
    address = fields.String(required=True, allow_none=True)


class Attestation(StrictSchema):
    """A new security key, as browsers give it (WebAuthn)."""

    client_data = ShortBase64url(MAX_CLIENT_DATA, required=True)
    attestation = ShortBase64url(MAX_ATTESTATION, required=True)


class FactorAnswer(StrictSchema):
    """The answer of a new factor: a code or a security key."""

    handle = Base64url(factors.HANDLE_BYTES, required=True)
    code = OneTimeCode(load_default=None, allow_none=True)
    attestation = fields.Nested(Attestation, load_default=None, allow_none=True)


class HeldFactor(StrictSchema):
    """A second factor: what it is and on which day it was added."""

    id = Hex(factors.ID_BYTES, required=True)
    kind = fields.String(required=True)
    day = Day(required=True)


class HeldFactors(StrictSchema):
    """A member's second factors; `is_demanded` where the organisation wants one of everybody."""

    factors = fields.List(fields.Nested(HeldFactor), required=True)
    is_demanded = fields.Boolean(required=True)


class FactorRemoval(StrictSchema):
    """The member's passphrase again, as in `SignIn`."""

    auth = Base64url(AUTH_BYTES, required=True)
    passes = _shown_passes()


class ViewsGiven(StrictSchema):
    """Views of the queue, sealed to the member (PROTOCOL section 8)."""

    sealed = Base64url(VIEWS_BYTES, required=True)


class ViewsVersion(StrictSchema):
    """How often a member's views were written."""

    version = fields.Integer(required=True)


class Views(ViewsVersion):
    """The member's views; null where none were kept yet."""

    sealed = Base64url(VIEWS_BYTES, required=True, allow_none=True)


class Grant(StrictSchema):
    """A desk key's seed, sealed to the member."""

    kid = Hex(keys.KID_BYTES, required=True)
    sealed = Base64url(members.GRANT_BYTES, required=True)


class Member(StrictSchema):
    """A member as their own browser needs it: nothing here opens without the passphrase.

    Whoever `is_waiting` was not let in yet and passes no door but this one and the way out.
    """

    name = fields.String(required=True)
    role = fields.String(required=True)
    is_waiting = fields.Boolean(required=True)
    public_key = Base64url(keys.PUBLIC_BYTES, required=True)
    wrapped_seed = Base64url(members.WRAPPED_BYTES, required=True)
    grants = fields.List(fields.Nested(Grant), required=True)


class SignedIn(StrictSchema):
    """A session: its token, the seconds until it ends in any case, the member.

    `new_pass` is to be kept by a browser that showed none for this member. `member` is null while a
    second factor has to be added first: the session opens the doors for that, and then the others.
    """

    token = fields.String(required=True)
    expires_in = fields.Integer(required=True)
    new_pass = Base64url(passes.PASS_BYTES, required=True, allow_none=True)
    member = fields.Nested(Member, required=True, allow_none=True)


def _one_of(options: str, *more: str) -> fields.String:
    """One code of an option set, or None."""
    codes = (*VOCABULARY.options[options], *more)
    return fields.String(load_default=None, validate=validate.OneOf(codes))


class Person(StrictSchema):
    """A member as administrators see one: the key to be compared, the desk keys held."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True)
    is_waiting = fields.Boolean(required=True)
    public_key = Base64url(keys.PUBLIC_BYTES, required=True)
    kids = fields.List(Hex(keys.KID_BYTES), required=True)


class Invited(StrictSchema):
    """An invitation that nobody has used yet."""

    name = fields.String(required=True)
    role = fields.String(required=True)


class People(StrictSchema):
    """Who belongs to the desk. `kids` are all desk keys; `must_renew`: who left held one."""

    members = fields.List(fields.Nested(Person), required=True)
    invitations = fields.List(fields.Nested(Invited), required=True)
    kids = fields.List(Hex(keys.KID_BYTES), required=True)
    must_renew = fields.Boolean(required=True)


class Invite(StrictSchema):
    """Who is invited, and as what."""

    name = NewName(required=True)
    role = fields.String(required=True, validate=validate.OneOf(ROLES))


class InvitationLink(StrictSchema):
    """What the link carries, and the seconds until it is worth nothing."""

    token = Base64url(TOKEN_BYTES, required=True)
    expires_in = fields.Constant(INVITATION_SECONDS, required=True)


class Join(StrictSchema):
    """The keys of a new member, made in the member's browser (PROTOCOL section 8)."""

    token = Base64url(TOKEN_BYTES, required=True)
    salt = Base64url(members.SALT_BYTES, required=True)
    auth = Base64url(AUTH_BYTES, required=True)
    public_key = Base64url(keys.PUBLIC_BYTES, required=True)
    wrapped_seed = Base64url(members.WRAPPED_BYTES, required=True)


class Joined(StrictSchema):
    """Whose name the invitation has, and as what."""

    name = fields.String(required=True)
    role = fields.String(required=True)


class LetIn(StrictSchema):
    """Grants, and the print of the key that they are sealed to."""

    key_print = Hex(members.PRINT_BYTES, required=True)
    grants = fields.List(
        fields.Nested(Grant), required=True, validate=validate.Length(0, MAX_GRANTS)
    )


class QueueQuestion(StrictSchema):
    """A page of the queue. `before` is the `next` of the page before it.

    Among those assessed can be chosen by decision, verification as it counts (or `alone`: confirmed
    by one member only), flag, and whether the asking member's assessment is the newest. `count`
    asks how many there are in all: what that costs grows with their number.
    """

    state = fields.String(
        load_default="waiting", validate=validate.OneOf(("waiting", "assessed", "all"))
    )
    before = Count(0, MAX_CURSOR, load_default=None)
    limit = Count(1, MAX_PAGE, load_default=DEFAULT_PAGE)
    decision = _one_of("decision")
    verification = _one_of("verification", ALONE)
    flag = _one_of("flag")
    mine = fields.Boolean(load_default=False, truthy={"true"}, falsy={"false"})
    count = fields.Boolean(load_default=False, truthy={"true"}, falsy={"false"})

    @validates_schema
    def only_what_is_assessed_can_be_chosen(self, question: dict[str, Any], **_: object) -> None:
        """Refuse a choice among reports that nobody has assessed."""
        chosen = any(question.get(name) for name in CHOICES)
        if chosen and question.get("state") != "assessed":
            raise ValidationError("a choice is among those assessed")


class LatestAssessment(StrictSchema):
    """The newest assessment in short; `verification` as it counts."""

    decision = fields.String(required=True)
    verification = fields.String(required=True, allow_none=True)
    flags = fields.List(fields.String(), required=True)
    member = fields.String(required=True)


class Queued(StrictSchema):
    """A sealed report; `version` counts its assessments, `latest` is null before the first."""

    id = Hex(ID_BYTES, required=True)
    kid = Hex(keys.KID_BYTES, required=True)
    day = Day(required=True)
    length = fields.Integer(required=True)
    parked = fields.Boolean(required=True)
    version = fields.Integer(required=True)
    latest = fields.Nested(LatestAssessment, required=True, allow_none=True)


class QueuePage(StrictSchema):
    """One page, newest first; `next` is null on the last, `total` unless it was asked for."""

    envelopes = fields.List(fields.Nested(Queued), required=True)
    next = fields.String(required=True, allow_none=True)
    total = fields.Integer(required=True, allow_none=True)


class Claim(StrictSchema):
    """Why a colleague's claim is taken over; null to leave it."""

    taking = fields.String(required=True, allow_none=True, validate=validate.OneOf(REASONS))


class Claimed(StrictSchema):
    """Whose the report is now."""

    member = fields.String(required=True)
    is_mine = fields.Boolean(required=True)


class HeldClaim(StrictSchema):
    """A report and who works on it."""

    id = Hex(ID_BYTES, required=True)
    member = fields.String(required=True)


class Claims(StrictSchema):
    """All claims that hold."""

    claims = fields.List(fields.Nested(HeldClaim), required=True)


class RecordQuestion(StrictSchema):
    """A page of the record. `before` is the `next` of the page before it.

    A `member` is asked for by number: addresses stand in the logs of proxies, which name nobody.
    """

    before = Count(0, MAX_CURSOR, load_default=None)
    limit = Count(1, MAX_PAGE, load_default=DEFAULT_PAGE)
    member = Count(1, MAX_MEMBER, load_default=None)
    act = fields.String(load_default=None, validate=validate.OneOf(get_args(Act)))


class RecordEntry(StrictSchema):
    """One act; `member` is empty for the command line."""

    seq = fields.Integer(required=True)
    day = Day(required=True)
    member = fields.String(required=True)
    act = fields.String(required=True)
    subject = fields.String(required=True)


class RecordPage(StrictSchema):
    """One page, newest first; `next` is null on the last."""

    entries = fields.List(fields.Nested(RecordEntry), required=True)
    next = fields.String(required=True, allow_none=True)


class ParcelQuestion(StrictSchema):
    """Which sealed reports are wanted."""

    ids = fields.List(Hex(ID_BYTES), required=True, validate=validate.Length(1, parcel.MAX_RECORDS))


def _assessment_field(field: AssessmentField) -> fields.Field[Any]:
    """A field as it goes out; `check_assessment` has seen to what is in it."""
    if field.type == "multi":
        return fields.List(fields.String())
    return fields.String(required=field.code in ("decision", *SERVER_FIELDS))


AssessmentVersion = StrictSchema.from_dict(
    {field.code: _assessment_field(field) for field in VOCABULARY.assessment}
    | {
        "version": fields.Integer(required=True),
        "member": fields.String(required=True),
        "assessed": Day(required=True),
        "hour": fields.Integer(required=True, allow_none=True),
    },
    name="AssessmentVersion",
)
"""A decision as it was kept: which version, whose, on which UTC day and at which hour.

What it does not say is absent.
"""


class Note(StrictSchema):
    """A note as a browser sealed it (PROTOCOL section 8)."""

    kid = Hex(keys.KID_BYTES, required=True)
    sealed = Base64url(NOTE_BYTES, required=True)


class KeptNote(Note):
    """A note, who wrote it, on which UTC day and at which hour, behind which version."""

    id = Hex(notes.ID_BYTES, required=True)
    member = fields.String(required=True)
    day = Day(required=True)
    hour = fields.Integer(required=True)
    version = fields.Integer(required=True)


class Versions(StrictSchema):
    """All assessments of one report and the notes on it, oldest first."""

    assessments = fields.List(fields.Nested(AssessmentVersion), required=True)
    notes = fields.List(fields.Nested(KeptNote), required=True)


class LettersQuestion(StrictSchema):
    """Which mailboxes are asked for."""

    ids = fields.List(
        Hex(mailbox.ID_BYTES), required=True, validate=validate.Length(1, parcel.MAX_RECORDS)
    )


class Letter(StrictSchema):
    """A letter, sealed."""

    letter = Base64url(mailbox.LETTER_BYTES, required=True)


class LetterVersion(StrictSchema):
    """How often a mailbox's letter was written."""

    version = fields.Integer(required=True)


class KeptLetter(Letter, LetterVersion):
    """The letter in a mailbox."""

    id = Hex(mailbox.ID_BYTES, required=True)


class Letters(StrictSchema):
    """The letters that there are."""

    letters = fields.List(fields.Nested(KeptLetter), required=True)


class EventQuestion(StrictSchema):
    """Events of one kind, in one district."""

    kind = fields.String(load_default=None, validate=validate.OneOf(KINDS))
    adm2 = fields.String(load_default=None, validate=validate.OneOf(tuple(AREAS.adm2)))


class Event(StrictSchema):
    """One event as its best-verified report tells it; `severity` is the highest of them all."""

    event_id = fields.String(required=True)
    kind = fields.String(required=True)
    category = fields.String(required=True)
    adm3 = fields.String(required=True)
    day = Day(required=True)
    severity = fields.String(required=True)
    verification = fields.String(required=True)
    reports = fields.Integer(required=True)


class Events(StrictSchema):
    """The newest events that count."""

    events = fields.List(fields.Nested(Event), required=True)


class EventReport(StrictSchema):
    """A report of an event: its envelope, the grade it counts with, and what was decided on it."""

    envelope = fields.Nested(Queued, required=True)
    verification = fields.String(required=True)
    assessments = fields.List(fields.Nested(AssessmentVersion), required=True)


class EventReports(StrictSchema):
    """The reports that count towards an event, the best-verified first."""

    reports = fields.List(fields.Nested(EventReport), required=True)


class CaseReport(StrictSchema):
    """A report of an event, counted or not: its envelope, and what was decided on it."""

    envelope = fields.Nested(Queued, required=True)
    assessments = fields.List(fields.Nested(AssessmentVersion), required=True)


class CaseReports(StrictSchema):
    """All reports of an event, in the order of their ids."""

    reports = fields.List(fields.Nested(CaseReport), required=True)


class CaseTaken(StrictSchema):
    """Which reports are taken out."""

    ids = fields.List(Hex(ID_BYTES), required=True, validate=validate.Length(1, MAX_REPORTS))


class CustodyEntry(RecordEntry):
    """An entry of the record, told of these reports only.

    `others` counts reports that it names besides. Where that is 0, `digest` is SHA-256 over
    `amana/1/audit`, the bytes of `before`, and the compact JSON of the first five members.
    """

    others = fields.Integer(required=True)
    before = Hex(DIGEST_BYTES, required=True)
    digest = Hex(DIGEST_BYTES, required=True)


class RecordHead(StrictSchema):
    """The last entry of the record."""

    seq = fields.Integer(required=True)
    digest = Hex(DIGEST_BYTES, required=True)


class Custody(StrictSchema):
    """What the record says of some reports, oldest first, and how far it went."""

    entries = fields.List(fields.Nested(CustodyEntry), required=True)
    head = fields.Nested(RecordHead, required=True)


class SummaryQuestion(StrictSchema):
    """Two days, at most 20 years apart; the weeks they lie in are answered whole. For whom, and by
    areas of which level."""

    from_ = Day(data_key="from", required=True)
    to = Day(required=True)
    tier = fields.String(load_default="internal", validate=validate.OneOf(TIERS))
    area = fields.String(load_default="adm2", validate=validate.OneOf(LEVELS))


class FiguresQuestion(StrictSchema):
    """As in `SummaryQuestion`; the token says for whom."""

    from_ = Day(data_key="from", required=True)
    to = Day(required=True)
    area = fields.String(load_default="adm2", validate=validate.OneOf(LEVELS))


class NewToken(StrictSchema):
    """Who is to read the figures of which tier, until the end of which day."""

    name = NewName(required=True)
    tier = fields.String(required=True, validate=validate.OneOf(TIERS))
    until = Day(load_default=None, allow_none=True)


class MadeToken(StrictSchema):
    """A token; it is told once."""

    token = Base64url(TOKEN_BYTES, required=True)


class KnownToken(StrictSchema):
    """A token without itself; `used` is the last day, null for never.

    `made_by` is a member's name, null for one that the operator made or that is older than this.
    """

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    tier = fields.String(required=True)
    made = Day(required=True)
    until = Day(required=True, allow_none=True)
    used = Day(required=True, allow_none=True)
    made_by = fields.String(required=True, allow_none=True)


class Tokens(StrictSchema):
    """All tokens."""

    tokens = fields.List(fields.Nested(KnownToken), required=True)


class CellPlace(StrictSchema):
    """Which week or month, area and kind, and what can be said of it in words."""

    week_start = Day(required=True)
    week_end = Day(required=True)
    span = fields.String(required=True, validate=validate.OneOf(("week", "month")))
    adm1_code = fields.String(required=True)
    adm2_code = fields.String(required=True)
    adm3_code = fields.String(required=True)
    kind = fields.String(required=True)
    category = fields.String(required=True)
    access = fields.String(required=True, allow_none=True)
    suppressed = fields.Boolean(required=True)
    mean4 = fields.Float(required=True, allow_none=True)


Cell = CellPlace.from_dict(
    {name: fields.Integer(required=True, allow_none=True) for name in WHOLE_NUMBERS}, name="Cell"
)
"""The numbers of one week or month, area and kind; null where not known or withheld."""


class Timeliness(StrictSchema):
    """Reports that were first assessed in a week: how many, and half of them within how many days
    of their arrival.
    """

    week_start = Day(required=True)
    reports = fields.Integer(required=True)
    days = fields.Float(required=True)


class Summary(StrictSchema):
    """The weeks from a Monday to a Sunday, for one tier, and the rules it was made by.

    `reports_in` are all reports of these weeks that count, `reports_cleared` those that may be in
    this tier, `reports_shown` those in the rows; `withheld` rows and totals say no number. Of parts
    released before, `revised` would be told anew and `kept` go on saying what they said. `types`
    are parts of districts' rows by category. `untold` are Mondays of weeks that it does not tell
    of. `timeliness` is for the inside only.
    """

    from_ = Day(data_key="from", required=True)
    to = Day(required=True)
    tier = fields.String(required=True)
    area = fields.String(required=True)
    k_reports = fields.Integer(required=True)
    m_events = fields.Integer(required=True)
    k_people = fields.Integer(required=True)
    delay_days = fields.Integer(required=True)
    reports_in = fields.Integer(required=True)
    reports_cleared = fields.Integer(required=True)
    reports_shown = fields.Integer(required=True)
    withheld = fields.Integer(required=True)
    revised = fields.Integer(required=True)
    kept = fields.Integer(required=True)
    cells = fields.List(fields.Nested(Cell), required=True)
    totals = fields.List(fields.Nested(Cell), required=True)
    types = fields.List(fields.Nested(Cell), required=True)
    untold = fields.List(Day(), required=True)
    timeliness = fields.List(fields.Nested(Timeliness), required=True)
