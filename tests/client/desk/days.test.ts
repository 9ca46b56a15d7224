import { expect, test } from "vitest";
import { addDays } from "../../../client/desk/clock.ts";
import { daysBetween, dayWords, monday, sunday } from "../../../client/desk/days.ts";

test.each([
  ["2026-11-22", "2026-11-16", "2026-11-22"],
  ["2026-11-23", "2026-11-23", "2026-11-29"],
  ["2027-01-01", "2026-12-28", "2027-01-03"],
  ["1969-12-31", "1969-12-29", "1970-01-04"],
])("%s lies in the week from %s to %s", (day, first, last) => {
  expect([monday(day), sunday(day)]).toEqual([first, last]);
});

test("days are added across months and leap days", () => {
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
  expect(daysBetween("2026-02-28", "2026-03-01")).toBe(1);
});

test("a day is said with the month's name of the coast, in European digits", () => {
  expect(dayWords("2026-11-22", "ar")).toBe("22 تشرين الثاني 2026");
  expect(dayWords("2026-11-22", "en")).toBe("22 Nov 2026");
});

test("what is not a day is said as it is", () => {
  expect(dayWords("2026-02-30", "en")).toBe("2026-02-30");
});
