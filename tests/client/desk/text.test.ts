import assessment from "virtual:vocabulary-assessment";
import { expect, test } from "vitest";
import ar from "../../../client/desk/languages/ar.json";
import en from "../../../client/desk/languages/en.json";
import { firstLanguage, say, sayIfKnown } from "../../../client/desk/text.ts";
import { optionsOf } from "../../../client/desk/vocabulary.ts";

const gaps = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort();
const field = (code: string) => {
  const found = assessment.fields.find((each) => each.code === code);
  if (!found) throw new Error(`no field ${code}`);
  return found;
};

test("every English text has an Arabic one with the same gaps", () => {
  for (const [key, text] of Object.entries(en)) {
    expect([key, gaps(sayIfKnown("ar", key) ?? "")]).toEqual([key, gaps(text)]);
  }
});

test("what only Arabic has are the rules, which the vocabulary has in English", () => {
  const extra = Object.keys(ar).filter((key) => !Object.hasOwn(en, key));
  expect(extra.filter((key) => !key.startsWith("rule_"))).toEqual([]);
});

test("every rule of the vocabulary is said in Arabic", () => {
  for (const code of ["severity", "verification"]) {
    for (const option of optionsOf(field(code), "safety", "en")) {
      const inArabic = sayIfKnown("ar", `rule_${code}_${option.code}`) ?? null;
      expect([option.code, inArabic === null]).toEqual([option.code, option.rule === null]);
    }
  }
});

test("gaps are filled, and a text from outside is never taken for a pattern", () => {
  expect(say("en", "conflict_title", { member: "$& {version}", version: 2 })).toBe(
    "$& {version} saved version 2 while you were working",
  );
});

test("the browser's first language that the desk speaks is taken, else Arabic", () => {
  expect(firstLanguage(["fr-FR", "en-GB", "ar"])).toBe("en");
  expect(firstLanguage(["ar-SY"])).toBe("ar");
  expect(firstLanguage(["ku"])).toBe("ar");
});

test("in Arabic a week's name is held together from left to right", () => {
  const loose = Object.entries(ar).filter(([, text]) => /(?<!\u2066)\b\d{4}-W\d\d/.test(text));
  expect(loose).toEqual([]);
  expect(ar.week_hint).toContain("\u20662026-W48\u2069");
});
