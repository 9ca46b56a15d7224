import { expect, test } from "vitest";
import { outlineAround } from "../../../client/bundle/outline.mjs";

test("the outline is that of the country in which most of the points lie", () => {
  const sanaa: [number, number] = [44.2, 15.35];
  const damascus: [number, number] = [36.3, 33.5];
  const north = (rings: readonly (readonly (readonly number[])[])[]) =>
    Math.max(...rings.flat().map(([, y]) => y ?? 0));
  expect(north(outlineAround([sanaa, sanaa, damascus]))).toBeLessThan(20);
  expect(north(outlineAround([sanaa, damascus, damascus]))).toBeGreaterThan(36);
});

test("where no point lies in any country there is no outline", () => {
  expect(outlineAround([[-40, 30]])).toEqual([]);
});
