/**
 * The desk's API: the only module that speaks to the network. The bearer token stands in memory and in the one header;
 * there is no cookie, no cache and no redirect.
 */
import { type Bytes, toBase64url } from "../shared/bytes.ts";
import * as answers from "./answers.ts";
import type { Assertion, Attestation } from "./authenticator.ts";
import type { Choice } from "./choice.ts";
import { refusedField } from "./form/body.ts";
import { keepPass, keptPasses } from "./passes.ts";
import { type Shape, StrangeAnswer } from "./shape.ts";
import type { SealedNote } from "./vault/messages.ts";

/** An answer that is too slow to wait for, in milliseconds: a parcel of 64 reports over a poor line takes a while. */
const PATIENCE_MS = 60_000;

const FACTOR_PATH = "/api/v1/sessions/factor";
const FACTORS_PATH = "/api/v1/factors";

/** Why a request brought nothing. `code` is the server's, or `network`, or `strange` for what no desk server says. */
export class Problem extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** The signed-in member's access: `renew` asks the member to sign in again and resolves when that is done. */
export interface Access {
  readonly token: () => string;
  readonly renew: () => Promise<void>;
}

interface Call {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  readonly ifMatch?: number;
}

function headersOf({ body, ifMatch }: Call, token: string | null): Headers {
  const headers = new Headers();
  if (token !== null) headers.set("Authorization", `Bearer ${token}`);
  if (body !== undefined) headers.set("Content-Type", "application/json");
  if (ifMatch !== undefined) headers.set("If-Match", `"${ifMatch}"`);
  return headers;
}

/** Runs what may fail on the way; whatever the browser says of it is one problem to us. */
async function onTheWire<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    throw new Problem("network");
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const answer: unknown = await response.json().catch(() => null);
  return new Problem(answers.refusalCode(answer) ?? "strange");
}

