/** Languages in the form in which they travel to the reporter app: words without their names. report/packed.ts reads it. */
import { FIRST, readLanguage, reportLabels } from "./languages.mjs";
import { reportVocabulary } from "./sources.mjs";

/**
 * The words of the report vocabulary without their codes, in the vocabulary's order: the app has the codes already, and
 * puts them back (report/packed.ts).
 * @param {string} code @returns {import("../shared/vocabulary.ts").PackedLabels}
 */
function packedLabels(code) {
  const { kinds, options } = reportLabels(code);
  const { kinds: ruled, options: sets } = reportVocabulary();
  return {
    kinds: Object.entries(ruled).map(([kind, { fields }]) => [
      kinds[kind].label,
      fields.map((/** @type {any} */ field) => Object.values(kinds[kind].fields[field.code])),
    ]),
    options: Object.entries(sets).map(([set, codes]) =>
      codes.map((/** @type {string} */ option) => options[set][option]),
    ),
  };
}

/** The parts whose screens have words of their own, under their name in a language's `interface`. */
const PARTS = ["annex", "carry", "places", "answer", "real"];

/** The first language as it is compiled into the app: without the words of those parts. */
export function firstLanguage() {
  const all = Object.entries(readLanguage(FIRST).interface);
  const strings = Object.fromEntries(all.filter(([name]) => !PARTS.includes(name)));
  return { lang: FIRST, strings, labels: packedLabels(FIRST) };
}

/** The modules `virtual:language-<part>`: a part's words in the first language. */
export const partLanguages = Object.fromEntries(
  PARTS.map((part) => [`language-${part}`, () => readLanguage(FIRST).interface[part]]),
);

/**
 * Any other language on its way: its strings too are without their names, in the order of the first language's.
 * @param {string} code @returns {import("../shared/vocabulary.ts").PackedLanguage}
 */
export function packedLanguage(code) {
  const words = readLanguage(code).interface;
  const inOrder = (/** @type {object} */ names, /** @type {any} */ from) =>
    Object.keys(names).map((name) => from[name]);
  const first = readLanguage(FIRST).interface;
  return {
    strings: inOrder(firstLanguage().strings, words),
    parts: Object.fromEntries(PARTS.map((part) => [part, inOrder(first[part], words[part])])),
    labels: packedLabels(code),
  };
}
