/** The files of a case, but for the sealed ones: plain values in, texts by path out (docs/CASES.md). */
import labels from "virtual:labels";
import assessment from "virtual:vocabulary-assessment";
import type { Letter } from "../../shared/mailbox.ts";
import type { Assessment, Custody } from "../answers.ts";
import type { FollowUp } from "../followups.ts";
import type { ReadNote } from "../notes.ts";
import type { OpenedReport } from "../vault/messages.ts";
import { type Candidate, HELD_BACK } from "./choice.ts";
import { README } from "./readme.ts";

const FORMAT = "amana/case/1";

/** What a sender said of a report afterwards: on which day it came, and as which envelope. */
export interface Since {
  readonly what: FollowUp;
  readonly day: string;
  readonly id: string;
}

/** A report that is taken, with all that is known of it. */
export interface Taken {
  readonly candidate: Candidate;
  readonly since: readonly Since[];
  readonly assessments: readonly Assessment[];
  /** Null where they were not wanted. */
  readonly notes: readonly ReadNote[] | null;
  readonly letter: Letter | null;
}

export interface Case {
  readonly day: string;
  /** The member who took it out, and the build of the desk that made it. */
  readonly by: string;
  readonly build: string;
  /** Why what is held back is in it; empty where nothing is. */
  readonly reason: string;
  readonly taken: readonly Taken[];
  readonly left: readonly Candidate[];
  readonly custody: Custody;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Where the files of a report are, by its place among those taken. */
const folderOf = (at: number): string => `reports/${String(at + 1).padStart(3, "0")}`;

/** What the report said, but for the secret of its mailbox: whoever has that can write in its sender's name. */
const asSent = ({ mailbox: _mailbox, ...report }: OpenedReport) => ({ v: 1, ...report });

function* reportFiles({ candidate, assessments, notes, letter }: Taken, at: number) {
  const { row } = candidate;
  const folder = folderOf(at);
  if (row?.opened.report) yield [`${folder}/report.json`, json(asSent(row.opened.report))] as const;
  yield [`${folder}/assessments.json`, json(assessments)] as const;
  if (notes) yield [`${folder}/notes.json`, json(notes)] as const;
  if (letter) yield [`${folder}/letter.json`, json(letter)] as const;
}

function entryOf({ candidate, since }: Taken, at: number) {
  const { event, report, row, heldBack } = candidate;
  const { id, kid, day, length, latest } = report.envelope;
  return {
    folder: folderOf(at),
    event,
    id,
    kid,
    length,
    received: day,
    opened: row?.opened.reason ?? (row ? "whole" : "missing"),
    flags: latest?.flags ?? [],
    held_back: heldBack,
    since,
  };
}

/** How many reports of an event were left out, by why: which ones is not said. */
function leftOut(left: readonly Candidate[], event: string) {
  const counts = [...HELD_BACK, null].map((why) => {
    const count = left.filter((each) => each.event === event && each.heldBack === why).length;
    return [why ?? "unticked", count] as const;
  });
  return Object.fromEntries(counts);
}

function contents({ day, by, build, reason, taken, left, custody }: Case) {
  const events = new Set(
    [...taken.map(({ candidate }) => candidate), ...left].map((each) => each.event),
  );
  return {
    format: FORMAT,
    made: day,
    by,
    build,
    reason,
    events: [...events].map((event) => ({ event, left_out: leftOut(left, event) })),
    reports: taken.map(entryOf),
    record: custody.head,
  };
}

/** All files but the envelopes and the sums. */
export const filesOf = (made: Case): ReadonlyMap<string, string> =>
  new Map([
    ...Object.entries(README).map(
      ([lang, says]) => [`README-${lang}.txt`, `${says.join("\n\n")}\n`] as const,
    ),
    ["case.json", json(contents(made))],
    ["custody.json", json(made.custody)],
    ["words.json", json({ reports: labels, assessments: assessment })],
    ...made.taken.flatMap((taken, at) => [...reportFiles(taken, at)]),
  ]);

/** Where envelopes go, by their ids. */
export const envelopesOf = ({ taken }: Case): ReadonlyMap<string, string> =>
  new Map(
    taken.map(({ candidate }, at) => [
      candidate.report.envelope.id,
      `${folderOf(at)}/envelope.bin`,
    ]),
  );
