/** The report as it stands inside an envelope: strict JSON (PROTOCOL section 4). */
import { type Bytes, fromBase64url, isHexOf, utf8 } from "./bytes.ts";
import { isDay } from "./days.ts";
import { MAX_REPORT_BYTES } from "./envelope.ts";
import { has, hasMembers, type JsonObject, matches, parseJson } from "./json.ts";
import { Refusal } from "./refusal.ts";
import { type Answers, checkAnswers, type ReportVocabulary } from "./vocabulary.ts";

const ID_BYTES = 32;
const REQUIRED = ["v", "kind", "lang", "app", "answers"];
const LANGUAGE = /^[a-z]{2,3}$/;
const BUILD_ID = /^[A-Za-z0-9._-]{1,32}$/;

/** `made` is what the phone's calendar said; `follows` is an envelope id; `mailbox` is reserved. */
export type Report = {
  readonly v: 1;
  readonly kind: string;
  readonly lang: string;
  readonly app: string;
  readonly answers: Answers;
  readonly made?: string;
  readonly follows?: string;
  readonly mailbox?: string;
};

const OPTIONAL: Readonly<Record<"made" | "follows" | "mailbox", (value: unknown) => boolean>> = {
  made: isDay,
  follows: (value) => isHexOf(value, ID_BYTES),
  mailbox: isMailbox,
};

/**
 * Writes a report as compact JSON; `Refusal("schema")` beyond 15360 bytes.
 * Whether the answers fit the vocabulary is for `checkAnswers`, before.
 */
export function encodeReport(report: Report): Bytes {
  const encoded = utf8(JSON.stringify(report));
  if (encoded.length > MAX_REPORT_BYTES) throw new Refusal("schema");
  return encoded;
}

/** Reads a report: `json` for other bytes, `schema` for another form, size, code or type. */
export function parseReport(encoded: Bytes, vocabulary: ReportVocabulary): Report {
  if (encoded.length > MAX_REPORT_BYTES) throw new Refusal("schema");
  const report = parse(encoded);
  if (!isReport(report)) throw new Refusal("schema");
  if (checkAnswers(report.kind, report.answers, vocabulary).length > 0) throw new Refusal("schema");
  return report;
}

function parse(encoded: Bytes): unknown {
  try {
    return parseJson(encoded);
  } catch {
    throw new Refusal("json");
  }
}

/** Everything but the answers. */
const isReport = (value: unknown): value is Report =>
  hasMembers(value, REQUIRED, Object.keys(OPTIONAL)) &&
  value.v === 1 &&
  matches(LANGUAGE, value.lang) &&
  matches(BUILD_ID, value.app) &&
  optionalMembersFit(value);

const optionalMembersFit = (report: JsonObject): boolean =>
  Object.entries(OPTIONAL).every(([name, fits]) => !has(report, name) || fits(report[name]));

function isMailbox(value: unknown): boolean {
  try {
    return typeof value === "string" && fromBase64url(value).length > 0;
  } catch {
    return false;
  }
}
