/**
 * What the client takes from the server's vocabulary, cut down to what each bundle needs. There is no copy of the file in
 * the client; every build cuts it anew.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { assessmentWords } from "./languages.mjs";

export const CLIENT = fileURLToPath(new URL("../", import.meta.url));
const DATA = new URL("../../server/amana/data/", import.meta.url);

const FIELD_RULES = ["code", "type", "required", "options", "max", "max_chars", "show_if"];

const vocabulary = JSON.parse(readFileSync(new URL("vocabulary.json", DATA), "utf8"));

/** @param {Record<string, unknown>} from @param {string[]} keys */
const pick = (from, keys) =>
  Object.fromEntries(keys.filter((key) => from[key]).map((key) => [key, from[key]]));

/** @template T, U @param {Record<string, T>} from @param {(value: T) => U} change */
const mapValues = (from, change) =>
  Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(value)]));

/** The rules of the three kinds of report, without a word in any language. See shared/vocabulary.ts. */
export function reportVocabulary() {
  return {
    kinds: mapValues(vocabulary.kinds, (/** @type {any} */ kind) => ({
      icon: kind.icon,
      fields: kind.fields.map((/** @type {any} */ field) => pick(field, FIELD_RULES)),
    })),
    options: mapValues(vocabulary.option_sets, (/** @type {any[]} */ set) =>
      set.map(({ code }) => code),
    ),
  };
}

/** Every code of the vocabulary that has words, in the shape in which a language file says them, with nothing said. */
export function vocabularyCodes() {
  const { kinds, option_sets, assessment } = vocabulary;
  const sets = (/** @type {Record<string, any[]>} */ from) =>
    mapValues(from, (set) => Object.fromEntries(set.map(({ code }) => [code, ""])));
  const fields = (/** @type {any[]} */ from, /** @type {() => unknown} */ words) =>
    Object.fromEntries(from.map(({ code }) => [code, words()]));
  return {
    kinds: mapValues(kinds, (/** @type {any} */ kind) => ({
      label: "",
      fields: fields(kind.fields, () => ({ label: "" })),
    })),
    options: sets(option_sets),
    assessment: {
      fields: fields(assessment.fields, () => ""),
      options: sets(assessment.option_sets),
    },
  };
}

/** What the options of the report's sets say to a reviewer. @param {string} key e.g. `access_level` */
function hints(key) {
  const sets = mapValues(vocabulary.option_sets, (/** @type {any[]} */ set) =>
    Object.fromEntries(
      set.filter((option) => option[key]).map((option) => [option.code, option[key]]),
    ),
  );
  return Object.fromEntries(
    Object.entries(sets).filter(([, found]) => Object.keys(found).length > 0),
  );
}

/** Ring 2 for the desk: fields and option sets with their labels in every language of the desk. */
export function assessmentVocabulary() {
  const { fields, option_sets } = vocabulary.assessment;
  const words = assessmentWords();
  const inEach = (/** @type {(words: any) => string} */ find) => mapValues(words, find);
  return {
    fields: fields.map((/** @type {any} */ field) => ({
      ...pick(field, ["code", "type", "options", "values", "values_by_kind", "kinds"]),
      label: inEach((each) => each.fields[field.code]),
    })),
    options: Object.fromEntries(
      Object.entries(option_sets).map(([set, options]) => [
        set,
        options.map((/** @type {any} */ option) => ({
          ...pick(option, ["code", "rule"]),
          ...inEach((each) => each.options[set][option.code]),
        })),
      ]),
    ),
    hints: {
      access_level: hints("access_level"),
      admiralty_hint: hints("admiralty_hint"),
      group: hints("group"),
    },
  };
}
