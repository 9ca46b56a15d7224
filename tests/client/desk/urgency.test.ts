import { expect, test } from "vitest";
import { type Row, readable, unreadable, withVersion } from "../../../client/desk/queue.ts";
import { marksOf } from "../../../client/desk/urgency.ts";
import { report, sample } from "./samples.ts";

function row(id: string, opened: Row["opened"]["report"], version = 0): Row {
  const envelope = { id, kid: "00", day: "2031-03-07", length: 2172, parked: false, version };
  return { envelope, opened: { id, report: opened, reason: opened ? null : "open" } };
}

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
  const rows = withVersion([row("a", report("safety", {}))], "a", 1);
  expect(readable(rows, "waiting")).toEqual([]);
  expect(readable(rows, "assessed")).toHaveLength(1);
});
