/** A report while it is being written. */
import { describe, expect, test } from "vitest";
import {
  answer,
  askedFields,
  checked,
  chooseDate,
  type Draft,
  EMPTY_DRAFT,
  fieldsOf,
  finalAnswers,
  isFull,
  isRequired,
  setDate,
  toDay,
  toggle,
} from "../../../client/report/form/draft.ts";
import type { Field } from "../../../client/shared/vocabulary.ts";

const KINDS = ["displacement", "shelter", "safety"];

function fieldNamed(kind: string, code: string): Field {
  const field = fieldsOf(kind).find((one) => one.code === code);
  if (!field) throw new Error(`no field ${code}`);
  return field;
}

const codesAsked = (kind: string, draft: Draft): string[] =>
  askedFields(kind, draft).map(({ code }) => code);

describe("questions", () => {
  test.each(KINDS)("of %s: the required ones come first", (kind) => {
    const required = askedFields(kind, EMPTY_DRAFT).map(isRequired);
    expect(required).toEqual([...required].sort().reverse());
  });

  test("a question whose condition does not hold is not asked", () => {
    expect(codesAsked("safety", EMPTY_DRAFT)).not.toContain("harm_count");
    const harmed = toggle(EMPTY_DRAFT, fieldNamed("safety", "harm"), "injured");
    expect(codesAsked("safety", harmed)).toContain("harm_count");
  });

  test("an answer whose question is no longer asked stays here and does not travel", () => {
    const harm = fieldNamed("safety", "harm");
    const counted = answer(toggle(EMPTY_DRAFT, harm, "killed"), "harm_count", "n1");
    const withdrawn = toggle(counted, harm, "killed");
    expect(withdrawn.answers).toEqual({ harm_count: "n1" });
    expect(finalAnswers("safety", withdrawn)).toEqual({});
    expect(finalAnswers("safety", toggle(withdrawn, harm, "taken"))).toEqual({
      harm: ["taken"],
      harm_count: "n1",
    });
  });
});

describe("several options", () => {
  const needs = fieldNamed("shelter", "needs");

  test("are full at the vocabulary's maximum and not before", () => {
    const two = toggle(toggle(EMPTY_DRAFT, needs, "food"), needs, "water");
    expect(isFull(two, needs)).toBe(false);
    expect(isFull(toggle(two, needs, "warm"), needs)).toBe(true);
  });

  test("the last one taken back leaves no answer", () => {
    const once = toggle(EMPTY_DRAFT, needs, "food");
    expect(toggle(once, needs, "food").answers).toEqual({});
  });

  test.each(["none", "unknown"])("'%s' stands alone", (alone) => {
    const harm = fieldNamed("safety", "harm");
    const killed = toggle(EMPTY_DRAFT, harm, "killed");
    const none = toggle(killed, harm, alone);
    expect(none.answers).toEqual({ harm: [alone] });
    expect(toggle(none, harm, "injured").answers).toEqual({ harm: ["injured"] });
  });
});

describe("dates", () => {
  test.each([
    ["7", "3", "2025", "2025-03-07"],
    ["٧", "3", "٢٠٢٥", "2025-03-07"],
    ["۲۹", "2", "۲۰۲۴", "2024-02-29"],
    [" 31 ", "12", "2024", "2024-12-31"],
  ])("%s / %s / %s is a day", (day, month, year, written) => {
    expect(toDay({ day, month, year })).toBe(written);
  });

  test.each([
    ["29", "2", "2025"],
    ["0", "3", "2025"],
    ["7", "", "2025"],
    ["7", "3", "25"],
    ["", "3", "2025"],
    ["-7", "3", "2025"],
    ["1e1", "3", "2025"],
  ])("%s / %s / %s is none", (day, month, year) => {
    expect(toDay({ day, month, year })).toBeNull();
  });

  test("what was typed is still there after another answer, and counts again", () => {
    const typed = setDate(EMPTY_DRAFT, "when", { day: "7", month: "3", year: "2025" });
    const today = answer(typed, "when", "today");
    expect(today.answers).toEqual({ when: "today" });
    expect(chooseDate(today, "when", "2031-01-01").answers).toEqual({ when: "2025-03-07" });
  });

  test("a date that is none yet is a problem of the question", () => {
    const opened = chooseDate(EMPTY_DRAFT, "when", "2025-03-08");
    expect(checked("safety", opened).problems).toContainEqual({ field: "when", problem: "wrong" });
  });
});

describe("checking", () => {
  test.each(KINDS)(
    "nothing is answered beforehand: all required questions of %s are missing",
    (kind) => {
      const { problems } = checked(kind, EMPTY_DRAFT);
      const required = fieldsOf(kind).filter(isRequired);
      expect(problems).toEqual(required.map(({ code }) => ({ field: code, problem: "missing" })));
    },
  );

  test("blanks are no answer and do not travel", () => {
    const blank = answer(answer(EMPTY_DRAFT, "note", " \n "), "place", { pcode: null, text: "  " });
    expect(finalAnswers("safety", blank)).toEqual({});
    expect(finalAnswers("safety", answer(EMPTY_DRAFT, "note", " a b\n")).note).toBe("a b");
  });

  test("an optional question with a problem is opened", () => {
    const long = answer(EMPTY_DRAFT, "note", "ب".repeat(501));
    expect(checked("safety", long).more).toBe(true);
    expect(checked("safety", EMPTY_DRAFT).more).toBe(false);
  });

  test("answering takes away the problem of that question only", () => {
    const before = checked("safety", EMPTY_DRAFT);
    const after = answer(before, "event", "calm");
    expect(after.problems).toEqual(before.problems.filter(({ field }) => field !== "event"));
  });
});
