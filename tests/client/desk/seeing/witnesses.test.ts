import { expect, test } from "vitest";
import { disagreements, saidOf } from "../../../../client/desk/seeing/witnesses.ts";
import { report } from "../samples.ts";
import { rowOf } from "./rows.ts";

const DAY = "2031-03-08";

const witness = (number: number, answers: Record<string, unknown>, day = DAY) => ({
  number,
  row: rowOf(String(number), report("safety", answers), day),
});

test("what witnesses say alike is counted once, with the numbers of their reports", () => {
  const witnesses = [
    witness(1, { basis: "heard" }),
    witness(2, { basis: "saw" }),
    witness(3, {}),
    witness(4, { basis: "saw" }),
  ];
  expect(saidOf(witnesses, "basis").says).toEqual([
    { value: "saw", by: [2, 4] },
    { value: "heard", by: [1] },
  ]);
});

test("a question that two reports of one day cannot both be right about is told with every answer", () => {
  const witnesses = [
    witness(1, { event: "arson", can_leave: "yes" }),
    witness(2, { event: "calm", can_leave: "no" }),
    witness(3, { event: "arson" }),
  ];
  const found = disagreements(witnesses);
  expect(found.map(({ field }) => field).sort()).toEqual(["can_leave", "event"]);
  expect(found.find(({ field }) => field === "event")?.says).toEqual([
    { value: "arson", by: [1, 3] },
    { value: "calm", by: [2] },
  ]);
});

test("reports of different days do not contradict one another", () => {
  const before = witness(1, { event: "calm", when: "2031-03-01" });
  expect(disagreements([before, witness(2, { event: "arson", when: "today" })])).toEqual([]);
});
