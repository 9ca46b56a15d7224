import { expect, test } from "vitest";
import {
  lastTold,
  lookedAt,
  weekName,
  weekOf,
  weeksBetween,
  weekTyped,
} from "../../../../client/desk/summary/weeks.ts";

const ASKED = { from: "2026-11-23", to: "2026-11-29", tier: "internal", area: "adm2" };

test.each([
  ["2026-11-25", "2026-W48"],
  ["2027-01-01", "2026-W53"],
  ["2024-12-30", "2025-W01"],
])("%s lies in %s", (day, name) => {
  expect(weekName(day)).toBe(name);
});

test.each([
  ["2026-W48", "2026-11-23"],
  ["2026 w48", "2026-11-23"],
  ["٢٠٢٦-W٤٨", "2026-11-23"],
  ["٢٠٢٦/٤٨", "2026-11-23"],
  ["2026-W53", "2026-12-28"],
  ["2026-11-29", "2026-11-23"],
  ["٢٠٢٦-١١-٢٩", "2026-11-23"],
  ["\u200e2026-W48", "2026-11-23"],
  ["\u20662026-W48\u2069 ", "2026-11-23"],
  ["2026–W48", "2026-11-23"],
  ["\u200f٢٠٢٦–W٤٨", "2026-11-23"],
  ["۲۰۲۶‑۴۸", "2026-11-23"],
  ["٢٠٢٦–١١–٢٩", "2026-11-23"],
])("%s is the week of %s", (typed, monday) => {
  expect(weekTyped(typed)).toBe(monday);
});

test.each(["", "48", "2025-W53", "2026-W00", "2026-11-31", "2026-W480", "last week"])(
  "%j is no week",
  (typed) => {
    expect(weekTyped(typed)).toBeNull();
  },
);

test("the week before and after a range are those of its last week", () => {
  const range = { ...ASKED, from: "2026-10-05" };
  expect(weekOf(range, -1)).toMatchObject({ from: "2026-11-16", to: "2026-11-22" });
  expect(weekOf(range, 1)).toMatchObject({ from: "2026-11-30", to: "2026-12-06" });
});

test("a week is looked at with the four before it, by the smallest areas of its tier", () => {
  expect(lookedAt(ASKED)).toMatchObject({ from: "2026-10-26", to: "2026-11-29", area: "adm3" });
  expect(lookedAt({ ...ASKED, tier: "public" }).area).toBe("adm2");
  expect(lookedAt({ ...ASKED, from: "2026-09-07" }).from).toBe("2026-09-07");
  expect(weeksBetween("2026-10-26", "2026-11-29")).toHaveLength(5);
});

test("outside, a week is told once it is over, to the public when the delay is", () => {
  expect(lastTold("internal", 0, "2026-11-29")).toBe("2026-11-23");
  expect(lastTold("partners", 0, "2026-11-29")).toBe("2026-11-16");
  expect(lastTold("partners", 0, "2026-11-30")).toBe("2026-11-23");
  expect(lastTold("public", 7, "2026-12-06")).toBe("2026-11-16");
  expect(lastTold("public", 7, "2026-12-07")).toBe("2026-11-23");
});
