/** A reviewer's assessment while it is being made: the values, where they came from, what is still missing. */
import { isDay } from "../../shared/days.ts";
import { adm2Of } from "../areas.ts";
import { assessmentFields, optionCodes } from "../vocabulary.ts";
import { isCounted, type Value, type Values } from "./body.ts";

/** Values that are filled in for the reviewer, from a version of the assessment, or from the report: version 0. */
export interface Suggestion {
  readonly version: number;
  readonly values: Values;
}

export interface Draft {
  readonly values: Values;
  /** The fields that still hold what was filled in, and the version that it is from. */
  readonly suggested: ReadonlyMap<string, number>;
  /** The id that a new event gets: made once, so that saving twice cannot make two events. */
  readonly newEvent: string;
  /** True as soon as the reviewer has changed anything. */
  readonly touched: boolean;
}

export type Problem = "missing" | "day_wrong" | "merge_event";

/** What a report needs to be counted. */
const NEEDED = [
  "kind",
  "adm3",
  "place_precision",
  "day",
  "time_precision",
  "category",
  "severity",
  "verification",
] as const;
const FIRST_YEAR = "2000";
const LAST_YEAR = "2099";

/** A draft that starts from suggestions, the later over the earlier. Its event is new until another is chosen. */
export const startDraft = (suggestions: readonly Suggestion[], newEvent: string): Draft => ({
  values: Object.assign({ event_id: newEvent }, ...suggestions.map(({ values }) => values)),
  suggested: new Map(
    suggestions.flatMap(({ version, values }) =>
      Object.keys(values).map((code) => [code, version] as const),
    ),
  ),
  newEvent,
  touched: false,
});

/** Another kind has other categories and other numbers: what no longer fits is let go. */
function fitting(values: Values): Values {
  const kind = String(values.kind);
  const kept = assessmentFields(kind).flatMap((field) => {
    const value = values[field.code];
    const codes = optionCodes(field, kind);
    const fits = codes.length === 0 || [value].flat().every((code) => codes.includes(String(code)));
    return value !== undefined && fits ? [[field.code, value] as const] : [];
  });
  return Object.fromEntries(kept);
}

/** Events are grouped by kind and district: a choice made for others is no longer one. */
const sameGroup = (one: Values, other: Values): boolean =>
  one.kind === other.kind && adm2Of(String(one.adm3)) === adm2Of(String(other.adm3));

/** The draft after the reviewer has set one field. */
export function setField(draft: Draft, code: string, value: Value): Draft {
  const changed = { ...draft.values, [code]: value };
  const values = code === "kind" ? fitting(changed) : changed;
  const event = sameGroup(values, draft.values) ? {} : { event_id: draft.newEvent };
  const suggested = new Map(
    [...draft.suggested].filter(([each]) => each !== code && Object.hasOwn(values, each)),
  );
  return { ...draft, values: { ...values, ...event }, suggested, touched: true };
}

const isEmpty = (value: Value | undefined): boolean => value === undefined || value.length === 0;

const isPlausible = (day: Value | undefined): boolean =>
  isDay(day) && day >= FIRST_YEAR && day.slice(0, 4) <= LAST_YEAR;

/** What one field lacks, null when it is well. */
function problemOf(code: string, { values, newEvent }: Draft): Problem | null {
  const value = values[code];
  const alone = values.decision === "merge" && value === newEvent;
  if (code === "event_id") return alone ? "merge_event" : null;
  if (isEmpty(value)) return "missing";
  return code === "day" && !isPlausible(value) ? "day_wrong" : null;
}

/** What keeps the draft from being saved, by field. Fields that would not be sent are not looked at. */
export function problemsOf(draft: Draft): ReadonlyMap<string, Problem> {
  const looked = isCounted(draft.values) ? ["decision", ...NEEDED, "event_id"] : ["decision"];
  const found = looked.map((code) => [code, problemOf(code, draft)] as const);
  return new Map(found.filter((entry): entry is [string, Problem] => entry[1] !== null));
}

/** Whether saving with this decision needs the field. */
export const isNeeded = (code: string, values: Values): boolean =>
  code === "decision" || (isCounted(values) && NEEDED.some((needed) => needed === code));
