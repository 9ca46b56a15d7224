/** Which answers of a report count as typed names of a known place. */
import { expect, test } from "vitest";
import { typedIn } from "./typed.ts";

const report = (answers: object, truth?: object): string => JSON.stringify({ answers, truth });
const place = (pcode: string | null) => ({ text: "جبله", pcode });

test("an answer counts with the code that was picked", () => {
  expect(typedIn(report({ place: place("C1"), to_place: place("C2") }))).toEqual([
    { text: "جبله", pcode: "C1" },
    { text: "جبله", pcode: "C2" },
  ]);
});

test("without one the place that the report is about is the one of its truth", () => {
  const truth = { place: "C3" };
  expect(typedIn(report({ from_place: place(null), to_place: place(null) }, truth))).toEqual([
    { text: "جبله", pcode: "C3" },
  ]);
});

test("what nobody knows the place of is left out, as are other answers and empty lines", () => {
  const lines = [
    report({ place: place(null), when: "today", needs: ["food"] }, { place: null }),
    "",
  ];
  expect(typedIn(lines.join("\n"))).toEqual([]);
});

test("a line that is no report is named", () => {
  expect(() => typedIn(`${report({})}\nno report`)).toThrow("line 2 is not JSON");
});
