/**
 * Languages as they travel: words without their names. The names of the strings are the first language's, the codes of
 * the labels the vocabulary's; here every word gets its name back. Written by bundle/packed.mjs, in the same build.
 */
import first from "virtual:language";
import vocabulary from "virtual:vocabulary-report";
import type {
  LanguagePack,
  PackedLabels,
  PackedLanguage,
  ReportLabels,
} from "../shared/vocabulary.ts";

/** Words by the names that belong to them, in their order. */
export const named = <Word>(names: readonly string[], words: readonly Word[]) =>
  Object.fromEntries(names.map((name, at) => [name, words[at]])) as Record<string, Word>;

function unpackLabels({ kinds, options }: PackedLabels): ReportLabels {
  const kindLabels = Object.values(vocabulary.kinds).map(({ fields }, at) => {
    const [label, words] = kinds[at] ?? ["", []];
    const asked = words.map(([ask, help]) => (help ? { label: ask, help } : { label: ask }));
    return { label, fields: named(codesOf(fields), asked) };
  });
  const sets = Object.values(vocabulary.options).map((codes, at) =>
    named(codes, options[at] ?? []),
  );
  return {
    kinds: named(Object.keys(vocabulary.kinds), kindLabels),
    options: named(Object.keys(vocabulary.options), sets),
  };
}

const codesOf = (fields: readonly { readonly code: string }[]): string[] =>
  fields.map(({ code }) => code);

/** The language that is compiled in. */
export const FIRST_LANGUAGE: LanguagePack = { ...first, labels: unpackLabels(first.labels) };

/** The words of a part `language-<code>`. */
export function unpackLanguage(lang: string, part: string): LanguagePack {
  const { strings, parts, labels } = JSON.parse(part) as PackedLanguage;
  return {
    lang,
    strings: { ...named(Object.keys(first.strings), strings), ...parts },
    labels: unpackLabels(labels),
  };
}
