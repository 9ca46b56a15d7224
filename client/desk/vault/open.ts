/** Parcels in, reports out: what the worker does with the queue's envelopes. */
import vocabulary from "virtual:vocabulary-report";
import { type Bytes, fromUtf8, toHex } from "../../shared/bytes.ts";
import { envelopeId, openEnvelope } from "../../shared/envelope.ts";
import { isObject } from "../../shared/json.ts";
import { parseParcel } from "../../shared/parcel.ts";
import { Refusal } from "../../shared/refusal.ts";
import { parseReport } from "../../shared/report.ts";
import { rememberMailbox } from "./letters.ts";
import type { Opened, OpenedReport, Read, Reason, Tasks } from "./messages.ts";

type Seeds = ReadonlyMap<string, Bytes>;
type Progress = (done: number, total: number) => void;

const asText = (value: unknown): string => (typeof value === "string" ? value : "");
const asTextOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Deeper than any answer of a form. */
const DEEPEST = 3;
const CUT = "…";

/** A value without what lies too deep: nothing that is made of the answers later can run out of room. */
function shallow(value: unknown, depth = 0): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth === DEEPEST) return CUT;
  if (Array.isArray(value)) return value.map((each) => shallow(each, depth + 1));
  const members = Object.entries(value).map(([name, each]) => [name, shallow(each, depth + 1)]);
  return Object.fromEntries(members);
}

/** The members of a report whatever else is wrong with it; null when not even its answers are there. */
function readLoosely(value: unknown): Read["report"] {
  if (!isObject(value) || !isObject(value.answers)) return null;
  return {
    kind: asText(value.kind),
    lang: asText(value.lang),
    app: asText(value.app),
    made: asTextOrNull(value.made),
    follows: asTextOrNull(value.follows),
    secret: value.mailbox,
    answers: shallow(value.answers) as OpenedReport["answers"],
  };
}

/** The layer at which reading refuses, null when the report is right in every way. */
function readingRefusal(report: Bytes): Reason | null {
  try {
    parseReport(report, vocabulary);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.layer as Reason;
    throw error;
  }
}

/** Reads an opened report. One that only breaks the form's rules is still shown, and said to do so. */
function read(report: Bytes): Read {
  const reason = readingRefusal(report);
  if (reason !== null && reason !== "schema") return { report: null, reason };
  return { report: readLoosely(JSON.parse(fromUtf8(report))), reason };
}

async function openOne(envelope: Bytes, seeds: Seeds): Promise<Read> {
  try {
    return read(await openEnvelope(envelope, seeds));
  } catch (error) {
    if (error instanceof Refusal) return { report: null, reason: error.layer as Reason };
    throw error;
  }
}

/** Opens envelopes, one answer for each in their order, and says how far it is. */
export type Opener = (envelopes: readonly Bytes[], progress: Progress) => Promise<readonly Read[]>;

/** Opens one after the other, in this thread. */
export const openerWith =
  (seeds: Seeds): Opener =>
  async (envelopes, progress) => {
    const opened: Read[] = [];
    for (const envelope of envelopes) {
      opened.push(await openOne(envelope, seeds));
      progress(opened.length, envelopes.length);
    }
    return opened;
  };

/** The envelopes of a parcel by their id in hexadecimal: by what they are, not by what the server calls them. */
async function envelopesById(parcel: Bytes): Promise<Map<string, Bytes>> {
  const bodies = parseParcel(parcel).flatMap((entry) => ("body" in entry ? [entry.body] : []));
  const named = bodies.map(async (body) => [toHex(await envelopeId(body)), body] as const);
  return new Map(await Promise.all(named));
}

/** What the page is told: the mailbox's id in place of its secret. */
async function told(id: string, { report, reason }: Read): Promise<Opened> {
  if (report === null) return { id, report, reason };
  const { secret, ...open } = report;
  return { id, report: { ...open, mailbox: await rememberMailbox(secret) }, reason };
}

/** Opens every asked envelope of a parcel. */
export async function openParcel(
  { parcel, ids }: Tasks["open"]["ask"],
  open: Opener,
  progress: Progress,
): Promise<Tasks["open"]["answer"]> {
  const envelopes = await envelopesById(parcel);
  const held = ids.filter((id) => envelopes.has(id));
  const bodies = held.flatMap((id) => envelopes.get(id) ?? []);
  const results = await open(bodies, progress);
  const byId = new Map(held.map((id, at) => [id, results[at]]));
  const opened = ids.map((id) => told(id, byId.get(id) ?? { report: null, reason: "missing" }));
  return { opened: await Promise.all(opened) };
}
