/** What the desk server answers, shape by shape. */
import {
  bytes,
  count,
  hex,
  list,
  nullable,
  object,
  quantity,
  record,
  type Shape,
  text,
  truth,
  whole,
} from "./shape.ts";

const ID_BYTES = 32;
const KID_BYTES = 8;
const MAILBOX_BYTES = 16;
const FACTOR_BYTES = 16;

type Read<S> = S extends Shape<infer T> ? T : never;

export const saltAnswer = object({ salt: bytes });

const grant = object({ kid: hex(KID_BYTES), sealed: bytes });

/** A member's own record; keys and grants are sealed, the vault opens them. */
export const memberAnswer = object({
  name: text,
  role: text,
  is_waiting: truth,
  public_key: bytes,
  wrapped_seed: bytes,
  grants: list(grant),
});
export type Member = Read<typeof memberAnswer>;

/** `member` is null while the member has to add a second factor first. */
export const signedInAnswer = object({
  token: text,
  expires_in: count,
  new_pass: nullable(bytes),
  member: nullable(memberAnswer),
});
export type SignedIn = Read<typeof signedInAnswer>;

const latest = object({
  decision: text,
  verification: nullable(text),
  flags: list(text),
  member: text,
});

/** What the newest assessment says in short; `verification` as it counts. */
export type Latest = Read<typeof latest>;

const person = object({
  id: count,
  name: text,
  role: text,
  is_waiting: truth,
  public_key: bytes,
  kids: list(hex(KID_BYTES)),
});

/** A member as an administrator sees one; `kids` are the desk keys held. */
export type Person = Read<typeof person>;

export const peopleAnswer = object({
  members: list(person),
  invitations: list(object({ name: text, role: text })),
  kids: list(hex(KID_BYTES)),
  must_renew: truth,
});
export type People = Read<typeof peopleAnswer>;

export const invitationAnswer = object({ token: text, expires_in: count });
export const joinedAnswer = object({ name: text, role: text });
export type Joined = Read<typeof joinedAnswer>;

const knownToken = object({
  id: count,
  name: text,
  tier: text,
  made: text,
  until: nullable(text),
  used: nullable(text),
  made_by: nullable(text),
});

/** A program's token without itself; `used` is the last day, null for never; `made_by` a member's name, null where none is noted. */
export type KnownToken = Read<typeof knownToken>;
export const tokensAnswer = object({ tokens: list(knownToken) });
export const madeTokenAnswer = object({ token: text });

const factorWanted = object({ handle: bytes, credentials: list(bytes), codes: truth });

/** What proves a second factor: a signature of the handle by one of these security keys, or a code where there are codes. */
export type FactorWanted = Read<typeof factorWanted>;

/** The passphrase was right, a second factor is wanted. */
export const unprovenAnswer = object({ factor: factorWanted });
export type Unproven = Read<typeof unprovenAnswer>;

export const factorBegunAnswer = object({
  handle: bytes,
  credentials: list(bytes),
  secret: nullable(text),
  address: nullable(text),
});

/** What a new factor has to answer; secret and address are of codes. */
export type FactorBegun = Read<typeof factorBegunAnswer>;

export const factorAnswer = object({ id: hex(FACTOR_BYTES), kind: text, day: text });
export type Factor = Read<typeof factorAnswer>;
export const factorsAnswer = object({ factors: list(factorAnswer), is_demanded: truth });

/** The member's second factors, and whether the organisation demands one. */
export type Factors = Read<typeof factorsAnswer>;

const envelope = object({
  id: hex(ID_BYTES),
  kid: hex(KID_BYTES),
  day: text,
  length: count,
  parked: truth,
  version: count,
  latest: nullable(latest),
});

/** One row of the queue. `version` is that of the latest assessment, 0 when there is none. */
export type Envelope = Read<typeof envelope>;

/** `total`: how many there are in all, as far as the server counts; null unless it was asked for. */
export const queueAnswer = object({
  envelopes: list(envelope),
  next: nullable(text),
  total: nullable(count),
});
export type QueuePage = Read<typeof queueAnswer>;

const stamp = object({
  ref: text,
  version: count,
  member: text,
  assessed: text,
  hour: nullable(count),
});

/** One version of an assessment: who saved it on which UTC day, at which hour, and its coded fields. */
export type Assessment = Read<typeof stamp> & {
  readonly fields: Readonly<Record<string, unknown>>;
};

export const assessmentAnswer: Shape<Assessment> = (value) => {
  const { ref, version, member, assessed, hour, ...fields } = record(value);
  return { ...stamp({ ref, version, member, assessed, hour }), fields };
};

const keptNote = object({
  id: hex(16),
  member: text,
  day: text,
  hour: count,
  version: count,
  kid: hex(KID_BYTES),
  sealed: bytes,
});

/** A note on a report, sealed: who wrote it when, behind which version. */
export type KeptNote = Read<typeof keptNote>;
export const versionsAnswer = object({
  assessments: list(assessmentAnswer),
  notes: list(keptNote),
});
export type Versions = Read<typeof versionsAnswer>;

