/** Reports of one event are found, and those that only look like it are not. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { accountOf } from "../../../client/desk/likeness/account.ts";
import { compare } from "../../../client/desk/likeness/compare.ts";
import { Likenesses } from "../../../client/desk/likeness/find.ts";
import { Frequencies } from "../../../client/desk/likeness/wording.ts";
import { atlas, reportsIn, score, type Told } from "./score.ts";

const SAMPLES = "../server/amana/data/sample_reports.jsonl";
const BY_HAND = "../tests/client/duplicates/by_hand.jsonl";

const read = (file: string): readonly Told[] => reportsIn(readFileSync(file, "utf8"));
const samples = new Map(read(SAMPLES).map((told) => [told.id, told]));

function account(id: string) {
  const told = samples.get(id);
  if (!told) throw new Error(`no sample ${id}`);
  return accountOf(told.report, told.day, atlas);
}

const compared = (one: string, other: string) =>
  compare(account(one), account(other), new Frequencies([]));

test.each([SAMPLES, BY_HAND])(
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

test("only what shares a place, a name or an area is compared", () => {
  let compared = 0;
  const watched = (id: string) => {
    const found = account(id);
    return new Proxy(found, {
      get(target, name) {
        if (name === "topics") compared += 1;
        return Reflect.get(target, name);
      },
    });
  };
  const far = Array.from({ length: 500 }, (_, at) => [`far ${at}`, watched("S24")] as const);
  const likenesses = new Likenesses([["S28", account("S28")], ["S29", account("S29")], ...far]);
  compared = 0;
  expect(likenesses.like("S28").map(({ item }) => item)).toEqual(["S29"]);
  expect(compared).toBe(0);
});
