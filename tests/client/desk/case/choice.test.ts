import fc from "fast-check";
import { expect, test } from "vitest";
import type { CaseReport, Envelope } from "../../../../client/desk/answers.ts";
import { candidatesOf, isTicked, tickOf } from "../../../../client/desk/case/choice.ts";
import { drawPassphrase } from "../../../../client/desk/case/passphrase.ts";
import { type Row, seenWith } from "../../../../client/desk/queue.ts";
import { threadsIn } from "../../../../client/desk/thread.ts";
import { report } from "../samples.ts";

const BOX = "0f".repeat(16);
const SAFETY = { place: { pcode: null, text: "x" }, when: "now", event: "other", basis: "saw" };

function envelope(id: string, decision: string, flags: string[] = []): Envelope {
  const latest = { decision, flags, verification: "v1", member: "amal" };
  return { id, kid: "", day: "2031-03-07", length: 2172, parked: false, version: 1, latest };
}

const inCase = (each: Envelope): CaseReport => ({ envelope: each, assessments: [] });

function opened(each: Envelope, follows: string | null): Row {
  const kind = follows === null ? "safety" : "";
  const said = { ...report(kind, follows === null ? SAFETY : {}), follows, mailbox: BOX };
  return { envelope: each, opened: { id: each.id, report: said, reason: null } };
}

/** What is held back of reports, by their ids, with what is known in the window. */
function heldBack(reports: readonly Envelope[], rows: readonly Row[] = []) {
  const seen = seenWith(new Map(), rows);
  const events = new Map([["e", reports.map(inCase)]]);
  const found = candidatesOf(events, seen, threadsIn(rows));
  return found.map((each) => [each.report.envelope.id, each.heldBack]);
}

test("what is flagged, not counted or withdrawn is held back, and everything else goes", () => {
  const reports = [
    envelope("accepted", "accept"),
    envelope("merged", "merge", ["immediate_danger"]),
    envelope("violence", "merge", ["immediate_danger", "gbv"]),
    envelope("personal", "accept", ["personal_data"]),
    envelope("child", "accept", ["child"]),
    envelope("held", "hold"),
    envelope("spam", "reject_spam", ["gbv"]),
    envelope("withdrawn", "withdrawn", ["gbv"]),
  ];
  expect(Object.fromEntries(heldBack(reports))).toEqual({
    accepted: null,
    merged: null,
    violence: "flagged",
    personal: "flagged",
    child: "flagged",
    held: "uncounted",
    spam: "flagged",
    withdrawn: "withdrawn",
  });
});

test("a report that its sender took back is held back before any member has decided so", () => {
  const first = envelope("first", "accept");
  const said = envelope("said", "noted");
  expect(heldBack([first], [opened(first, null)])).toEqual([["first", null]]);
  const both = [opened(first, null), opened(said, "withdraw")];
  expect(heldBack([first], both)).toEqual([["first", "withdrawn"]]);
});

test("a tick that was set before a report was taken back does not count afterwards", () => {
  const whole = { event: "e", report: inCase(envelope("first", "accept")), row: undefined };
  const before = { ...whole, heldBack: null };
  const after = { ...whole, heldBack: "withdrawn" } as const;
  const ticks = new Map([[tickOf(before), true]]);
  expect([isTicked(ticks, before), isTicked(ticks, after)]).toEqual([true, false]);
  expect(isTicked(new Map([[tickOf(after), true]]), after)).toBe(true);
});

test("a passphrase has thirty digits in six groups, whatever chance gives", () => {
  const some = fc
    .uint8Array({ minLength: 1, maxLength: 9 })
    .filter((all) => all.some((n) => n < 250));
  fc.assert(
    fc.property(some, (given) => {
      const random = (bytes: number) =>
        Uint8Array.from({ length: bytes }, (_, at) => given[at % given.length] ?? 0);
      expect(drawPassphrase(random)).toMatch(/^(\d{5}-){5}\d{5}$/);
    }),
  );
});

test("bytes that would make some digits likelier than others make none", () => {
  let calls = 0;
  const random = (bytes: number) => new Uint8Array(bytes).fill(calls++ === 0 ? 255 : 7);
  expect(drawPassphrase(random)).toBe(Array(6).fill("77777").join("-"));
  expect(calls).toBe(2);
});
