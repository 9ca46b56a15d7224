/**
 * What the client takes from the server's data: the vocabulary, the places and the areas, cut down to what each
 * bundle needs. There is no copy of these files in the client; every build cuts them anew.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const CLIENT = fileURLToPath(new URL("../", import.meta.url));
const DATA = new URL("../../server/amana/data/", import.meta.url);

/** Governorates whose places travel with the reporter app: Lattakia and Tartous, the coast. */
const COAST = ["SY06", "SY10"];
export const COUNTRY = ["SY"];
const FIELD_RULES = ["code", "type", "required", "options", "max", "max_chars", "show_if"];

/** @param {string} name @returns {any} */
const data = (name) => JSON.parse(readFileSync(new URL(name, DATA), "utf8"));
const vocabulary = data("vocabulary.json");

/** The languages of this release; the first is compiled into the reporter app. @type {string[]} */
export const LANGUAGES = vocabulary.languages.now;

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

/** The words of the report vocabulary in one language. @param {string} lang */
export function reportLabels(lang) {
  const fieldWords = (/** @type {any} */ { label, help }) =>
    help ? { label: label[lang], help: help[lang] } : { label: label[lang] };
  return {
    kinds: mapValues(vocabulary.kinds, (/** @type {any} */ kind) => ({
      label: kind.label[lang],
      fields: Object.fromEntries(
        kind.fields.map((/** @type {any} */ field) => [field.code, fieldWords(field)]),
      ),
    })),
    options: mapValues(vocabulary.option_sets, (/** @type {any[]} */ set) =>
      Object.fromEntries(set.map((option) => [option.code, option[lang]])),
    ),
    reply: vocabulary.shared.reply[lang],
    gbv_notice: vocabulary.shared.gbv_notice[lang],
  };
}

/** Everything one language needs: the interface's strings (languages/*.json) and the vocabulary's words. @param {string} lang */
export function languagePack(lang) {
  const file = new URL(`../languages/${lang}.json`, import.meta.url);
  const strings = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  return { lang, strings, labels: reportLabels(lang) };
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

/** Ring 2 for the desk: fields and option sets with their labels in every language. */
export function assessmentVocabulary() {
  const { fields, option_sets } = vocabulary.assessment;
  const optionKeys = ["code", "rule", ...LANGUAGES];
  return {
    fields: fields.map((/** @type {any} */ field) =>
      pick(field, ["code", "type", "options", "values", "values_by_kind", "kinds", "label"]),
    ),
    options: mapValues(option_sets, (/** @type {any[]} */ set) =>
      set.map((option) => pick(option, optionKeys)),
    ),
    hints: {
      access_level: hints("access_level"),
      admiralty_hint: hints("admiralty_hint"),
      group: hints("group"),
    },
  };
}

/** Names of all administrative areas, by level: `[code, { ar, en }]`. */
export function areas() {
  const admin = data("admin.json");
  const level = (/** @type {any[]} */ list) =>
    list.map(({ p, ar, en }) => /** @type {const} */ ([p, { ar, en }]));
  return { adm1: level(admin.adm1), adm2: level(admin.adm2), adm3: level(admin.adm3) };
}

/**
 * Places in columns, which compress best; shared/places.ts reads them. The rows stand area by area; an area says how
 * many are its own.
 * @param {string[]} within which areas, by the beginnings of their codes
 */
export function placePack(within = COAST) {
  const isWithin = (/** @type {string} */ code) => within.some((start) => code.startsWith(start));
  const adm3 = data("admin.json").adm3.filter((/** @type {any} */ { p }) => isWithin(p));
  const rows = data("places.json").rows;
  const groups = adm3.map((/** @type {any} */ { p }) =>
    rows.filter((/** @type {any[]} */ row) => row[3] === p),
  );
  const column = (/** @type {number} */ at) => joined(groups.flat(), at);
  return {
    areas: adm3.map((/** @type {any} */ { p, ar, en }, /** @type {number} */ at) => [
      p,
      ar,
      en,
      groups[at].length,
    ]),
    codes: column(0),
    ar: column(2),
    en: column(1),
    alias: column(7),
  };
}

/** One column of rows, cells parted by `|` and the names in a cell by `;`. @param {any[][]} rows @param {number} at */
function joined(rows, at) {
  const cells = rows.map((row) => [row[at] ?? []].flat());
  if (/[|;]/.test(cells.flat().join(""))) throw new Error("A name holds a separator.");
  return cells.map((names) => names.join(";")).join("|");
}
