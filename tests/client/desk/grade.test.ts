import { expect, test } from "vitest";
import { startDraft } from "../../../client/desk/form/draft.ts";
import { gradeOf, isDirect, reportsWith } from "../../../client/desk/form/grade.ts";
import { report } from "./samples.ts";

const OWN = "0".repeat(16);
const EVENT = "1".repeat(16);
const draftOf = (version: number, event: string) =>
  startDraft([{ version, values: { event_id: event } }], OWN);

test.each([
  [1, true, "v1"],
  [2, false, "v2"],
  [3, false, "v2"],
  [3, true, "v3"],
  [9, true, "v3"],
] as const)("%i reports, a direct witness among them: %s, are %s", (reports, direct, grade) => {
  expect(gradeOf(reports, direct)).toBe(grade);
});

test("a new event has this report alone", () => {
  expect(reportsWith(startDraft([], OWN), 0)).toBe(1);
});

test("a report that joins an event is one more, one that counts already is not", () => {
  const joining = { ...draftOf(0, OWN), values: { event_id: EVENT }, suggested: new Map() };
  expect(reportsWith(joining, 2)).toBe(3);
  expect(reportsWith(draftOf(1, EVENT), 2)).toBe(2);
  expect(reportsWith(draftOf(1, EVENT), 0)).toBe(1);
});

test("who was affected or saw it was there, and nobody else", () => {
  const direct = ["affected", "saw", "told", "online", "unsure", ["saw"]].filter((basis) =>
    isDirect(report("safety", { basis })),
  );
  expect(direct).toEqual(["affected", "saw"]);
  expect(isDirect(null)).toBe(false);
});
