/**
 * What of an assessment leaves the browser: coded fields of the vocabulary and nothing else. No free text, no community,
 * no answer of the report. `assessmentBody` makes a body, `refusedField` holds it to that before it is sent.
 */
import { isDay } from "../../shared/days.ts";
import { isSubdistrict } from "../areas.ts";
import {
  type AssessmentField,
  assessmentField,
  assessmentFields,
  optionCodes,
} from "../vocabulary.ts";

/** What stands in the form: one code, a day, an id, or several codes; empty when nothing was chosen. */
export type Value = string | readonly string[];
export type Values = Readonly<Record<string, Value>>;

/** The decisions that count a report; only they need, and send, more than themselves and the flags. */
const COUNTED = new Set(["accept", "merge"]);
const ALWAYS = new Set(["decision", "flags"]);
const EVENT_ID = /^[0-9a-f]{16}$/;

/** Whether the decision counts the report in summaries. */
export const isCounted = (values: Readonly<Record<string, unknown>>): boolean =>
  COUNTED.has(String(values.decision));

/** The body for the form's values: what this decision needs of the fields of this kind, empty ones left out. */
export function assessmentBody(values: Values): Record<string, Value> {
  const counted = isCounted(values);
  const sent = assessmentFields(String(values.kind))
    .map(({ code }) => code)
    .filter((code) => counted || ALWAYS.has(code));
  const filled = sent.map((code) => [code, values[code] ?? ""] as const);
  return Object.fromEntries(filled.filter(([, value]) => value.length > 0));
}

const isCodes = (value: unknown, codes: readonly string[]): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  new Set(value).size === value.length &&
  value.every((code) => codes.includes(code));

type Check = (value: unknown, codes: readonly string[]) => boolean;

const isOneOf: Check = (value, codes) => typeof value === "string" && codes.includes(value);
const CHECKS: Readonly<Record<AssessmentField["type"], Check>> = {
  choice: isOneOf,
  band: isOneOf,
  multi: isCodes,
  pcode: isSubdistrict,
  date: isDay,
  id: (value) => typeof value === "string" && EVENT_ID.test(value),
};

/** The name of the first member that is not a coded field of an assessment with a value it may have; null when all are. */
export function refusedField(body: Readonly<Record<string, unknown>>): string | null {
  const kind = typeof body.kind === "string" ? body.kind : "";
  const refused = Object.entries(body).find(([name, value]) => {
    const field = assessmentField(name);
    return !field || !CHECKS[field.type](value, optionCodes(field, kind));
  });
  return refused?.[0] ?? null;
}