export const viewsAnswer = object({ version: count, sealed: nullable(bytes) });
export const letterVersionAnswer = object({ version: count });
export const lettersAnswer = object({
  letters: list(object({ id: hex(MAILBOX_BYTES), version: count, letter: bytes })),
});

/** A letter in a mailbox, sealed. */
export type KeptLetter = Read<typeof lettersAnswer>["letters"][number];

const event = object({
  event_id: hex(8),
  kind: text,
  category: text,
  adm3: text,
  day: text,
  severity: text,
  verification: text,
  reports: count,
});

/** A group of reports about one thing, as the assessments that count describe it. */
export type DeskEvent = Read<typeof event>;
export const eventsAnswer = object({ events: list(event) });

const eventReport = object({
  envelope,
  verification: text,
  assessments: list(assessmentAnswer),
});

/** A report of an event, with the grade that it counts with and all versions of its assessment, oldest first. */
export type EventReport = Read<typeof eventReport>;
export const eventReportsAnswer = object({ reports: list(eventReport) });

const caseReport = object({ envelope, assessments: list(assessmentAnswer) });

/** A report of an event, counted or not, with all versions of its assessment, oldest first. */
export type CaseReport = Read<typeof caseReport>;
export const caseReportsAnswer = object({ reports: list(caseReport) });

export const claimedAnswer = object({ member: text, is_mine: truth });

/** Whose a report is. */
export type Claimed = Read<typeof claimedAnswer>;
export const claimsAnswer = object({
  claims: list(object({ id: hex(ID_BYTES), member: text })),
});

const recordEntry = object({ seq: count, day: text, member: text, act: text, subject: text });

/** What a member did; an empty name is the command line. */
export type RecordEntry = Read<typeof recordEntry>;
export const recordAnswer = object({ entries: list(recordEntry), next: nullable(text) });

const DIGEST_BYTES = 32;

const custodyEntry = object({
  seq: count,
  day: text,
  member: text,
  act: text,
  subject: text,
  others: count,
  before: hex(DIGEST_BYTES),
  digest: hex(DIGEST_BYTES),
});

/** What the record says of some reports: `others` counts those that an entry names besides; `head` is its last entry. */
export const custodyAnswer = object({
  entries: list(custodyEntry),
  head: object({ seq: count, digest: hex(DIGEST_BYTES) }),
});
export type Custody = Read<typeof custodyAnswer>;

const cell = object({
  week_start: text,
  week_end: text,
  span: text,
  adm1_code: text,
  adm2_code: text,
  adm3_code: text,
  kind: text,
  category: text,
  reports: nullable(count),
  events: nullable(count),
  hh_min: nullable(count),
  hh_mid: nullable(count),
  hh_max: nullable(count),
  site_people_min: nullable(count),
  site_people: nullable(count),
  site_people_max: nullable(count),
  sites_room: nullable(count),
  sites_full: nullable(count),
  sites_over: nullable(count),
  sites_closed: nullable(count),
  occupancy: nullable(count),
  came_min: nullable(count),
  came_mid: nullable(count),
  came_max: nullable(count),
  net: nullable(whole),
  access: nullable(text),
  killed_min: nullable(count),
  killed_max: nullable(count),
  injured_min: nullable(count),
  injured_max: nullable(count),
  taken_min: nullable(count),
  taken_max: nullable(count),
  severity: nullable(numberOrCode),
  v1: nullable(count),
  v2: nullable(count),
  v3plus: nullable(count),
  contested: nullable(count),
  change: nullable(whole),
  mean4: nullable(quantity),
  suppressed: truth,
});

/** Reports that were first assessed in a week, and half of them within how many days of their arrival. */
const timeliness = object({ week_start: text, reports: count, days: quantity });
export type Timeliness = Read<typeof timeliness>;

/** One week or month, area and kind, and of `types` the category. Every number is null where `suppressed`. */
export type Cell = Read<typeof cell>;
export const summaryAnswer = object({
  from: text,
  to: text,
  tier: text,
  k_reports: count,
  m_events: count,
  k_people: count,
  delay_days: count,
  reports_in: count,
  reports_cleared: count,
  reports_shown: count,
  withheld: count,
  revised: count,
  kept: count,
  cells: list(cell),
  totals: list(cell),
  types: list(cell),
  untold: list(text),
  timeliness: list(timeliness),
});
export type Summary = Read<typeof summaryAnswer>;

/** A severity is the code `1` to `5`, written as a number or as text. */
function numberOrCode(value: unknown): string {
  return typeof value === "number" ? String(count(value)) : text(value);
}

const refusal = object({ error: object({ code: text, message: text }) });

/** The code in the one error shape, or null when the answer has another shape. */
export function refusalCode(value: unknown): string | null {
  try {
    return refusal(value).error.code;
  } catch {
    return null;
  }
}
