import { expect, test } from "vitest";
import type { Envelope } from "../../../client/desk/answers.ts";
import { FOLLOW_UPS, followUpOf, isSaying } from "../../../client/desk/followups.ts";
import { open, RECEIVED, say } from "../../../client/desk/letter.ts";
import { mailboxesOf, type ReadableRow, readable, seenWith } from "../../../client/desk/queue.ts";
import { aboutOf, saidSince, threadOf, threadsIn } from "../../../client/desk/thread.ts";
import { report } from "./samples.ts";

const BOX = "0f".repeat(16);
const SAFETY = { place: { pcode: null, text: "x" }, when: "now", event: "other", basis: "saw" };

/** An opened row: a first report about safety, or what was said of it later. */
function row(id: string, follows: string | null, day = "2031-03-07", mailbox = BOX): ReadableRow {
  const kind = follows === null || follows === "correct" ? "safety" : "";
  const answers = kind === "" ? {} : SAFETY;
  const envelope: Envelope = {
    id,
    kid: "",
    day,
    length: 2172,
    parked: false,
    version: 0,
    latest: null,
  };
  const opened = { id, report: { ...report(kind, answers), follows, mailbox }, reason: null };
  return { envelope, opened };
}

const first = row("first", null);
const withdrawal = row("withdrawal", "withdraw", "2031-03-09");
const reply = row("reply", "reply", "2031-03-08");

test("reports of one mailbox are a thread, oldest day first, whatever order they came in", () => {
  const threads = threadsIn([withdrawal, row("alone", null, "2031-03-01", ""), reply, first]);
  for (const each of [first, reply, withdrawal]) {
    expect(threadOf(threads, each)).toEqual({ first, followUps: [reply, withdrawal] });
  }
});

test("a report without a mailbox stands alone, also beside others without one", () => {
  const alone = { ...first, opened: { ...first.opened, report: { ...report("safety", SAFETY) } } };
  const threads = threadsIn([alone, alone]);
  expect(threadOf(threads, alone)).toEqual({ first: null, followUps: [] });
});

test("a first report shows what was said of it since, each once, the gravest first", () => {
  const threads = threadsIn([first, reply, withdrawal, row("again", "reply")]);
  expect(saidSince(threads, first)).toEqual(["withdraw", "reply"]);
  expect(saidSince(threads, withdrawal)).toEqual([]);
});

test("what is only said stands under the first report, a correction under itself", () => {
  const correction = row("correction", "correct");
  const threads = threadsIn([first, reply, correction]);
  expect(aboutOf(threads, reply)).toBe(first.opened.report);
  expect(aboutOf(threads, correction)).toBe(correction.opened.report);
  expect(aboutOf(threadsIn([reply]), reply)).toBe(reply.opened.report);
});

test("what is only said comes before everything else in the queue", () => {
  const urgent = row("urgent", null);
  expect(readable([urgent, withdrawal], "all").map(({ envelope }) => envelope.id)).toEqual([
    "withdrawal",
    "urgent",
  ]);
});

test("a follow-up of another desk's invention is none", () => {
  expect(FOLLOW_UPS.map((code) => followUpOf(row("x", code).opened.report))).toEqual(FOLLOW_UPS);
  expect(followUpOf(row("x", "constructor").opened.report)).toBeNull();
  expect(isSaying(row("x", "correct").opened.report)).toBe(false);
});

test("a row opened again is seen once, as it is now", () => {
  const saved = { ...first, envelope: { ...first.envelope, version: 1 } };
  const seen = seenWith(seenWith(new Map(), [first, reply]), [saved]);
  expect([...seen.values()]).toEqual([saved, reply]);
  expect(mailboxesOf([...seen.values()])).toEqual([BOX]);
});

test("opening tells what was only received, and takes nothing back", () => {
  expect(open(RECEIVED).state).toBe("opened");
  const closed = say("closed", "x", "2031-03-07")(RECEIVED);
  expect(open(closed)).toBe(closed);
});

test("words sent twice are said once, and a state without words says nothing", () => {
  const speak = say("opened", "نعم", "2031-03-07");
  const once = speak(RECEIVED);
  expect(once.words).toEqual([{ day: "2031-03-07", text: "نعم" }]);
  expect(speak(once)).toEqual(once);
  expect(say("closed", "", "2031-03-08")(once)).toEqual({ ...once, state: "closed" });
});
