import labels from "virtual:labels";
import language from "virtual:language";
import vocabulary from "virtual:vocabulary-report";
import { describe, expect, test } from "vitest";
import {
  checkAnswers,
  type Field,
  fieldsOf,
  optionsOf,
  shows,
} from "../../../client/shared/vocabulary.ts";
import { sampleReports } from "./samples.ts";

const safety = {
  place: { pcode: "C3575", text: "بستان الباشا" },
  when: "today",
  event: "arson",
  basis: "saw",
};
const check = (answers: unknown, kind: unknown = "safety") =>
  checkAnswers(kind, answers, vocabulary);
const field = (kind: string, code: string): Field => {
  const found = fieldsOf(kind, vocabulary)?.find((one) => one.code === code);
  if (!found) throw new Error(code);
  return found;
};

test("all sample reports fit the vocabulary", () => {
  for (const { kind, answers } of sampleReports()) expect(check(answers, kind)).toEqual([]);
});

test("an empty form misses its required fields in their order", () => {
  expect(check({})).toEqual(
    ["place", "when", "event", "basis"].map((code) => ({ field: code, problem: "missing" })),
  );
});

describe("an answer that does not fit is named with its problem:", () => {
  const cases: [string, object, string][] = [
    ["unknown", { colour: "red" }, "colour"],
    ["unknown", { constructor: "red" }, "constructor"],
    ["wrong", { event: "earthquake" }, "event"],
    ["wrong", { event: ["arson"] }, "event"],
    ["wrong", { when: "date" }, "when"],
    ["wrong", { when: "2025-02-29" }, "when"],
    ["wrong", { harm: [] }, "harm"],
    ["wrong", { harm: "killed" }, "harm"],
    ["wrong", { harm: ["killed", "killed"] }, "harm"],
    ["wrong", { harm: ["killed", 1] }, "harm"],
    ["unasked", { harm_count: "b1" }, "harm_count"],
    ["unasked", { event: "other", homes: "b2_5" }, "homes"],
    ["wrong", { place: "جبلة" }, "place"],
    ["wrong", { place: { pcode: null } }, "place"],
    ["wrong", { place: { pcode: "", text: "جبلة" } }, "place"],
    ["wrong", { place: { pcode: null, text: "" } }, "place"],
    ["wrong", { place: { pcode: null, text: "جبلة", adm3: null } }, "place"],
    ["wrong", { place: { pcode: null, text: "جبلة", lat: 35 } }, "place"],
    ["too_long", { place: { pcode: null, text: "ج".repeat(201) } }, "place"],
    ["too_long", { note: "😢".repeat(501) }, "note"],
    ["wrong", { note: "" }, "note"],
    ["wrong", { note: null }, "note"],
  ];
  test.each(cases)("%s %j", (problem, answers, code) => {
    expect(check({ ...safety, ...answers })).toEqual([{ field: code, problem }]);
  });
});

describe("an answer at the edge of what fits is taken:", () => {
  const cases: object[] = [
    { when: "2024-02-29" },
    { note: "😢".repeat(500) },
    { place: { pcode: null, text: "ج".repeat(200), adm3: "SY060200" } },
    { harm: ["killed"], harm_count: "unknown" },
  ];
  test.each(cases)("%j", (answers) => {
    expect(check({ ...safety, ...answers })).toEqual([]);
  });
});

test("more options than a field takes are too many", () => {
  const needs = optionsOf(field("shelter", "needs"), vocabulary).slice(0, 4);
  const problems = check({ needs }, "shelter").filter((problem) => problem.field === "needs");
  expect(problems).toEqual([{ field: "needs", problem: "too_many" }]);
});

test.each([undefined, "constructor", "", 3])("%j is not a kind of report", (kind) => {
  expect(checkAnswers(kind, safety, vocabulary)).toEqual([{ field: "kind", problem: "unknown" }]);
});

test.each([null, [], "x"])("%j are not answers", (answers) => {
  expect(check(answers)).toEqual([{ field: "answers", problem: "wrong" }]);
});

test("a conditional field shows when its condition holds, for one answer and for a list", () => {
  const [count, homes] = [field("safety", "harm_count"), field("safety", "homes")];
  expect([shows(count, { harm: ["none"] }), shows(count, { harm: ["none", "taken"] })]).toEqual([
    false,
    true,
  ]);
  expect([shows(homes, {}), shows(homes, { event: "arson" })]).toEqual([false, true]);
});

test("every kind, field and option has words in every language", () => {
  for (const words of Object.values(labels)) {
    for (const [kind, { fields }] of Object.entries(vocabulary.kinds)) {
      expect(Object.keys(words.kinds[kind]?.fields ?? {})).toEqual(fields.map(({ code }) => code));
    }
    for (const [set, codes] of Object.entries(vocabulary.options)) {
      expect(Object.keys(words.options[set] ?? {})).toEqual(codes);
    }
  }
});

test("Arabic is compiled in and carries no English word of the vocabulary", () => {
  expect(language.lang).toBe("ar");
  expect(JSON.stringify(language.labels)).not.toMatch(/[A-Z][a-z]{3}/);
});
