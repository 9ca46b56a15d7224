/** The desk's view of the vocabulary: words for codes, and the fields of an assessment with their options. */
import labels from "virtual:labels";
import assessment from "virtual:vocabulary-assessment";
import report from "virtual:vocabulary-report";
import type { AssessmentField, Field } from "../shared/vocabulary.ts";
import { type Lang, sayIfKnown } from "./text.ts";

export type { AssessmentField } from "../shared/vocabulary.ts";

/** One choice. `rule` says when it applies, where the vocabulary knows. */
export interface Option {
  readonly code: string;
  readonly label: string;
  readonly rule: string | null;
}

export const KINDS: readonly string[] = Object.keys(report.kinds);

/** The questions of a kind of report, in the order asked; none for an unknown kind. */
export const reportFields = (kind: string): readonly Field[] =>
  Object.hasOwn(report.kinds, kind) ? (report.kinds[kind]?.fields ?? []) : [];

/** The short name of a kind; the code itself when it is unknown. */
export const kindName = (kind: string, lang: Lang): string =>
  sayIfKnown(lang, `kind_${kind}`) ?? kind;

export const questionLabel = (kind: string, field: string, lang: Lang): string | undefined =>
  labels[lang]?.kinds[kind]?.fields[field]?.label;

/** The words for a code of the report vocabulary, undefined for an unknown one. */
export const reportWord = (set: string, code: string, lang: Lang): string | undefined => {
  const words = labels[lang]?.options[set];
  return words && Object.hasOwn(words, code) ? words[code] : undefined;
};

/** The server gives a reference to each assessment itself. */
const SERVERS_OWN = new Set(["ref"]);

/** The fields of an assessment of this kind, in the vocabulary's order. */
export const assessmentFields = (kind: string): readonly AssessmentField[] =>
  assessment.fields.filter(
    (field) => !SERVERS_OWN.has(field.code) && (field.kinds?.includes(kind) ?? true),
  );

export const assessmentField = (code: string): AssessmentField | undefined =>
  assessment.fields.find((field) => field.code === code && !SERVERS_OWN.has(code));

/** The fields that a record has values for, in the vocabulary's order. */
export const readFields = (record: Readonly<Record<string, unknown>>): readonly AssessmentField[] =>
  assessment.fields.filter(({ code }) => !SERVERS_OWN.has(code) && Object.hasOwn(record, code));

export const fieldLabel = (field: AssessmentField, lang: Lang): string =>
  field.label[lang] ?? field.code;

const optionSet = ({ options, values_by_kind }: AssessmentField, kind: string): string =>
  options ?? values_by_kind?.[kind] ?? "";

/** The codes that a field of an assessment of this kind may take; none for ids, dates and areas. */
export function optionCodes(field: AssessmentField, kind: string): readonly string[] {
  if (field.values) return field.values;
  const set = optionSet(field, kind);
  return assessment.options[set]?.flatMap(({ code }) => code ?? []) ?? report.options[set] ?? [];
}

/** The rules of the vocabulary are in English; the desk's texts carry them in other languages. */
const ruleOf = (set: string, option: Readonly<Record<string, string>>, lang: Lang): string | null =>
  sayIfKnown(lang, `rule_${set}_${option.code}`) ?? option.rule ?? null;

/** The choices of a field in words. */
export function optionsOf(field: AssessmentField, kind: string, lang: Lang): readonly Option[] {
  const set = optionSet(field, kind);
  const known = new Map(assessment.options[set]?.map((option) => [option.code, option]));
  return optionCodes(field, kind).map((code) => {
    const option = known.get(code);
    if (option) return { code, label: option[lang] ?? code, rule: ruleOf(set, option, lang) };
    const label = field.values ? kindName(code, lang) : reportWord(set, code, lang);
    return { code, label: label ?? code, rule: null };
  });
}

/** The words for one value of an assessment; the value itself when it has none. */
export function assessmentWord(code: string, value: string, kind: string, lang: Lang): string {
  const field = assessmentField(code);
  const option = field && optionsOf(field, kind, lang).find((each) => each.code === value);
  return option?.label ?? value;
}
