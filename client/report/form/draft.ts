/** A report while it is being written: pure functions from one draft to the next. */
import vocabulary from "virtual:vocabulary-report";
import { isDay } from "../../shared/days.ts";
import { toLatinDigits } from "../../shared/digits.ts";
import {
  type Answer,
  type Answers,
  checkAnswers,
  optionsOf as codesOf,
  type Field,
  fieldsOf as fieldsOfKind,
  type Problem,
  shows,
} from "../../shared/vocabulary.ts";
import type { Mailbox } from "../mailbox.ts";

/** A date as typed: three texts, in any digits. */
export type DateText = { readonly day: string; readonly month: string; readonly year: string };

/**
 * `corrects`: it is that of an earlier report, which this one is to take the place of. Of a correction that was kept
 * the code is empty and has to be entered again.
 */
export type DraftMailbox = Mailbox & { readonly corrects: boolean };

export type Draft = {
  readonly answers: Answers;
  /** What was typed where "choose a date" is on, by field. */
  readonly dates: Readonly<Record<string, DateText>>;
  /** Whether the optional questions are open. */
  readonly more: boolean;
  readonly problems: readonly Problem[];
  /** Where an answer is wanted. */
  readonly mailbox?: DraftMailbox | undefined;
};

export const EMPTY_DRAFT: Draft = { answers: {}, dates: {}, more: false, problems: [] };

/** Answers of a `multi` that rule out every other one. */
const ALONE: readonly string[] = ["none", "none_known", "unknown"];

/** The questions of a kind in the vocabulary's order. */
export const fieldsOf = (kind: string): readonly Field[] => fieldsOfKind(kind, vocabulary) ?? [];

/** The codes a question offers. */
export const optionsOf = (field: Field): readonly string[] => codesOf(field, vocabulary);

/** The fields that are asked now, the required ones first. */
export function askedFields(kind: string, { answers }: Draft): readonly Field[] {
  const shown = fieldsOf(kind).filter((field) => shows(field, answers));
  return [...shown.filter(isRequired), ...shown.filter((field) => !isRequired(field))];
}

export const isRequired = (field: Field): boolean => field.required === true;

/** Sets one answer, or takes it away (`undefined`). Its problem is over; whether others show is decided when asked. */
export function answer(draft: Draft, field: string, value: Answer | undefined): Draft {
  const { [field]: _, ...others } = draft.answers;
  const answers = value === undefined ? others : { ...others, [field]: value };
  return { ...draft, answers, problems: draft.problems.filter((found) => found.field !== field) };
}

/** One option of a `multi` on or off. "None" and "I don't know" stand alone. */
export function toggle(draft: Draft, field: Field, option: string): Draft {
  const chosen = chosenIn(draft, field);
  const without = chosen.filter((code) => code !== option);
  if (without.length < chosen.length) return answer(draft, field.code, orNone(without));
  const compatible = ALONE.includes(option) ? [] : chosen.filter((code) => !ALONE.includes(code));
  return answer(draft, field.code, [...compatible, option]);
}

export function chosenIn({ answers }: Draft, field: Field): readonly string[] {
  const value = answers[field.code] ?? "";
  return isList(value) ? value : [];
}

/** Whether another option of a `multi` may still be chosen. */
export const isFull = (draft: Draft, field: Field): boolean =>
  chosenIn(draft, field).length >= (field.max ?? Number.POSITIVE_INFINITY);

const orNone = (codes: readonly string[]): readonly string[] | undefined =>
  codes.length > 0 ? codes : undefined;

/** Opens "choose a date" with the year written already. The answer stays `date`, which is none, until it is one. */
export function chooseDate(draft: Draft, field: string, today: string): Draft {
  const typed = draft.dates[field] ?? { day: "", month: "", year: today.slice(0, 4) };
  return setDate(draft, field, typed);
}

export function setDate(draft: Draft, field: string, typed: DateText): Draft {
  const dates = { ...draft.dates, [field]: typed };
  return { ...answer(draft, field, toDay(typed) ?? "date"), dates };
}

/** Three typed texts, in any digits, as a day of the calendar; null when they are none. */
export function toDay({ day, month, year }: DateText): string | null {
  const [y, m, d] = [year, month, day].map((text) => toLatinDigits(text).trim());
  const written = `${y}-${m?.padStart(2, "0")}-${d?.padStart(2, "0")}`;
  return isDay(written) ? written : null;
}

/** The answers as they go into the report: of questions that are asked and answered, in the vocabulary's order. */
export function finalAnswers(kind: string, { answers }: Draft): Answers {
  const final: Record<string, Answer> = {};
  for (const field of fieldsOf(kind)) {
    const value = trimmed(answers[field.code]);
    if (value !== undefined && shows(field, answers)) final[field.code] = value;
  }
  return final;
}

/** An answer without the blanks around its text; nothing when nothing is left. */
function trimmed(value: Answer | undefined): Answer | undefined {
  if (typeof value === "string") return value.trim() || undefined;
  if (value === undefined || isList(value)) return value;
  const text = value.text.trim();
  return text ? { ...value, text } : undefined;
}

const isList = (value: Answer): value is readonly string[] => Array.isArray(value);

/** The draft with what is wrong with it; the optional questions open when something among them is. */
export function checked(kind: string, draft: Draft): Draft {
  const problems = checkAnswers(kind, finalAnswers(kind, draft), vocabulary);
  const optional = fieldsOf(kind).filter((field) => !isRequired(field));
  const hidden = optional.some(({ code }) => problems.some((found) => found.field === code));
  return { ...draft, problems, more: draft.more || hidden };
}
