/** The words of the interface. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const LANGUAGES = new URL("../../../client/languages/", import.meta.url);
const REPORT = new URL("../../../client/report/", import.meta.url);
const PLACEHOLDER = /\{\w+\}/g;

type Words = Record<string, unknown>;

const read = (name: string): Words => JSON.parse(readFileSync(new URL(name, LANGUAGES), "utf8"));
const arabic = read("ar.json");
const files = readdirSync(LANGUAGES).filter((name) => name.endsWith(".json"));

const source = readdirSync(REPORT, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(new URL(name, REPORT), "utf8"))
  .join("\n");

const placeholders = (value: unknown): string[] => JSON.stringify(value).match(PLACEHOLDER) ?? [];

describe.each(files)("%s", (name) => {
  const words = read(name);

  test("has the same words as the Arabic, in the same order", () => {
    expect(Object.keys(words)).toEqual(Object.keys(arabic));
  });

  test("fills in the same values", () => {
    for (const [key, value] of Object.entries(words)) {
      expect([key, ...placeholders(value)]).toEqual([key, ...placeholders(arabic[key])]);
    }
  });

  test("says which way it is written", () => {
    expect(["rtl", "ltr"]).toContain(words.dir);
  });

  test("has twelve months", () => {
    expect(words.months).toHaveLength(12);
  });
});

test("every word is used", () => {
  const unused = Object.keys(arabic).filter((key) => !new RegExp(`\\b${key}\\b`).test(source));
  expect(unused).toEqual([]);
});
