/** The report's vocabulary: its types, which fields show, which answers fit (PROTOCOL section 4). */
import { isDay } from "./days.ts";
import { has, hasMembers, isObject, isText, matches } from "./json.ts";

export const MAX_PLACE_CHARS = 200;

const PCODE = /^[A-Z][A-Z0-9]{1,15}$/;
const ADM3 = /^[A-Z]{2,3}[0-9]{5,9}$/;

export type FieldType = "choice" | "multi" | "when" | "place" | "text";

/** One question. `options` names an option set; `show_if` is `FIELD in A|B` or `FIELD has A|B`. */
export type Field = {
  readonly code: string;
  readonly type: FieldType;
  readonly required?: true;
  readonly options?: string;
  readonly max?: number;
  readonly max_chars?: number;
  readonly show_if?: string;
};

export type Kind = { readonly icon: string; readonly fields: readonly Field[] };

/** Codes and rules, no words. `options` maps the name of a set to its codes, in the order shown. */
export type ReportVocabulary = {
  readonly kinds: Readonly<Record<string, Kind>>;
  readonly options: Readonly<Record<string, readonly string[]>>;
};

export type FieldLabels = { readonly label: string; readonly help?: string };

/** The words of the report vocabulary in one language. */
export type ReportLabels = {
  readonly kinds: Readonly<
    Record<
      string,
      { readonly label: string; readonly fields: Readonly<Record<string, FieldLabels>> }
    >
  >;
  readonly options: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** The words of one language; `strings` are those of the reporter's interface. */
export type LanguagePack = {
  readonly lang: string;
  readonly strings: Readonly<Record<string, unknown>>;
  readonly labels: ReportLabels;
};

/** Labels without their codes, in the vocabulary's order. A field has its label and, where there is one, its help. */
export type PackedLabels = {
  readonly kinds: readonly (readonly [
    label: string,
    fields: readonly (readonly [label: string, help?: string])[],
  ])[];
  readonly options: readonly (readonly string[])[];
};

/** A language on its way: strings without their names, in the order in which the first language has them. */
export type PackedLanguage = {
  readonly strings: readonly unknown[];
  /** The strings of the parts that have their own, by part. */
  readonly parts: Readonly<Record<string, readonly unknown[]>>;
  readonly labels: PackedLabels;
};

/**
 * What is known of a language before its words have come: its own name, which way it is written, which of a place's two
 * names it shows.
 */
export type Language = {
  readonly name: string;
  readonly dir: "rtl" | "ltr";
  readonly places: "ar" | "en";
};

export type AssessmentField = {
  readonly code: string;
  readonly type: "id" | "choice" | "pcode" | "date" | "band" | "multi";
  readonly label: Readonly<Record<string, string>>;
  readonly options?: string;
  readonly values?: readonly string[];
  readonly values_by_kind?: Readonly<Record<string, string>>;
  readonly kinds?: readonly string[];
};

/** What options of the report mean to a reviewer: set, then option code, then the code it suggests. */
export type Hints = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Ring 2: the fields of an assessment. An option set that is not here is one of the report's. */
export type AssessmentVocabulary = {
  readonly hints: Readonly<Record<"access_level" | "admiralty_hint" | "group", Hints>>;
  readonly fields: readonly AssessmentField[];
  readonly options: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
};

/** A place as it is answered: its code where it was picked from the pack, and the text as it was written. */
export type PlaceAnswer = {
  readonly pcode: string | null;
  readonly text: string;
  readonly adm3?: string;
};
export type Answer = string | readonly string[] | PlaceAnswer;
export type Answers = Readonly<Record<string, Answer>>;

/**
 * Why an answer does not fit: a required one is `missing`; `unasked`: its `show_if` does not hold; `unknown`: no such
 * field or kind; `wrong`: not a value of its type; `too_many` options; `too_long` text.
 */
export type ProblemCode = "missing" | "unasked" | "unknown" | "wrong" | "too_many" | "too_long";
export type Problem = { readonly field: string; readonly problem: ProblemCode };

/**
 * Holds a report's answers against the vocabulary: every problem, in the order of the fields; none when they fit.
 * Place codes are checked by their form only: a place pack may be older than the report.
 */
export function checkAnswers(
  kind: unknown,
  answers: unknown,
  vocabulary: ReportVocabulary,
): Problem[] {
  const fields = typeof kind === "string" ? fieldsOf(kind, vocabulary) : null;
  if (fields === null) return [{ field: "kind", problem: "unknown" }];
  if (!isObject(answers)) return [{ field: "answers", problem: "wrong" }];
  const known = fields.flatMap((field) => problemsOf(field, answers, vocabulary));
  const unknown = Object.keys(answers).filter((name) => !fields.some(({ code }) => code === name));
  return [...known, ...unknown.map((field): Problem => ({ field, problem: "unknown" }))];
}

/** The fields of a kind of report in the order they are asked; null when there is no such kind. */
export const fieldsOf = (kind: string, { kinds }: ReportVocabulary): readonly Field[] | null =>
  (has(kinds, kind) && kinds[kind]?.fields) || null;

/** Whether a field is asked, given the other answers: its `show_if` holds or it has none. */
export function shows(field: Field, answers: Readonly<Record<string, unknown>>): boolean {
  if (field.show_if === undefined) return true;
  const [asked = "", , codes = ""] = field.show_if.split(" ");
  const answer = has(answers, asked) ? answers[asked] : null;
  const given: unknown[] = Array.isArray(answer) ? answer : [answer];
  return codes.split("|").some((code) => given.includes(code));
}

/** The codes a field offers, in the order shown. */
export const optionsOf = ({ options }: Field, vocabulary: ReportVocabulary): readonly string[] =>
  (options !== undefined && vocabulary.options[options]) || [];

function problemsOf(
  field: Field,
  answers: Readonly<Record<string, unknown>>,
  vocabulary: ReportVocabulary,
): Problem[] {
  const problem = has(answers, field.code)
    ? problemWith(answers[field.code], field, answers, vocabulary)
    : field.required && shows(field, answers) && "missing";
  return problem ? [{ field: field.code, problem }] : [];
}

const problemWith = (
  value: unknown,
  field: Field,
  answers: Readonly<Record<string, unknown>>,
  vocabulary: ReportVocabulary,
): ProblemCode | false =>
  shows(field, answers)
    ? CHECKS[field.type](value, field, optionsOf(field, vocabulary))
    : "unasked";

type Check = (value: unknown, field: Field, codes: readonly string[]) => ProblemCode | false;

const isCode = (value: unknown, codes: readonly string[]): boolean =>
  typeof value === "string" && codes.includes(value);

const checkMulti: Check = (value, { max }, codes) => {
  if (!Array.isArray(value) || value.length === 0) return "wrong";
  if (value.length > (max ?? codes.length)) return "too_many";
  const different = new Set(value).size === value.length;
  return !(different && value.every((code) => isCode(code, codes))) && "wrong";
};

const checkPlace: Check = (value) => {
  if (!hasMembers(value, ["pcode", "text"], ["adm3"])) return "wrong";
  const { pcode, text, adm3 } = value;
  const codesFit =
    (pcode === null || matches(PCODE, pcode)) && (!has(value, "adm3") || matches(ADM3, adm3));
  return codesFit ? checkLength(text, MAX_PLACE_CHARS) : "wrong";
};

const checkLength = (value: unknown, longest: number): ProblemCode | false => {
  if (!isText(value, Number.POSITIVE_INFINITY)) return "wrong";
  return !isText(value, longest) && "too_long";
};

const CHECKS: Readonly<Record<FieldType, Check>> = {
  choice: (value, _field, codes) => !isCode(value, codes) && "wrong",
  multi: checkMulti,
  when: (value, _field, codes) =>
    !((value !== "date" && isCode(value, codes)) || isDay(value)) && "wrong",
  place: checkPlace,
  text: (value, { max_chars = 0 }) => checkLength(value, max_chars),
};
