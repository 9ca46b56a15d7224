/** The report as it stands inside an envelope: strict JSON (PROTOCOL section 4). */
import { type Bytes, isBase64urlOf, utf8 } from "./bytes.ts";
import { isDay } from "./days.ts";
import { MAX_REPORT_BYTES } from "./envelope.ts";
import { has, hasMembers, isText, type JsonObject, matches, parseJson } from "./json.ts";
import { Refusal } from "./refusal.ts";
import { type Answers, checkAnswers, type ReportVocabulary } from "./vocabulary.ts";

/** Length of a mailbox's secret. */
const SECRET_BYTES = 32;
const REQUIRED = ["v", "lang", "app", "answers"];
const LANGUAGE = /^[a-z]{2,3}$/;
const BUILD_ID = /^[A-Za-z0-9._-]{1,32}$/;

/** Follow-ups that say something of the first report: no kind, and at most a note. */
export const SAYINGS = ["reply", "no_longer_true", "withdraw"] as const;
export const MAX_NOTE_CHARS = 500;

/** How a report follows an earlier one with the same mailbox: in its place, or by saying something of it. */
export type Follows = "correct" | (typeof SAYINGS)[number];

/**
 * `kind` is absent where something is only said. `made` is what the phone's calendar said; `mailbox` is the secret of
 * the mailbox where an answer is wanted.
 */
export type Report = {
  readonly v: 1;
  readonly kind?: string;
  readonly lang: string;
  readonly app: string;
  readonly answers: Answers;
  readonly made?: string;
  readonly follows?: Follows;
  readonly mailbox?: string;
};

const isSaying = (value: unknown): boolean => SAYINGS.some((saying) => saying === value);

/** Which kinds there are is the vocabulary's business. */
const OPTIONAL: Readonly<Record<string, (value: unknown) => boolean>> = {
  kind: () => true,
  made: isDay,
  follows: (value) => value === "correct" || isSaying(value),
  mailbox: (value) => isBase64urlOf(value, SECRET_BYTES),
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
  const { follows, kind, answers } = report;
  const fits = isSaying(follows)
    ? saysNoMore(report)
    : checkAnswers(kind, answers, vocabulary).length === 0;
  if (!fits) throw new Refusal("schema");
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
  Object.entries(OPTIONAL).every(([name, fits]) => !has(report, name) || fits(report[name])) &&
  (!has(report, "follows") || has(report, "mailbox"));

/** Whether a follow-up of no kind has a note and no other answer, or, but for a reply, none. */
const saysNoMore = ({ follows, answers, ...report }: Report): boolean =>
  !has(report, "kind") &&
  (hasMembers(answers, ["note"])
    ? isText(answers.note, MAX_NOTE_CHARS)
    : hasMembers(answers, []) && follows !== "reply");
