import { expect, test } from "vitest";
import { isReadable, type ReadableRow } from "../../../client/desk/queue.ts";
import { toldBy } from "../../../client/desk/seeing/happening.ts";
import {
  areasIn,
  NOWHERE,
  OPEN,
  type Sieve,
  sift,
  siftEvents,
} from "../../../client/desk/sieve.ts";
import { ATLAS, report, sample } from "./samples.ts";

const TODAY = "2031-03-08";

function row(id: string, opened: ReadableRow["opened"]["report"], day = TODAY): ReadableRow {
  const envelope = { id, kid: "00", day, length: 2172, parked: false, version: 0, latest: null };
  const made = { envelope, opened: { id, report: opened, reason: null } };
  if (!isReadable(made)) throw new Error("a row with a report is readable");
  return made;
}

const ROWS = [
  row("burned", sample("S01").report, "2031-03-01"),
  row("searched", sample("S11").report, "2031-03-07"),
  row("fled", sample("S16").report),
  row("sheltered", sample("S37").report),
  row("nowhere", report("safety", { event: "calm", note: "لا شيء" })),
];

const passed = (sieve: Partial<Sieve>): string[] =>
  sift(ROWS, { ...OPEN, ...sieve }, ATLAS, TODAY).map(({ envelope }) => envelope.id);

test("an open sieve lets everything pass", () => {
  expect(passed({})).toEqual(["burned", "searched", "fled", "sheltered", "nowhere"]);
});

test.each([
  ["without the article", "باشا", ["burned"]],
  ["with marks and another alef", "بُستان ألباشا", ["burned"]],
  ["behind a preposition", "والدخان", ["burned"]],
  ["the beginning of a word", "قدم", ["fled"]],
  ["two words, in any order", "حوامل أطفال", ["sheltered"]],
  ["words of two reports", "حوامل بستان", []],
  ["the official name in the other language", "Banyas", ["fled"]],
  ["the words for a code, in either language", "calm", ["nowhere"]],
  ["nothing but spaces", "   ", ["burned", "searched", "fled", "sheltered", "nowhere"]],
])("words find reports: %s", (_name, words, found) => {
  expect(passed({ words })).toEqual(found);
});

test("kind, mark, area and day of arrival narrow together", () => {
  expect(passed({ kind: "safety" })).toEqual(["burned", "searched", "nowhere"]);
  expect(passed({ kind: "safety", mark: "harm" })).toEqual(["searched"]);
  expect(passed({ days: "1" })).toEqual(["fled", "sheltered", "nowhere"]);
  expect(passed({ days: "3" })).toEqual(["searched", "fled", "sheltered", "nowhere"]);
  expect(passed({ days: "7" })).not.toContain("burned");
  expect(passed({ area: NOWHERE })).toEqual(["searched", "nowhere"]);
});

test("every area that is offered leads to at least one report", () => {
  const areas = areasIn(ROWS, ATLAS);
  expect(areas.length).toBeGreaterThan(2);
  for (const area of areas) expect(passed({ area })).not.toEqual([]);
});

test("a subdistrict and a day on which it happened narrow as well", () => {
  expect(passed({ area: "SY06" })).toContain("burned");
  const told = sift(ROWS, OPEN, ATLAS, TODAY).map((each) => toldBy(each, ATLAS));
  const [burned] = told;
  expect(passed({ area: burned?.adm3 ?? "" })).toContain("burned");
  expect(passed({ area: burned?.adm3 ?? "" })).not.toContain("fled");
  expect(passed({ on: burned?.day ?? "" })).toContain("burned");
  expect(passed({ on: "2031-01-01" })).toEqual([]);
});

test("events pass by kind, area and day, and not where words, urgency or arrival are asked for", () => {
  const event = (event_id: string, kind: string, adm3: string) => ({
    event_id,
    kind,
    category: "other",
    adm3,
    day: "2031-03-07",
    severity: "3",
    verification: "v1",
    reports: 1,
  });
  const events = [event("a", "safety", "SY060200"), event("b", "shelter", "SY100300")];
  const passing = (sieve: Partial<Sieve>) =>
    siftEvents(events, { ...OPEN, ...sieve }).map(({ event_id }) => event_id);
  expect(passing({})).toEqual(["a", "b"]);
  expect(passing({ kind: "safety" })).toEqual(["a"]);
  expect(passing({ area: "SY1003" })).toEqual(["b"]);
  expect(passing({ on: "2031-03-07", area: "SY060200" })).toEqual(["a"]);
  expect(passing({ on: "2031-03-06" })).toEqual([]);
  for (const asked of [{ words: "x" }, { mark: "harm" }, { days: "30" }])
    expect(passing(asked)).toEqual([]);
});
