/** Reports of one event are found, and those that only look like it are not. */
import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { addDays } from "../../../client/desk/clock.ts";
import { accountOf } from "../../../client/desk/likeness/account.ts";
import { compare, ENOUGH } from "../../../client/desk/likeness/compare.ts";
import { Likenesses } from "../../../client/desk/likeness/find.ts";
import { Frequencies, topicsOf } from "../../../client/desk/likeness/wording.ts";
import { atlas, reportsIn, score, type Told } from "./score.ts";

const SAMPLES = "../server/amana/data/sample_reports.jsonl";
const BY_HAND = "../tests/client/duplicates/by_hand.jsonl";
/** In other parts of the country. */
const ELSEWHERE = "../tests/client/duplicates/elsewhere.jsonl";

const read = (file: string): readonly Told[] => reportsIn(readFileSync(file, "utf8"));
const samples = new Map(read(SAMPLES).map((told) => [told.id, told]));

function account(id: string) {
  const told = samples.get(id);
  if (!told) throw new Error(`no sample ${id}`);
  return accountOf(told.report, told.day, atlas);
}

const compared = (one: string, other: string) =>
  compare(account(one), account(other), new Frequencies());

test.each([SAMPLES, BY_HAND, ELSEWHERE])(
  "most pairs of %s are found, few others, no hard negative",
  (file) => {
    const { pairs, precision, recall, hard_negatives_suggested } = score(read(file));
    expect(pairs).toBeGreaterThan(20);
    expect(precision).toBeGreaterThanOrEqual(0.85);
    expect(recall).toBeGreaterThanOrEqual(0.85);
    expect(hard_negatives_suggested).toBe(0);
  },
);

test("the score counts what is suggested wrongly and what is not found", () => {
  const lines = read(SAMPLES).filter(({ id }) => ["S01", "S02", "S28", "S30"].includes(id));
  const wrong = lines.map((told) => ({ ...told, event: told.id === "S02" ? "other" : "E" }));
  expect(score(wrong)).toEqual({
    pairs: 3,
    suggested: 1,
    precision: 0,
    recall: 0,
    hard_negatives_suggested: 0,
  });
  const hard = lines.map((told) => ({ ...told, notOf: told.id === "S02" ? ["S01"] : [] }));
  expect(score(hard).hard_negatives_suggested).toBe(1);
});

test.each([
  ["an empty file", ""],
  ["a report without anything", "{}\n{}\n"],
  ["values of other types", '{"kind":7,"answers":[1],"truth":null}\n"text"\n[]\n'],
  ["a place that is none", '{"kind":"safety","answers":{"place":5,"note":{}},"truth":{"event":1}}'],
])("%s is scored as well", (_, text) => {
  expect(score(reportsIn(text))).toMatchObject({ pairs: 0, suggested: 0, recall: 1 });
});

test("the reasons say why, in the same words for both", () => {
  expect(compared("S28", "S29").reasons).toEqual([
    "same_place",
    "same_day",
    "same_category",
    "same_numbers",
    "wording",
  ]);
  expect(compared("S29", "S28")).toEqual(compared("S28", "S29"));
  expect(compared("S05", "S06").reasons).toContain("same_way");
  expect(compared("S11", "S12").reasons).toContain("same_name");
  expect(compared("S14", "S15").reasons).toContain("speaks_of");
});

test("where both cannot be right is said of one day, and of no other", () => {
  const fields = (one: string, other: string) =>
    compared(one, other).contradictions.map(({ field }) => field);
  expect(fields("S01", "S04")).toEqual(["event", "ongoing"]);
  expect(fields("S05", "S07")).toEqual(["households"]);
  expect(fields("S13", "S15")).toEqual([]);
});

test("a word is understood by what it begins with, not by what it contains", () => {
  expect(topicsOf("شباب")).toEqual(new Set(["young"]));
  expect(topicsOf("وأخدوا")).not.toContain("medicine");
  expect(topicsOf("عالأوتستراد")).toEqual(topicsOf("highway"));
  expect(topicsOf("والبيوت")).toEqual(topicsOf("houses"));
});

test("notes that say much and have nothing in common count against one event, a denial does not", () => {
  const lines = new Map(read(ELSEWHERE).map((told) => [told.id, told]));
  const points = (one: string, other: string) => {
    const [these, those] = [one, other].map((id) => lines.get(id));
    if (!these || !those) throw new Error(`no report ${one} or ${other}`);
    const [a, b] = [these, those].map((told) => accountOf(told.report, told.day, atlas));
    return a && b ? compare(a, b, new Frequencies()).points : 0;
  };
  expect(points("T65", "T66")).toBeLessThan(ENOUGH);
  expect(points("T64", "T65")).toBeGreaterThan(ENOUGH);
  expect(points("V01", "V03")).toBeGreaterThan(ENOUGH);
});

test("what is said of a town is looked for in its quarters and around it, and the other way round", () => {
  const likenesses = new Likenesses<string>();
  const told = (pcode: string) => ({
    kind: "safety",
    lang: "ar",
    app: "",
    made: "2031-03-10",
    follows: null,
    mailbox: null,
    answers: {
      ...{ place: { pcode }, when: "today", event: "detention", harm_count: "n6_10" },
      note: "باص أبيض أخد ٨ رجال من قدام الفرن",
    },
  });
  likenesses.add("town", accountOf(told("C2528"), "2031-03-10", atlas));
  likenesses.add("quarter", accountOf(told("N0253"), "2031-03-10", atlas));
  likenesses.add("another", accountOf(told("N0267"), "2031-03-10", atlas));
  const found = (id: string) => likenesses.like(id).map(({ item }) => item);
  expect(found("quarter")).toEqual(["town"]);
  expect(found("town")).toEqual(["quarter", "another"]);
});

test("of 20,000 reports only those of the place and of the fortnight are compared", () => {
  const villages = [...atlas.byCode.keys()].filter((code) => code.startsWith("C")).slice(0, 200);
  const likenesses = new Likenesses<number>();
  const days = Array.from({ length: 100 }, (_, at) => addDays("2031-03-01", at));
  const [first] = days;
  if (!first) throw new Error("no days");
  for (const [nth, pcode] of villages.entries()) {
    const sample = account("S28");
    const where = accountOf(
      {
        ...{ kind: "safety", lang: "ar", app: "", made: first, follows: null, mailbox: null },
        answers: { place: { pcode } },
      },
      first,
      atlas,
    ).where;
    for (const [at, day] of days.entries())
      likenesses.add(nth * days.length + at, { ...sample, where, days: [day, day] });
  }
  const compared = vi.spyOn(Frequencies.prototype, "common");
  likenesses.like(50);
  // Places of one name, and those around a town, are looked at as well.
  expect(compared.mock.calls.length).toBeGreaterThanOrEqual(28);
  expect(compared.mock.calls.length).toBeLessThan(20_000 / 10);
  compared.mockRestore();
});
