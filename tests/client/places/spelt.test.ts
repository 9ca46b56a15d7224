/** Names as people spell them. `make score-places FILE=2000` does the same with more of them. */
import { expect, test } from "vitest";
import { country, otherPacks } from "./country.ts";
import { score, scoreReports, scoreSpellings, spellings } from "./score.ts";

const BY_HAND = new URL("by_hand.jsonl", import.meta.url);
const SAMPLES = new URL("../../../server/amana/data/sample_reports.jsonl", import.meta.url);

test("of the places typed in the sample reports eight in ten come first, and all are among the first five", () => {
  const { n, first, top5 } = scoreReports(SAMPLES.pathname);
  expect(n).toBe(38);
  expect(first).toBeGreaterThanOrEqual(0.8 * n);
  expect(top5).toBe(n);
});

test("of names that were spelt by hand, 19 in 20 come first, and all are among the first five", () => {
  const { n, first, top5 } = scoreReports(BY_HAND.pathname);
  expect(n).toBe(225);
  expect(first).toBeGreaterThanOrEqual(0.95 * n);
  expect(top5).toBe(n);
});

test("of spellings of places that travel with the app nine in ten come first, and 96 in 100 among the first five", () => {
  const { n, first, top5 } = scoreSpellings(500);
  expect(first / n).toBeGreaterThan(0.9);
  expect(top5 / n).toBeGreaterThan(0.96);
});

test("of spellings of places far away, among all of the country, three in four come first", () => {
  const far = otherPacks.flatMap(({ places }) => places);
  const { n, first, top5 } = score(spellings(far, 60), country);
  expect(first / n).toBeGreaterThan(0.75);
  expect(top5 / n).toBeGreaterThan(0.9);
});
