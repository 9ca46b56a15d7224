import { expect, test } from "vitest";
import {
  goneFrom,
  type Row,
  readable,
  standingOf,
  unreadable,
  withStanding,
} from "../../../client/desk/queue.ts";
import { marksOf } from "../../../client/desk/urgency.ts";
import { report, sample } from "./samples.ts";

function row(id: string, opened: Row["opened"]["report"], version = 0): Row {
  const envelope = {
    id,
    kid: "00",
    day: "2031-03-07",
    length: 2172,
    parked: false,
    version,
    latest: null,
  };
  return { envelope, opened: { id, report: opened, reason: opened ? null : "open" } };
}

const decided = (version: number, member: string, fields: Record<string, unknown>) => ({
  ref: "r",
  version,
  member,
  assessed: "2031-03-07",
  hour: 9,
  fields,
});

test("people taken from a street that nobody can leave, now, is three marks", () => {
  expect(marksOf(sample("S11").report)).toEqual(["now", "harm", "trapped"]);
});

test("families in the woods in danger are exposed, trapped and fragile", () => {
  expect(marksOf(sample("S37").report)).toEqual(["trapped", "exposed", "fragile"]);
});

test("a report of calm carries no mark, whatever else is ticked", () => {
  expect(marksOf(report("safety", { event: "calm", when: "now", can_leave: "no" }))).toEqual([]);
});

test("a stranger's types give no mark and do no harm", () => {
  expect(marksOf(report("safety", { harm: { killed: 1 }, when: ["now", 3], needs: null }))).toEqual(
    ["now"],
  );
});

test("more marks come first, and among equals the server's order stays", () => {
  const quiet = report("safety", { event: "protest" });
  const rows = [
    row("a", quiet),
    row("b", report("safety", { when: "now" })),
    row("c", quiet),
    row("d", report("safety", { when: "now", can_leave: "no" })),
  ];
  expect(readable(rows, "all").map(({ envelope }) => envelope.id)).toEqual(["d", "b", "a", "c"]);
});

test("an envelope that does not open is listed apart and never dropped", () => {
  const rows = [row("a", null), row("b", report("safety", {}))];
  expect(unreadable(rows, "waiting").map(({ envelope }) => envelope.id)).toEqual(["a"]);
  expect(readable(rows, "waiting").map(({ envelope }) => envelope.id)).toEqual(["b"]);
});

test("a report that was assessed a moment ago waits no longer", () => {
  const standing = standingOf([decided(1, "amal", { decision: "hold" })]);
  const rows = withStanding([row("a", report("safety", {}))], "a", standing);
  expect(readable(rows, "waiting")).toEqual([]);
  expect(readable(rows, "assessed")).toHaveLength(1);
});

test("what stands is the newest version, and confirmed counts once a second member signed", () => {
  const confirmed = { decision: "accept", verification: "v4", flags: ["gbv"] };
  const first = decided(1, "amal", confirmed);
  const latest = { decision: "accept", verification: "v3", flags: ["gbv"], member: "amal" };
  expect(standingOf([])).toEqual({ version: 0, latest: null });
  expect(standingOf([first])).toEqual({ version: 1, latest });
  expect(standingOf([first, decided(2, "basel", confirmed)])).toEqual({
    version: 2,
    latest: { ...latest, verification: "v4", member: "basel" },
  });
  expect(standingOf([first, decided(2, "basel", { decision: "hold" })]).latest).toEqual({
    decision: "hold",
    verification: null,
    flags: [],
    member: "basel",
  });
});

test("rows that a page of what waits passes over were decided on; what it does not reach is left alone", () => {
  const rows = ["a", "b", "c", "d", "e"].map((id) => row(id, null, id === "b" ? 1 : 0));
  const pageOf = (ids: string, next: string | null) => ({
    envelopes: [...ids].map((id) => row(id, null).envelope),
    next,
  });
  expect(goneFrom(rows, pageOf("ad", "7"), true)).toEqual(["c"]);
  expect(goneFrom(rows, pageOf("d", "7"), true)).toEqual(["a", "c"]);
  expect(goneFrom(rows, pageOf("ce", "7"), false)).toEqual(["d"]);
  expect(goneFrom(rows, pageOf("c", null), false)).toEqual(["d", "e"]);
  expect(goneFrom(rows, pageOf("", null), true)).toEqual(["a", "c", "d", "e"]);
  expect(goneFrom(rows, pageOf("xy", "7"), false)).toEqual([]);
  expect(goneFrom(rows, pageOf("", null), false)).toEqual([]);
});
