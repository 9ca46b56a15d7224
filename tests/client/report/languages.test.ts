/** The words of the interface. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FIRST, LANGUAGES, readLanguage, reportLabels } from "../../../client/bundle/languages.mjs";
import { packedLanguage } from "../../../client/bundle/packed.mjs";
import { annexStrings } from "../../../client/report/annex/words.ts";
import { answerStrings } from "../../../client/report/answer/words.ts";
import { carryStrings } from "../../../client/report/carry/words.ts";
import { FIRST_LANGUAGE, unpackLanguage } from "../../../client/report/packed.ts";
import { placeStrings } from "../../../client/report/places/words.ts";
import { realStrings } from "../../../client/report/real/words.ts";
import { change } from "../../../client/report/state.ts";
import { strings } from "../../../client/report/words.ts";

/** Commands to a man and verbs that say "you" to one, as they are commonly written. */
const TO_A_MAN =
  /(?<![\p{L}\p{M}])[وفل]?(اكتب|اختر|أعد|أظهر|أخبر|سجّل|راجع|انتظر|اعرض|حمّل|قارن|غيّر|احفظ|ابحث|اقرأ|اترك|أرسل|أضف|امسح|افتح|أغلق|خذ|استعمل|شارك|أوقف|احمل|احذف|عدّل|اضغط|انسخ|أدخل|تكتب|تكتبه|تريد|تستطيع|ترسل|ترسله|تجد|تثق|تختار)(ها|ه|هم)?(?![\p{L}\p{M}])/u;
const REPORT = new URL("../../../client/report/", import.meta.url);

const source = readdirSync(REPORT, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(new URL(name, REPORT), "utf8"))
  .join("\n");

/** What the parts with words of their own say, in the language that is on. */
const partWords = () => ({
  annex: annexStrings(),
  answer: answerStrings(),
  carry: carryStrings(),
  places: placeStrings(),
  real: realStrings(),
});

const textsIn = (words: unknown): string[] =>
  typeof words === "string" ? [words] : Object.values(words ?? {}).flatMap(textsIn);

/** What a person reads, sentence by sentence, as words. */
function sentencesIn(code: string): string[][] {
  const { page = {}, interface: shown } = readLanguage(code);
  return textsIn([page, shown])
    .flatMap((text) => text.split(/(?<=[.?!؟…:])\s+/u))
    .map((sentence) => sentence.match(/\p{L}[\p{L}\p{M}'’-]*/gu) ?? []);
}

/** Words that a person keeps in mind until the sentence ends. */
const LONGEST = 23;
const SIXTH_GRADE = 6;

/** Syllables of an English word, near enough for a mean. */
const syllablesIn = (word: string): number =>
  Math.max(
    1,
    word
      .toLowerCase()
      .replace(/e$/, "")
      .match(/[aeiouy]+/g)?.length ?? 0,
  );

describe.each(LANGUAGES)("%s", (code) => {
  const file = readLanguage(code);

  test("has no sentence that is too long to be read at once", () => {
    const long = sentencesIn(code).filter((words) => words.length > LONGEST);
    expect(long.map((words) => words.join(" "))).toEqual([]);
  });

  test("says what it is called, which way it is written and which names of places it shows", () => {
    expect(file.name).toMatch(/\p{L}{3}/u);
    expect(["rtl", "ltr"]).toContain(file.dir);
    expect(["ar", "en"]).toContain(file.places);
  });

  test("says the same after it was packed for its way", () => {
    const language = unpackLanguage(code, JSON.stringify(packedLanguage(code)));
    change({ language });
    expect(language.labels).toEqual(reportLabels(code));
    expect({ ...strings(), ...partWords() }).toEqual(file.interface);
  });

  test("has twelve months, all different", () => {
    expect(new Set(file.interface.months).size).toBe(12);
  });
});

test("the language that is compiled in says what its file says", () => {
  change({ language: FIRST_LANGUAGE });
  expect(FIRST_LANGUAGE.labels).toEqual(reportLabels(FIRST));
  expect({ ...strings(), ...partWords() }).toEqual(readLanguage(FIRST).interface);
});

test("Arabic commands nobody as a man", () => {
  const { page, interface: shown, vocabulary } = readLanguage("ar");
  const texts = textsIn([page, shown, vocabulary.kinds, vocabulary.options]);
  expect(texts.filter((text) => TO_A_MAN.test(text))).toEqual([]);
});

test("English is read after six years at school (Flesch and Kincaid), labels of a few words left out", () => {
  const sentences = sentencesIn("en").filter((words) => words.length >= 4);
  const words = sentences.flat();
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0);
  const grade =
    0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59;
  expect(grade).toBeLessThan(SIXTH_GRADE);
});

test("French marks are never parted from their word", () => {
  const texts = textsIn(readLanguage("fr"));
  expect(texts.filter((text) => /[^\S\u00a0][:;?!»]|« /.test(text) || /'/.test(text))).toEqual([]);
});

test("every word is used", () => {
  change({ language: FIRST_LANGUAGE });
  const keys = [strings(), ...Object.values(partWords())].flatMap((words) => Object.keys(words));
  expect(keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(source))).toEqual([]);
});
