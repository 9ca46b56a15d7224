/** Parcels in, reports out: what the worker does with the queue's envelopes. */
import vocabulary from "virtual:vocabulary-report";
import { type Bytes, fromUtf8, toHex } from "../../shared/bytes.ts";
import { envelopeId, openEnvelope } from "../../shared/envelope.ts";
import { isObject } from "../../shared/json.ts";
import { parseParcel } from "../../shared/parcel.ts";
import { Refusal } from "../../shared/refusal.ts";
import { parseReport } from "../../shared/report.ts";
import type { Opened, OpenedReport, Reason, Tasks } from "./messages.ts";

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
function readLoosely(value: unknown): OpenedReport | null {
  if (!isObject(value) || !isObject(value.answers)) return null;
  return {
    kind: asText(value.kind),
    lang: asText(value.lang),
    app: asText(value.app),
    made: asTextOrNull(value.made),
    follows: asTextOrNull(value.follows),
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
function read(report: Bytes): Omit<Opened, "id"> {
  const reason = readingRefusal(report);
  if (reason !== null && reason !== "schema") return { report: null, reason };
  return { report: readLoosely(JSON.parse(fromUtf8(report))), reason };
}

async function openOne(envelope: Bytes, seeds: Seeds): Promise<Omit<Opened, "id">> {
  try {
    return read(await openEnvelope(envelope, seeds));
  } catch (error) {
    if (error instanceof Refusal) return { report: null, reason: error.layer as Reason };
    throw error;
  }
}

/** The envelopes of a parcel by their id in hexadecimal: by what they are, not by what the server calls them. */
async function envelopesById(parcel: Bytes): Promise<Map<string, Bytes>> {
  const bodies = parseParcel(parcel).flatMap((entry) => ("body" in entry ? [entry.body] : []));
  const named = bodies.map(async (body) => [toHex(await envelopeId(body)), body] as const);
  return new Map(await Promise.all(named));
}

/** Opens every asked envelope of a parcel, one after the other, and says how far it is. */
export async function openParcel(
  { parcel, ids }: Tasks["open"]["ask"],
  seeds: Seeds,
  progress: Progress,
): Promise<Tasks["open"]["answer"]> {
  const envelopes = await envelopesById(parcel);
  const opened: Opened[] = [];
  for (const id of ids) {
    const envelope = envelopes.get(id);
    const result = envelope
      ? await openOne(envelope, seeds)
      : { report: null, reason: "missing" as const };
    opened.push({ id, ...result });
    progress(opened.length, ids.length);
  }
  return { opened };
}
