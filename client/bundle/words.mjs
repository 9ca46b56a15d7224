/**
 * Whether the language files say everything, and nothing else: `node bundle/words.mjs`. Prints what is missing, left
 * over, empty or still English, by its path in the file; exits with 1 when there is anything.
 *
 * What a file has to say comes from two places: the interface's words from the file of the first language, the
 * vocabulary's from the codes of vocabulary.json. A text that counts is a set of forms, one for each plural category of
 * the language (Unicode CLDR); which ones those are is asked of Intl.PluralRules.
 */
import { fileURLToPath } from "node:url";
import { FIRST, LANGUAGES, readLanguage } from "./languages.mjs";
import { vocabularyCodes } from "./sources.mjs";

/** @typedef {string | Words[] | { [key: string]: Words }} Words */

const ENGLISH = "en";
/** Counts beyond this do not happen on a phone. */
const HIGHEST_COUNT = 999;
const PLURAL_CATEGORIES = ["zero", "one", "two", "few", "many", "other"];
const COUNT = "{n}";
const PLACEHOLDER = /\{\w+\}/g;
const LETTERS = /\p{L}{2}/u;
/** Words that no other language of ours has, and that English can hardly do without. */
const ENGLISH_WORDS = /(?<!\p{L})(the|this|your|you|and|with|not|report|phone)(?!\p{L})/iu;

/** @param {Words} words @returns {words is { [key: string]: Words }} */
const isSection = (words) => typeof words === "object" && !Array.isArray(words);

/** @param {Words} words */
const isForms = (words) =>
  isSection(words) &&
  "other" in words &&
  Object.keys(words).every((key) => PLURAL_CATEGORIES.includes(key));

/** The plural categories of a language, each with how many counts it stands for. @param {string} code */
export function pluralCategories(code) {
  const rules = new Intl.PluralRules(code);
  const sizes = /** @type {Record<string, number>} */ ({});
  for (let count = 0; count <= HIGHEST_COUNT; count += 1) {
    const category = rules.select(count);
    sizes[category] = (sizes[category] ?? 0) + 1;
  }
  return sizes;
}

/**
 * What is wrong with one language's words.
 * @param {string} code @param {Words} words @param {Words} model what has to be said, and with which placeholders
 * @param {Words} english @returns {string[]} sentences that begin with a path
 */
export function problemsOf(code, words, model, english) {
  const problems = compare(code, words, model, "");
  return code === ENGLISH ? problems : [...problems, ...stillEnglish(words, english, "")];
}

/** @param {string} code @param {Words | undefined} words @param {Words} model @param {string} path @returns {string[]} */
function compare(code, words, model, path) {
  if (words === undefined) return [`${path} is missing`];
  if (typeof model === "string") return compareTexts(words, placeholders(model), path);
  if (isForms(model)) return compareForms(code, words, /** @type {any} */ (model), path);
  if (typeof words === "string" || Array.isArray(words) !== Array.isArray(model))
    return [`${path} is of another kind`];
  return compareMembers(code, /** @type {any} */ (words), /** @type {any} */ (model), path);
}

/** @param {string} code @param {Record<string, Words>} words @param {Record<string, Words>} model @param {string} path */
function compareMembers(code, words, model, path) {
  const left = Object.keys(words).filter((key) => !(key in model));
  return [
    ...Object.keys(model).flatMap((key) =>
      compare(code, words[key], /** @type {Words} */ (model[key]), join(path, key)),
    ),
    ...left.map((key) => `${join(path, key)} is left over`),
  ];
}

/** @param {string} code @param {Words} words @param {Record<string, Words>} model @param {string} path */
function compareForms(code, words, model, path) {
  if (!isSection(words)) return [`${path} has no plural forms`];
  const counts = pluralCategories(code);
  const wanted = placeholders(Object.values(model).join(" "));
  const left = Object.keys(words).filter((form) => !(form in counts));
  const forms = Object.entries(counts).flatMap(([form, size]) => {
    const text = words[form];
    if (text === undefined) return [`${join(path, form)} is missing`];
    // A form that stands for one count alone may say it in a word: "nobody", "two reports".
    const may = size === 1 && !String(text).includes(COUNT) ? without(wanted, COUNT) : wanted;
    return compareTexts(text, may, join(path, form));
  });
  return [...forms, ...left.map((form) => `${join(path, form)} is left over`)];
}

/** @param {Words} words @param {string[]} wanted placeholders @param {string} path */
function compareTexts(words, wanted, path) {
  if (typeof words !== "string") return [`${path} is of another kind`];
  if (words.trim() === "") return [`${path} is empty`];
  const found = placeholders(words);
  return found.join() === wanted.join()
    ? []
    : [`${path} fills in ${found.join(" ") || "nothing"}, not ${wanted.join(" ") || "nothing"}`];
}

/** @param {Words | undefined} words @param {Words | undefined} english @param {string} path @returns {string[]} */
function stillEnglish(words, english, path) {
  if (words === undefined) return [];
  if (typeof words !== "string")
    return Object.entries(words).flatMap(([key, each]) =>
      stillEnglish(each, /** @type {any} */ (english)?.[key], join(path, key)),
    );
  const isSame = words === english && LETTERS.test(words.replace(PLACEHOLDER, ""));
  return isSame || ENGLISH_WORDS.test(words) ? [`${path} is still English`] : [];
}

/** @param {string} text each placeholder once, in the order of the alphabet */
const placeholders = (text) => [...new Set(text.match(PLACEHOLDER))].sort();

/** @param {string[]} all @param {string} one */
const without = (all, one) => all.filter((each) => each !== one);

/** @param {string} path @param {string} key */
const join = (path, key) => (path ? `${path}.${key}` : key);

/** What every language has to say. @param {any} first the file of the first language @returns {any} */
export function modelOf(first) {
  const { page, interface: shown, answers } = first;
  return { page, interface: shown, answers, vocabulary: vocabularyModel(first) };
}

/** The vocabulary's codes with nothing said yet; help is given where the first language gives it. @param {any} first */
function vocabularyModel(first) {
  const model = vocabularyCodes();
  for (const [kind, { fields }] of Object.entries(model.kinds))
    for (const [field, words] of Object.entries(fields))
      if (first.vocabulary.kinds[kind]?.fields[field]?.help) words.help = "";
  return model;
}

/** The words of a file. @param {any} file */
const wordsOf = ({ page, interface: shown, answers, vocabulary }) => ({
  ...(page && { page }),
  interface: shown,
  answers,
  vocabulary,
});

/** Everything that is wrong with any language file. */
export function problemsOfAll() {
  const model = modelOf(readLanguage(FIRST));
  const { page, ...later } = model;
  const english = wordsOf(readLanguage(ENGLISH));
  return LANGUAGES.flatMap((code) => {
    const words = wordsOf(readLanguage(code));
    const expected = words.page ? { page, ...later } : later;
    return problemsOf(code, words, expected, english).map((problem) => `${code}.json: ${problem}`);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = problemsOfAll();
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (problems.length > 0) process.exitCode = 1;
}
