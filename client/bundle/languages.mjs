/**
 * What the client takes from the language files, server/amana/data/languages/*.json. A file is a language: its name, its
 * direction, the words of the reporter's interface and of the vocabulary, the desk's ready answers. Nothing else lists the languages.
 */
import { readdirSync, readFileSync } from "node:fs";

const FOLDER = new URL("../../server/amana/data/languages/", import.meta.url);
const DESK_FOLDER = new URL("../desk/languages/", import.meta.url);
const ENDING = ".json";

/** The language that is compiled into the reporter app. */
export const FIRST = "ar";

/** @param {URL} folder @returns {string[]} codes, in their order */
const codesIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => name.slice(0, -ENDING.length))
    .sort();

/** A language file as it is. @param {string} code @returns {any} */
export const readLanguage = (code) =>
  JSON.parse(readFileSync(new URL(code + ENDING, FOLDER), "utf8"));

/** Codes of all languages, the first one first. */
export const LANGUAGES = [FIRST, ...codesIn(FOLDER).filter((code) => code !== FIRST)];

/** Codes of the languages that the desk speaks. */
export const DESK_LANGUAGES = codesIn(DESK_FOLDER);

/** What is known of every language before its words have come. See the module `virtual:languages`. */
export const languages = () =>
  Object.fromEntries(
    LANGUAGES.map((code) => {
      const { name, dir, places } = readLanguage(code);
      return [code, { name, dir, places }];
    }),
  );

/** The words of the report vocabulary in one language. @param {string} code */
export function reportLabels(code) {
  const { kinds, options } = readLanguage(code).vocabulary;
  return { kinds, options };
}

/** Answers that the desk has ready, by language and by name. @returns {Record<string, Record<string, string>>} */
export const readyAnswers = () =>
  Object.fromEntries(LANGUAGES.map((code) => [code, readLanguage(code).answers]));

/** The words of an assessment by the desk's languages. @returns {Record<string, any>} */
export const assessmentWords = () =>
  Object.fromEntries(
    DESK_LANGUAGES.map((code) => [code, readLanguage(code).vocabulary.assessment]),
  );
