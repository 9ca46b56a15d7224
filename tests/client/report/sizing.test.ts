/** How much the next parcel carries. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { afterAnswer, afterLoss, FIRST_PARCEL } from "../../../client/report/sizing.ts";

const bytes = fc.integer({ min: 2000, max: 1024 * 1024 });
const milliseconds = fc.double({ min: 0, max: 600_000, noNaN: true });

test("a parcel that took seven seconds is followed by one as large", () => {
  expect(afterAnswer(20_000, 20_000, 7000)).toBe(20_000);
});

test("a quick one is followed by what seven seconds would carry, and by four times as much at most", () => {
  expect(afterAnswer(10_000, 10_000, 3500)).toBe(20_000);
  expect(afterAnswer(10_000, 10_000, 10)).toBe(40_000);
  expect(afterAnswer(10_000, 10_000, 0)).toBe(40_000);
});

test("a slow one takes the budget half of the way down", () => {
  expect(afterAnswer(20_000, 20_000, 14_000)).toBe(15_000);
});

test("a lone report that was answered in time leaves the budget as it was", () => {
  expect(afterAnswer(60_000, 2200, 1500)).toBe(60_000);
});

test("a loss halves what was lost", () => {
  expect(afterLoss(FIRST_PARCEL)).toBe(FIRST_PARCEL / 2);
});

test("what fits grows on a way that is quick, and never vanishes on one that is slow", () => {
  fc.assert(
    fc.property(bytes, bytes, milliseconds, (budget, sent, took) => {
      const next = afterAnswer(budget, sent, took);
      expect(next).toBeGreaterThanOrEqual(Math.min(budget, sent) / 2);
      expect(next).toBeLessThanOrEqual(Math.max(budget, sent * 4));
    }),
  );
});
