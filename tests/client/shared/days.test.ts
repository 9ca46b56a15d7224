import fc from "fast-check";
import { expect, test } from "vitest";
import { isDay } from "../../../client/shared/days.ts";

test("every day that the platform's calendar writes is a day", () => {
  const [first, last] = [new Date("0001-01-01T00:00:00Z"), new Date("9999-12-31T00:00:00Z")];
  fc.assert(
    fc.property(fc.date({ min: first, max: last, noInvalidDate: true }), (date) =>
      isDay(date.toISOString().slice(0, 10)),
    ),
  );
});

test.each(["2024-02-29", "2000-02-29"])("%s is a day", (text) => {
  expect(isDay(text)).toBe(true);
});

test.each([
  "2023-02-29",
  "1900-02-29",
  "2024-04-31",
  "2024-13-01",
  "2024-00-10",
  "2024-01-00",
  "0000-01-01",
  "24-01-01",
  "2024-1-1",
  "2024-01-01T00:00",
  "٢٠٢٤-٠١-٠١",
  "2024-01-01\n",
  20240101,
  null,
])("%j is not a day", (value) => {
  expect(isDay(value)).toBe(false);
});