/** One exchange; resolves with a good answer, throws Problem otherwise. */
async function exchange(call: Call, token: string | null): Promise<Response> {
  const { method, path, body } = call;
  const response = await onTheWire(() =>
    fetch(path, {
      method,
      headers: headersOf(call, token),
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function read<T>(response: Response, shape: Shape<T>): Promise<T> {
  const body = await onTheWire(() => response.text());
  try {
    return shape(JSON.parse(body));
  } catch (error) {
    if (error instanceof StrangeAnswer || error instanceof SyntaxError)
      throw new Problem("strange");
    throw error;
  }
}

const isSignedOut = (error: unknown): boolean =>
  error instanceof Problem && error.code === "not_signed_in";

/** Like `exchange`, as the member. When the session has ended the member signs in again and the call is made once more. */
async function exchangeAs(access: Access, call: Call): Promise<Response> {
  try {
    return await exchange(call, access.token());
  } catch (error) {
    if (!isSignedOut(error)) throw error;
  }
  await access.renew();
  return exchange(call, access.token());
}

const get = async <T>(access: Access, path: string, shape: Shape<T>): Promise<T> =>
  read(await exchangeAs(access, { method: "GET", path }), shape);

/** The salt for a name. A name that nobody has gets one too. */
export const fetchSalt = async (name: string): Promise<Bytes> => {
  const call: Call = { method: "POST", path: "/api/v1/salts", body: { name } };
  return (await read(await exchange(call, null), answers.saltAnswer)).salt;
};

async function readSignedIn(response: Response): Promise<answers.SignedIn> {
  const signedIn = await read(response, answers.signedInAnswer);
  if (signedIn.new_pass !== null) keepPass(signedIn.new_pass);
  return signedIn;
}

/** Signs in with the derived secret. Problem `wrong_passphrase` for a wrong name as well. */
export async function openSession(
  name: string,
  secret: Bytes,
): Promise<answers.SignedIn | answers.Unproven> {
  const body = { name, auth: toBase64url(secret), passes: keptPasses() };
  const response = await exchange({ method: "POST", path: "/api/v1/sessions", body }, null);
  return response.status === 202 ? read(response, answers.unprovenAnswer) : readSignedIn(response);
}

/** What proves a second factor: six digits, or a security key's signature. */
export type FactorProof = { readonly code: string } | { readonly assertion: Assertion };

/** The second half of signing in. Problem `wrong_factor` leaves the handle good for another try. */
export async function proveFactor(handle: Bytes, proof: FactorProof): Promise<answers.SignedIn> {
  const body = { handle: toBase64url(handle), passes: keptPasses(), ...proof };
  return readSignedIn(await exchange({ method: "POST", path: FACTOR_PATH, body }, null));
}

/** The signed-in member's own keys. */
export const fetchMember = (access: Access): Promise<answers.Member> =>
  get(access, "/api/v1/members/me", answers.memberAnswer);

/** The member's second factors. */
export const fetchFactors = (access: Access): Promise<answers.Factors> =>
  get(access, FACTORS_PATH, answers.factorsAnswer);

/** Begins to add a second factor. */
export async function beginFactor(access: Access, kind: "webauthn" | "totp") {
  const call: Call = { method: "POST", path: `${FACTORS_PATH}/challenges`, body: { kind } };
  return read(await exchangeAs(access, call), answers.factorBegunAnswer);
}

/** What a new factor answers: six digits, or the security key that was made. */
export type FactorAnswer = { readonly code: string } | { readonly attestation: Attestation };

/** Adds a second factor that has answered. Problem `wrong_factor` when it did not answer rightly. */
export async function addFactor(access: Access, handle: Bytes, answer: FactorAnswer) {
  const body = { handle: toBase64url(handle), ...answer };
  const call: Call = { method: "POST", path: FACTORS_PATH, body };
  return read(await exchangeAs(access, call), answers.factorAnswer);
}

/** Removes a second factor, with the derived secret of the passphrase. */
export async function removeFactor(access: Access, id: string, secret: Bytes): Promise<void> {
  const body = { auth: toBase64url(secret), passes: keptPasses() };
  await exchangeAs(access, { method: "POST", path: `${FACTORS_PATH}/${id}/removal`, body });
}

/** Signs out at the server. A session that has ended already is as good. */
export async function closeSession(token: string): Promise<void> {
  try {
    await exchange({ method: "DELETE", path: "/api/v1/sessions/current" }, token);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}

/** What a new member's browser made; `auth` and the wrapped seed are all that leaves of the passphrase. */
export interface Joining {
  readonly salt: Bytes;
  readonly auth: Bytes;
  readonly publicKey: Bytes;
  readonly wrappedSeed: Bytes;
}

/** Joins by an invitation's token. Problem `not_found` when it is worth nothing. */
export async function joinDesk(token: string, made: Joining): Promise<answers.Joined> {
  const body = {
    token,
    salt: toBase64url(made.salt),
    auth: toBase64url(made.auth),
    public_key: toBase64url(made.publicKey),
    wrapped_seed: toBase64url(made.wrappedSeed),
  };
  const call: Call = { method: "POST", path: "/api/v1/members", body };
  return read(await exchange(call, null), answers.joinedAnswer);
}

/** Who belongs to the desk; for administrators, like all that follows about members. */
export const fetchPeople = (access: Access): Promise<answers.People> =>
  get(access, "/api/v1/members", answers.peopleAnswer);

/** Invites; the token of the link. Problem `conflict` for a name that somebody has or had. */
export async function inviteMember(access: Access, name: string, role: string): Promise<string> {
  const call: Call = { method: "POST", path: "/api/v1/invitations", body: { name, role } };
  return (await read(await exchangeAs(access, call), answers.invitationAnswer)).token;
}

/** As many grants as the server takes at once. */
const GRANTS_AT_ONCE = 8;

/** Lets a member in, with these grants to the key of this print. Problem `conflict` when the member has another key. */
export async function letIn(
  access: Access,
  id: number,
  keyPrint: string,
  grants: readonly { readonly kid: string; readonly sealed: Bytes }[],
): Promise<void> {
  const sealed = grants.map((each) => ({ kid: each.kid, sealed: toBase64url(each.sealed) }));
  const path = `/api/v1/members/${id}/grants`;
  for (let at = 0; at === 0 || at < sealed.length; at += GRANTS_AT_ONCE) {
    const body = { key_print: keyPrint, grants: sealed.slice(at, at + GRANTS_AT_ONCE) };
    await exchangeAs(access, { method: "POST", path, body });
  }
}

/** Ends every session of a member. */
export async function endSessions(access: Access, id: number): Promise<void> {
  await exchangeAs(access, { method: "DELETE", path: `/api/v1/members/${id}/sessions` });
}

/** Removes a member. Problem `still_needed` for whom the desk cannot be without. */
export async function removeMember(access: Access, id: number): Promise<void> {
  await exchangeAs(access, { method: "DELETE", path: `/api/v1/members/${id}` });
}

const TOKENS_PATH = "/api/v1/tokens";

/** Who is to read figures by a token, of which tier, until which day; null for one that does not end. */
export interface NewToken {
  readonly name: string;
  readonly tier: string;
  readonly until: string | null;
}

/** The tokens of programs; for administrators, like all of them. */
export const fetchTokens = async (access: Access): Promise<answers.KnownToken[]> =>
  (await get(access, TOKENS_PATH, answers.tokensAnswer)).tokens;

/** Makes a token; it is told this once. */
export async function makeToken(access: Access, wanted: NewToken): Promise<string> {
  const call: Call = { method: "POST", path: TOKENS_PATH, body: wanted };
  return (await read(await exchangeAs(access, call), answers.madeTokenAnswer)).token;
}

/** Revokes a token. */
export async function revokeToken(access: Access, id: number): Promise<void> {
  await exchangeAs(access, { method: "DELETE", path: `${TOKENS_PATH}/${id}` });
}

export type QueueState = "waiting" | "assessed" | "all";

/** What of the queue is asked for; only among those assessed can be chosen. */
export interface Asked {
  readonly state: QueueState;
  readonly choice: Choice;
}

/** A page of the queue, newest first; `before` is the cursor of the page before. `count` asks how many there are in all. */
export function fetchQueue(
  access: Access,
  { state, choice }: Asked,
  { before, limit, count }: { before: string | null; limit: number; count: boolean },
): Promise<answers.QueuePage> {
  const query = new URLSearchParams({ state, limit: String(limit) });
  if (before !== null) query.set("before", before);
  if (count) query.set("count", "true");
  for (const [name, value] of Object.entries(choice)) if (value !== "") query.set(name, value);
  return get(access, `/api/v1/queue?${query}`, answers.queueAnswer);
}

const claimPath = (id: string): string => `/api/v1/envelopes/${id}/claim`;

/** Who works on what. */
export const fetchClaims = async (access: Access) =>
  (await get(access, "/api/v1/claims", answers.claimsAnswer)).claims;

/** Claims a report or renews the claim; with a reason, also one that is a colleague's. */
export async function claimReport(access: Access, id: string, taking: string | null) {
  const call: Call = { method: "PUT", path: claimPath(id), body: { taking } };
  return read(await exchangeAs(access, call), answers.claimedAnswer);
}

/** Gives a claim up. */
export async function releaseReport(access: Access, id: string): Promise<void> {
  await exchange({ method: "DELETE", path: claimPath(id) }, access.token());
}

const RECORD_PAGE = 100;

/** What is looked for in the record: of a member, by number, of an act; an empty text leaves it open. */
export interface Looked {
  readonly member: string;
  readonly act: string;
}

/** A page of the record of what members did, newest first; for administrators. */
export function fetchRecord(access: Access, { member, act }: Looked, before: string | null) {
  const query = new URLSearchParams({ limit: String(RECORD_PAGE) });
  if (before !== null) query.set("before", before);
  if (member !== "") query.set("member", member);
  if (act !== "") query.set("act", act);
  return get(access, `/api/v1/audit?${query}`, answers.recordAnswer);
}

/** The sealed envelopes of these ids, at most 64, as one parcel. */
export async function fetchParcel(access: Access, ids: readonly string[]): Promise<Bytes> {
  const call: Call = { method: "POST", path: "/api/v1/parcels", body: { ids } };
  const response = await exchangeAs(access, call);
  return new Uint8Array(await onTheWire(() => response.arrayBuffer()));
}

const assessmentsPath = (id: string): string => `/api/v1/envelopes/${id}/assessments`;

/** All versions of the assessment of one envelope and the notes on it, oldest first. */
export const fetchVersions = (access: Access, id: string): Promise<answers.Versions> =>
  get(access, assessmentsPath(id), answers.versionsAnswer);

const noteBody = ({ kid, sealed }: SealedNote) => ({ kid, sealed: toBase64url(sealed) });

/** Writes a sealed note on a report; the same one again is kept once. */
export async function saveNote(access: Access, id: string, note: SealedNote): Promise<void> {
  const path = `/api/v1/envelopes/${id}/notes`;
  await exchangeAs(access, { method: "POST", path, body: noteBody(note) });
}

/**
 * Appends a version after `version`, with a note if there is one. Problem `conflict` when a colleague was faster.
 * Throws before anything is sent when the body holds something that is not an assessment's coded field.
 */
export async function saveAssessment(
  access: Access,
  id: string,
  version: number,
  coded: Readonly<Record<string, unknown>>,
  note: SealedNote | null = null,
): Promise<answers.Assessment> {
  const field = refusedField(coded);
  if (field !== null) throw new Error(`Not part of an assessment: ${field}`);
  const body = note ? { ...coded, note: noteBody(note) } : coded;
  const call: Call = { method: "POST", path: assessmentsPath(id), body, ifMatch: version };
  return read(await exchangeAs(access, call), answers.assessmentAnswer);
}

const VIEWS_PATH = "/api/v1/members/me/views";

/** The member's views, sealed. */
export const fetchViews = (access: Access) => get(access, VIEWS_PATH, answers.viewsAnswer);

/** Puts the member's views in the place of `version`. Problem `conflict` when another window of theirs was faster. */
export async function putViews(access: Access, version: number, sealed: Bytes): Promise<void> {
  const body = { sealed: toBase64url(sealed) };
  await exchangeAs(access, { method: "PUT", path: VIEWS_PATH, body, ifMatch: version });
}

/** The letters that lie in these mailboxes, at most 64. */
export async function fetchLetters(
  access: Access,
  ids: readonly string[],
): Promise<answers.KeptLetter[]> {
  const call: Call = { method: "POST", path: "/api/v1/mailboxes", body: { ids } };
  return (await read(await exchangeAs(access, call), answers.lettersAnswer)).letters;
}

/** Puts a sealed letter in the place of `version`; its own version. Problem `conflict` when a colleague was faster. */
export async function putLetter(
  access: Access,
  mailbox: string,
  version: number,
  letter: Bytes,
): Promise<number> {
  const path = `/api/v1/mailboxes/${mailbox}`;
  const body = { letter: toBase64url(letter) };
  const call: Call = { method: "PUT", path, body, ifMatch: version };
  return (await read(await exchangeAs(access, call), answers.letterVersionAnswer)).version;
}

/** All events that count, as far as the server tells, newest first. */
export const fetchAllEvents = async (access: Access): Promise<answers.DeskEvent[]> =>
  (await get(access, "/api/v1/events", answers.eventsAnswer)).events;

/** The reports that count towards an event, the best-verified first. */
export const fetchEvent = async (access: Access, id: string): Promise<answers.EventReport[]> =>
  (await get(access, `/api/v1/events/${id}`, answers.eventReportsAnswer)).reports;

/** All reports of an event, counted or not; for administrators. */
export const fetchCase = async (access: Access, id: string): Promise<answers.CaseReport[]> =>
  (await get(access, `/api/v1/cases/${id}`, answers.caseReportsAnswer)).reports;

/** Records that these reports are taken out as a case; what the record says of them. */
export async function exportCase(access: Access, ids: readonly string[]): Promise<answers.Custody> {
  const call: Call = { method: "POST", path: "/api/v1/cases", body: { ids } };
  return read(await exchangeAs(access, call), answers.custodyAnswer);
}

/** Events of a kind in a district, newest first. */
export async function fetchEvents(
  access: Access,
  kind: string,
  adm2: string,
): Promise<answers.DeskEvent[]> {
  const query = new URLSearchParams({ kind, adm2 });
  return (await get(access, `/api/v1/events?${query}`, answers.eventsAnswer)).events;
}

/** Which table: the weeks between two days, for whom, by areas of which level. */
export type SummaryQuestion = {
  readonly from: string;
  readonly to: string;
  readonly tier: string;
  readonly area: string;
};

/** A summary: what its file would hold. */
export const fetchSummary = (access: Access, asked: SummaryQuestion): Promise<answers.Summary> =>
  get(access, `/api/v1/summaries?${new URLSearchParams(asked)}`, answers.summaryAnswer);

/** The same summary to take out: a zip of files and their manifest. One that leaves the organisation is kept as a release. */
export async function takeOutPackage(access: Access, asked: SummaryQuestion): Promise<Blob> {
  const call: Call = { method: "POST", path: "/api/v1/summaries/package", body: asked };
  const response = await exchangeAs(access, call);
  return onTheWire(() => response.blob());
}

/** The pack of places, an asset of this build. */
export async function fetchPlaces<T>(path: string, shape: Shape<T>): Promise<T> {
  return read(await exchange({ method: "GET", path }, null), shape);
}
